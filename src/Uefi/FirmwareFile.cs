using System;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>An open file of one of the firmware's volumes (UEFI 2.10, 13.5).</summary>
internal sealed unsafe class FirmwareFile : IVolumeFile
{
    private const int InfoBytes = 1024;            // a file info with the longest name FAT has
    private const int ReadBytesMax = 1024 * 1024;  // for more, some firmware allocates as much again
    private const int PathCharsMax = 1024, LabelCharsMax = 64;

    private readonly Services _services;
    private readonly string _path;
    private File* _file;
    private ulong _rest;

    private FirmwareFile(Services services, string path, File* file, ulong lengthBytes)
    {
        _services = services;
        _path = path;
        _file = file;
        LengthBytes = _rest = lengthBytes;
    }

    public ulong LengthBytes { get; }

    /// <summary>Opens a file of the volume on a handle; null when there is no volume or no such file.</summary>
    public static FirmwareFile? Open(Services services, nint device, string path)
    {
        if (path.Length > PathCharsMax) return null;
        using CallbackDoor.Pass pass = services.Door.Open();
        File* root = TryOpenVolume(services, device);
        if (root == null) return null;
        char* name = stackalloc char[path.Length + 1];
        Text.Write(path.Replace('/', '\\'), name);
        File* file = null;
        Status status = root->Open(root, &file, name, FileMode.Read, 0);
        root->Close(root);
        if (status == Status.NotFound) return null;
        if (status.IsError) throw Failed(path, $"cannot be opened: {status}");

        ulong* info = stackalloc ulong[InfoBytes / sizeof(ulong)];
        EfiGuid kind = Guids.FileInfo;
        nuint infoBytes = InfoBytes;
        status = file->GetInfo(file, &kind, &infoBytes, info);
        bool isFolder = (((FileInfo*)info)->Attribute & FileAttribute.Directory) != 0;
        if (!status.IsError && !isFolder) return new FirmwareFile(services, path, file, ((FileInfo*)info)->FileSize);
        file->Close(file);
        return status.IsError ? throw Failed(path, $"does not tell its size: {status}") : null;
    }

    /// <summary>The handle of the volume with that label, case ignored; 0 when there is none.</summary>
    public static nint FindVolume(Services services, string label)
    {
        foreach (nint handle in services.HandlesWith(Guids.SimpleFileSystem))
        {
            if (HasLabel(services, handle, label)) return handle;
        }
        return 0;
    }

    /// <summary>Whether the volume on a handle has that label, case ignored.</summary>
    public static bool HasLabel(Services services, nint handle, string label)
    {
        using CallbackDoor.Pass pass = services.Door.Open();
        File* root = TryOpenVolume(services, handle);
        if (root == null) return false;
        bool isIt = string.Equals(ReadLabel(root), label, StringComparison.OrdinalIgnoreCase);
        root->Close(root);
        return isIt;
    }

    public int Read(Span<byte> target)
    {
        nuint asked = (nuint)Math.Min(Math.Min((ulong)target.Length, _rest), ReadBytesMax);
        if (asked == 0) return 0;
        nuint read = asked;
        Status status;
        using (_services.Door.Open())
        fixed (byte* buffer = target)
            status = _file->Read(_file, &read, buffer);
        if (status.IsError) throw Failed(_path, $"cannot be read: {status}");
        if (read == 0 || read > asked) throw Failed(_path, "ends before its size");
        _rest -= read;
        return (int)read;
    }

    public void Dispose()
    {
        using CallbackDoor.Pass pass = _services.Door.Open();
        if (_file != null) _file->Close(_file);
        _file = null;
    }

    private static File* TryOpenVolume(Services services, nint device)
    {
        var fileSystem = (SimpleFileSystem*)services.TryGetProtocol(device, Guids.SimpleFileSystem);
        File* root = null;
        if (fileSystem == null || ((Status)fileSystem->OpenVolume(fileSystem, &root)).IsError) return null;
        return root;
    }

    private static string ReadLabel(File* root)
    {
        ulong* buffer = stackalloc ulong[InfoBytes / sizeof(ulong)];
        EfiGuid kind = Guids.FileSystemInfo;
        nuint size = InfoBytes;
        Status status = root->GetInfo(root, &kind, &size, buffer);
        if (status.IsError || size < FileSystemInfo.LabelOffset || size > InfoBytes) return "";
        int chars = (int)(size - FileSystemInfo.LabelOffset) / sizeof(char);
        return Text.Read((char*)((byte*)buffer + FileSystemInfo.LabelOffset), Math.Min(chars, LabelCharsMax));
    }

    private static BootFailure Failed(string path, string what) =>
        new(FirmwareFailure.VolumeFailed, $"file '{path}' {what}");
}
