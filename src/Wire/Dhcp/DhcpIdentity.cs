using System;

namespace Bootlace.Wire;

/// <summary>How we introduce ourselves to DHCP servers: they choose boot files by it (spec/ipxe-compat.md
/// 4.1).</summary>
public sealed record DhcpIdentity
{
    /// <summary>Client architecture, RFC 4578 section 2.1 with its errata: 7 x64 UEFI (not 9), 11 arm64 UEFI.</summary>
    public required ushort Architecture { get; init; }

    /// <summary>Our version, three numbers.</summary>
    public (byte Major, byte Minor, byte Patch) Version { get; init; }

    /// <summary>Feature codes, numbers of iPXE's option 175, in the order sent.</summary>
    public ReadOnlyMemory<byte> Features { get; init; } =
        new byte[]
        {
            FeatureDns, FeatureHttp, FeatureHttps, FeatureIscsi, FeatureTftp, FeatureVlan, FeatureEfi, FeatureMenu,
        };

    /// <summary>The card's bus: 01, then PCI vendor and device, two bytes each; empty: not known, not sent.</summary>
    public ReadOnlyMemory<byte> BusId { get; init; }

    /// <summary>The machine's UUID as SMBIOS has it, first three fields little-endian; empty: none, not sent.</summary>
    public ReadOnlyMemory<byte> MachineUuid { get; init; }

    /// <summary>Option 77, by which servers break the loop of chainloading iPXE into itself.</summary>
    public ReadOnlyMemory<byte> UserClass { get; init; } = "iPXE"u8.ToArray();

    /// <summary>Option 60; empty: <c>PXEClient:Arch:…:UNDI:003010</c> by the architecture.</summary>
    public ReadOnlyMemory<byte> VendorClass { get; init; }

    /// <summary>HTTP.</summary>
    public const byte FeatureHttp = 0x13;
    /// <summary>HTTPS.</summary>
    public const byte FeatureHttps = 0x14;
    /// <summary>iSCSI.</summary>
    public const byte FeatureIscsi = 0x11;
    /// <summary>TFTP.</summary>
    public const byte FeatureTftp = 0x15;
    /// <summary>DNS.</summary>
    public const byte FeatureDns = 0x17;
    /// <summary>EFI images.</summary>
    public const byte FeatureEfi = 0x24;
    /// <summary>VLANs.</summary>
    public const byte FeatureVlan = 0x26;
    /// <summary>Menus.</summary>
    public const byte FeatureMenu = 0x27;
}
