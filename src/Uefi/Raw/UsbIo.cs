using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_USB_IO_PROTOCOL, as far as the descriptors (UEFI 2.10, 17.2.4). One per interface of a
/// device.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UsbIo
{
    public const int DeviceDescriptorBytes = 18;

    public void* ControlTransfer;
    public void* BulkTransfer;
    public void* AsyncInterruptTransfer;
    public void* SyncInterruptTransfer;
    public void* IsochronousTransfer;
    public void* AsyncIsochronousTransfer;
    public delegate* unmanaged<UsbIo*, byte*, nuint> GetDeviceDescriptor;
    public void* GetConfigDescriptor;
    public void* GetInterfaceDescriptor;
    public void* GetEndpointDescriptor;
    public delegate* unmanaged<UsbIo*, ushort, byte, char**, nuint> GetStringDescriptor;
    public delegate* unmanaged<UsbIo*, ushort**, ushort*, nuint> GetSupportedLanguages;
    public void* PortReset;
}
