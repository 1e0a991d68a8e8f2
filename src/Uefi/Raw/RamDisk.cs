using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_RAM_DISK_PROTOCOL (UEFI 2.10, 13.17).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RamDisk
{
    public delegate* unmanaged<
        ulong, ulong, EfiGuid*, DevicePathProtocol*, DevicePathProtocol**, nuint> Register;
    public delegate* unmanaged<DevicePathProtocol*, nuint> Unregister;
}
