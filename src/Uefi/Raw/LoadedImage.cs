using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_LOADED_IMAGE_PROTOCOL (UEFI 2.10, 9.1).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LoadedImage
{
    public uint Revision;
    public nint ParentHandle;
    public SystemTable* SystemTable;
    public nint DeviceHandle;
    public DevicePathProtocol* FilePath;
    public void* Reserved;
    public uint LoadOptionsSize;
    public void* LoadOptions;
    public void* ImageBase;
    public ulong ImageSize;
    public uint ImageCodeType;
    public uint ImageDataType;
    public void* Unload;
}
