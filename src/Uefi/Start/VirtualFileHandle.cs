using System;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.Uefi.Raw;

namespace Bootlace.Uefi;

/// <summary>One opening of a file, or of the root folder, of a <see cref="VirtualVolume"/>: what an EFI_FILE_PROTOCOL
/// does.
/// </summary>
internal sealed unsafe class VirtualFileHandle
{
    /// <summary>The index that means the root folder.</summary>
    public const int Root = -1;

    private const int HandlesMax = 256;       // an image that leaks more is refused, not served for ever
    private const int PathCharsMax = 512;
    private const uint BlockBytes = 512;

    private static readonly List<VirtualFileHandle> s_open = [];

    private readonly VirtualVolume _volume;
    private readonly int _index;
    private readonly File* _interface;
    private ulong _position;                  // bytes; in the root folder the next entry

    private VirtualFileHandle(VirtualVolume volume, int index, File* fileInterface)
    {
        _volume = volume;
        _index = index;
        _interface = fileInterface;
    }

    /// <summary>Keeps other callbacks out while one of this volume's is under way.</summary>
    public CallbackDoor Door => _volume.Services.Door;

    private bool IsRoot => _index == Root;

    private ulong Length
    {
        get
        {
            ulong length = 0;
            if (IsRoot) return 0;
            IReadOnlyList<ReadOnlyMemory<byte>> pieces = _volume.Files[_index].Pieces;
            for (int i = 0; i < pieces.Count; i++) length += (ulong)pieces[i].Length;
            return length;
        }
    }

    /// <summary>Opens the file with that index, or the root folder.</summary>
    public static Status Open(VirtualVolume volume, int index, File** opened)
    {
        if (opened == null) return Status.InvalidParameter;
        if (s_open.Count >= HandlesMax) return Status.OutOfResources;
        byte* pages = volume.Services.TryAllocatePages((nuint)sizeof(File));
        if (pages == null) return Status.OutOfResources;
        var file = (File*)pages;
        VirtualFileCallbacks.Fill(file);
        s_open.Add(new VirtualFileHandle(volume, index, file));
        *opened = file;
        return Status.Success;
    }

    /// <summary>The opening behind an interface pointer; null when it is none of ours or closed.</summary>
    public static VirtualFileHandle? Find(File* file)
    {
        for (int i = 0; i < s_open.Count; i++)
        {
            if (s_open[i]._interface == file) return s_open[i];
        }
        return null;
    }

    /// <summary>Closes what a volume's user has left open.</summary>
    public static void CloseAll(VirtualVolume volume)
    {
        for (int i = s_open.Count - 1; i >= 0; i--)
        {
            if (s_open[i]._volume == volume) s_open[i].Close();
        }
    }

    public void Close()
    {
        s_open.Remove(this);
        _volume.Services.FreePages((byte*)_interface, (nuint)sizeof(File));
    }

    /// <summary>Opens by a path relative to this folder; there is only one folder, so only the name counts.</summary>
    public Status OpenRelative(File** opened, char* path, ulong mode)
    {
        if (opened == null || path == null) return Status.InvalidParameter;
        if (mode != FileMode.Read) return Status.WriteProtected;
        string name = Text.Read(path, PathCharsMax).Trim('\\');
        if (name.StartsWith(".\\", StringComparison.Ordinal)) name = name[2..];
        if (name is "" or "." or "..") return Open(_volume, name == "" && !IsRoot ? _index : Root, opened);
        for (int i = 0; i < _volume.Files.Count; i++)
        {
            if (string.Equals(_volume.Files[i].Name, name, StringComparison.OrdinalIgnoreCase))
                return Open(_volume, i, opened);
        }
        return Status.NotFound;
    }

    public Status Read(nuint* sizeBytes, void* buffer)
    {
        if (sizeBytes == null) return Status.InvalidParameter;
        if (IsRoot) return ReadEntry(sizeBytes, buffer);
        if (buffer == null && *sizeBytes > 0) return Status.InvalidParameter;
        ulong length = Length;
        if (_position > length) return Status.DeviceError;   // UEFI 2.10, 13.5.6
        nuint count = (nuint)Math.Min(*sizeBytes, length - _position);
        CopyOut(_position, (byte*)buffer, count);
        _position += count;
        *sizeBytes = count;
        return Status.Success;
    }

    public Status GetPosition(ulong* position)
    {
        if (position == null) return Status.InvalidParameter;
        if (IsRoot) return Status.Unsupported;
        *position = _position;
        return Status.Success;
    }

    public Status SetPosition(ulong position)
    {
        if (IsRoot && position != 0) return Status.Unsupported;
        _position = position == ulong.MaxValue ? Length : position;   // all ones: to the end
        return Status.Success;
    }

    public Status GetInfo(EfiGuid* kind, nuint* sizeBytes, void* buffer)
    {
        if (kind == null || sizeBytes == null) return Status.InvalidParameter;
        if (*kind == Guids.FileInfo) return WriteFileInfo(_index, sizeBytes, buffer);
        if (*kind == Guids.FileSystemInfo) return WriteFileSystemInfo(sizeBytes, buffer);
        if (*kind == Guids.FileSystemVolumeLabel) return WriteLabel(sizeBytes, buffer);
        return Status.Unsupported;
    }

    /// <summary>The next entry of the folder; size 0 at its end.</summary>
    private Status ReadEntry(nuint* sizeBytes, void* buffer)
    {
        if (_position >= (ulong)_volume.Files.Count)
        {
            *sizeBytes = 0;
            return Status.Success;
        }
        Status status = WriteFileInfo((int)_position, sizeBytes, buffer);
        if (!status.IsError) _position++;
        return status;
    }

    private Status WriteFileInfo(int index, nuint* sizeBytes, void* buffer)
    {
        string name = index == Root ? "" : _volume.Files[index].Name;
        nuint needed = (nuint)sizeof(FileInfo) + Text.BytesOf(name);
        if (!Fits(needed, sizeBytes, buffer)) return Status.BufferTooSmall;
        var info = (FileInfo*)buffer;
        *info = default;
        info->Size = needed;
        ulong length = index == Root ? 0 : new VirtualFileHandle(_volume, index, null).Length;
        info->FileSize = length;
        info->PhysicalSize = length;
        info->Attribute = FileAttribute.ReadOnly | (index == Root ? FileAttribute.Directory : 0);
        Text.Write(name, (char*)(info + 1));
        return Status.Success;
    }

    private Status WriteFileSystemInfo(nuint* sizeBytes, void* buffer)
    {
        nuint needed = FileSystemInfo.LabelOffset + Text.BytesOf(VirtualVolume.Label);
        if (!Fits(needed, sizeBytes, buffer)) return Status.BufferTooSmall;
        ulong volumeBytes = 0;
        for (int i = 0; i < _volume.Files.Count; i++) volumeBytes += new VirtualFileHandle(_volume, i, null).Length;
        var info = (FileSystemInfo*)buffer;
        info->Size = needed;
        info->ReadOnly = 1;
        info->VolumeSize = volumeBytes;
        info->FreeSpace = 0;
        info->BlockSize = BlockBytes;
        Text.Write(VirtualVolume.Label, (char*)((byte*)buffer + FileSystemInfo.LabelOffset));
        return Status.Success;
    }

    private static Status WriteLabel(nuint* sizeBytes, void* buffer)
    {
        if (!Fits(Text.BytesOf(VirtualVolume.Label), sizeBytes, buffer)) return Status.BufferTooSmall;
        Text.Write(VirtualVolume.Label, (char*)buffer);
        return Status.Success;
    }

    /// <summary>Answers the firmware's size question: the needed size always goes back.</summary>
    private static bool Fits(nuint needed, nuint* sizeBytes, void* buffer)
    {
        bool fits = buffer != null && *sizeBytes >= needed;
        *sizeBytes = needed;
        return fits;
    }

    private void CopyOut(ulong from, byte* target, nuint count)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> pieces = _volume.Files[_index].Pieces;
        for (int i = 0; i < pieces.Count && count > 0; i++)
        {
            ReadOnlySpan<byte> piece = pieces[i].Span;
            if (from >= (ulong)piece.Length)
            {
                from -= (ulong)piece.Length;
                continue;
            }
            ReadOnlySpan<byte> part = piece[(int)from..];
            if ((nuint)part.Length > count) part = part[..(int)count];
            part.CopyTo(new Span<byte>(target, part.Length));
            target += part.Length;
            count -= (nuint)part.Length;
            from = 0;
        }
    }
}
