using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_DT_FIXUP_PROTOCOL, revision 1.0, which U-Boot has: addresses, memory and seeds that only the firmware
/// knows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DeviceTreeFixup
{
    /// <summary>EFI_DT_APPLY_FIXUPS and EFI_DT_RESERVE_MEMORY.</summary>
    public const uint ApplyFixups = 1, ReserveMemory = 2;

    public ulong Revision;
    public delegate* unmanaged<DeviceTreeFixup*, void*, nuint*, uint, nuint> Fixup;
}
