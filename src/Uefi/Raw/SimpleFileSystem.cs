using System.Runtime.InteropServices;

namespace Bootlace.Uefi.Raw;

/// <summary>EFI_SIMPLE_FILE_SYSTEM_PROTOCOL (UEFI 2.10, 13.4).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SimpleFileSystem
{
    public const ulong ExpectedRevision = 0x00010000;

    public ulong Revision;
    public delegate* unmanaged<SimpleFileSystem*, File**, nuint> OpenVolume;
}

/// <summary>EFI_FILE_PROTOCOL (UEFI 2.10, 13.5), without the asynchronous members revision 2 added.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct File
{
    public const ulong Revision1 = 0x00010000;

    public ulong Revision;
    public delegate* unmanaged<File*, File**, char*, ulong, ulong, nuint> Open;
    public delegate* unmanaged<File*, nuint> Close;
    public delegate* unmanaged<File*, nuint> Delete;
    public delegate* unmanaged<File*, nuint*, void*, nuint> Read;
    public delegate* unmanaged<File*, nuint*, void*, nuint> Write;
    public delegate* unmanaged<File*, ulong*, nuint> GetPosition;
    public delegate* unmanaged<File*, ulong, nuint> SetPosition;
    public delegate* unmanaged<File*, EfiGuid*, nuint*, void*, nuint> GetInfo;
    public delegate* unmanaged<File*, EfiGuid*, nuint, void*, nuint> SetInfo;
    public delegate* unmanaged<File*, nuint> Flush;
}

/// <summary>Modes of Open.</summary>
internal static class FileMode
{
    public const ulong Read = 1;
}

/// <summary>Bits of FileInfo.Attribute.</summary>
internal static class FileAttribute
{
    public const ulong ReadOnly = 0x01;
    public const ulong Directory = 0x10;
}

/// <summary>EFI_FILE_INFO up to the name, which follows it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileInfo
{
    public ulong Size;
    public ulong FileSize;
    public ulong PhysicalSize;
    public Time CreateTime;
    public Time LastAccessTime;
    public Time ModificationTime;
    public ulong Attribute;
}

/// <summary>EFI_FILE_SYSTEM_INFO. The volume label follows at once, at <see cref="LabelOffset"/>, before the
/// padding.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileSystemInfo
{
    public const int LabelOffset = 36;

    public ulong Size;
    public byte ReadOnly;
    public ulong VolumeSize;
    public ulong FreeSpace;
    public uint BlockSize;
}
