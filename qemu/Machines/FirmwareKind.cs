namespace Bootlace.Harness;

/// <summary>The firmware families under test.</summary>
public enum FirmwareKind
{
    /// <summary>EDK2 for x64 PCs.</summary>
    Ovmf,

    /// <summary>EDK2 for arm64 virtual machines.</summary>
    Aavmf,

    /// <summary>U-Boot for arm64 virtual machines.</summary>
    Uboot,
}
