using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;

namespace Bootlace.Tests.Uefi.Fakes;

/// <summary>A volume of the firmware's: files by their exact path, read at most two bytes at a time.</summary>
internal sealed unsafe class PlainVolume
{
    private static readonly Dictionary<nint, (PlainVolume Volume, byte[]? Content, int Position)> s_open = [];
    private static readonly Dictionary<nint, PlainVolume> s_volumes = [];

    private readonly Dictionary<string, byte[]?> _files = [];

    public PlainVolume(FakeFirmware firmware)
    {
        Interface = firmware.New<SimpleFileSystem>();
        Interface->OpenVolume = &OnOpenVolume;
        s_volumes[(nint)Interface] = this;
    }

    public string Label { get; init; } = "BOOTLACE";

    public Status OpenAnswer { get; set; }

    public SimpleFileSystem* Interface { get; }

    public void Add(string path, string content) => Add(path, Encoding.ASCII.GetBytes(content));

    public void Add(string path, byte[] content) => _files[path] = content;

    public void AddFolder(string path) => _files[path] = null;

    private static File* NewFile(PlainVolume volume, byte[]? content)
    {
        File* file = FakeFirmware.Current.New<File>();
        file->Open = &OnOpen;
        file->Close = &OnClose;
        file->Read = &OnRead;
        file->GetInfo = &OnGetInfo;
        s_open[(nint)file] = (volume, content, 0);
        return file;
    }

    [UnmanagedCallersOnly]
    private static nuint OnOpenVolume(SimpleFileSystem* fileSystem, File** root)
    {
        *root = NewFile(s_volumes[(nint)fileSystem], null);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnOpen(File* file, File** opened, char* path, ulong mode, ulong attributes)
    {
        PlainVolume volume = s_open[(nint)file].Volume;
        if (volume.OpenAnswer.IsError) return volume.OpenAnswer.Value;
        if (!volume._files.TryGetValue(Text.Read(path, 1000), out byte[]? content)) return Status.NotFound.Value;
        *opened = NewFile(volume, content);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnClose(File* file) => s_open.Remove((nint)file) ? 0 : Status.InvalidParameter.Value;

    [UnmanagedCallersOnly]
    private static nuint OnRead(File* file, nuint* size, void* buffer)
    {
        (PlainVolume volume, byte[]? content, int position) = s_open[(nint)file];
        int count = Math.Min(2, Math.Min((int)*size, content!.Length - position));
        content.AsSpan(position, count).CopyTo(new Span<byte>(buffer, count));
        s_open[(nint)file] = (volume, content, position + count);
        *size = (nuint)count;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static nuint OnGetInfo(File* file, EfiGuid* kind, nuint* size, void* buffer)
    {
        (PlainVolume volume, byte[]? content, _) = s_open[(nint)file];
        if (*kind == Guids.FileSystemInfo)
        {
            Text.Write(volume.Label, (char*)((byte*)buffer + FileSystemInfo.LabelOffset));
            *size = FileSystemInfo.LabelOffset + Text.BytesOf(volume.Label);
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
