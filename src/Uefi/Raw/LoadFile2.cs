using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_LOAD_FILE2_PROTOCOL (UEFI 2.10, 13.2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LoadFile2
{
    public delegate* unmanaged<LoadFile2*, DevicePathProtocol*, byte, nuint*, void*, nuint> LoadFile;
}
