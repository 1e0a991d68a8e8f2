using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_DEVICE_PATH_PROTOCOL: the head of each node (UEFI 2.10, 10.2). What follows is bytes; Wire reads
/// them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DevicePathProtocol
{
    public byte Type;
    public byte SubType;
    public byte LengthLow;
    public byte LengthHigh;
}
