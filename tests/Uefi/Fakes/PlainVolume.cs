using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>A volume of the firmware's, labelled BOOTLACE: files by their exact path, read at most two bytes at a time.
/// </summary>
internal sealed unsafe class PlainVolume
{
    private static readonly Dictionary<nint, (byte[]? Content, int Position)> s_open = [];
    private static readonly Dictionary<string, byte[]?> s_files = [];

    private readonly FakeFirmware _firmware;

    public PlainVolume(FakeFirmware firmware)
    {
        _firmware = firmware;
        s_files.Clear();
        Interface = firmware.New<SimpleFileSystem>();
        Interface->OpenVolume = &OnOpenVolume;
    }

    public SimpleFileSystem* Interface { get; }

    public void Add(string path, string content) => s_files[path] = Encoding.ASCII.GetBytes(content);

    public void AddFolder(string path) => s_files[path] = null;

    private static File* NewFile(byte[]? content)
    {
        File* file = FakeFirmware.Current.New<File>();
        file->Open = &OnOpen;
        file->Close = &OnClose;
        file->Read = &OnRead;
        file->GetInfo = &OnGetInfo;
        s_open[(nint)file] = (content, 0);
        return file;
    }

    [UnmanagedCallersOnly]
    private static nuint OnOpenVolume(SimpleFileSystem* fileSystem, File** root)
    {
        *root = NewFile(null);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnOpen(File* file, File** opened, char* path, ulong mode, ulong attributes)
    {
        if (!s_files.TryGetValue(Text.Read(path, 1000), out byte[]? content)) return Status.NotFound.Value;
        *opened = NewFile(content);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnClose(File* file) => s_open.Remove((nint)file) ? 0 : Status.InvalidParameter.Value;

    [UnmanagedCallersOnly]
    private static nuint OnRead(File* file, nuint* size, void* buffer)
    {
        (byte[]? content, int position) = s_open[(nint)file];
        int count = Math.Min(2, Math.Min((int)*size, content!.Length - position));
        content.AsSpan(position, count).CopyTo(new Span<byte>(buffer, count));
        s_open[(nint)file] = (content, position + count);
        *size = (nuint)count;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnGetInfo(File* file, EfiGuid* kind, nuint* size, void* buffer)
    {
        byte[]? content = s_open[(nint)file].Content;
        if (*kind == Guids.FileSystemInfo)
        {
            Text.Write("BOOTLACE", (char*)((byte*)buffer + FileSystemInfo.LabelOffset));
            *size = FileSystemInfo.LabelOffset + Text.BytesOf("BOOTLACE");
            return 0;
        }
        *(FileInfo*)buffer = new FileInfo
        {
            FileSize = (ulong)(content?.Length ?? 0),
            Attribute = content is null ? FileAttribute.Directory : 0,
        };
        *size = (nuint)sizeof(FileInfo);
        return 0;
    }
}
