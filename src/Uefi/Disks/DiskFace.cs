using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Bootlace.Net;
using Bootlace.San;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>A disk of ours as the firmware sees it: BlockIo and BlockIo2 on a handle with a device path (UEFI 2.10,
/// 13.9 and 13.10), whatever disk is behind it.</summary>
internal sealed unsafe class DiskFace
{
    private const int ReportsMax = 8;

    /// <summary>A disk mends its connection by itself within this time; it is a bug if it does not.</summary>
    private static readonly Duration s_patience = Duration.FromSeconds(300);

    /// <summary>What a disk gets that has just failed for good: a firmware that looks for partitions asks a hundred
    /// times.</summary>
    private static readonly Duration s_shortPatience = Duration.FromSeconds(10);

    /// <summary>For this long a failed disk is not asked at all.</summary>
    private static readonly Duration s_rest = Duration.FromSeconds(2);

    /// <summary>Native code may hold no reference of ours: the objects by their pages.</summary>
    private static readonly List<DiskFace> s_faces = [];

    private readonly Services _services;
    private readonly DiskRequests _requests;
    private readonly Action<string> _say;
    private readonly byte[] _path;
    private readonly Layout* _pages;
    private readonly nuint _pagesBytes;
    private IBlockDevice? _disk;
    private DiskGeometry _geometry;
    private bool _isDirty;
    private Instant _failedUntil;
    private int _reports;

    private DiskFace(Services services, DiskRequests requests, Action<string> say, byte[] path)
    {
        _services = services;
        _requests = requests;
        _say = say;
        _path = path;
        _pagesBytes = (nuint)(sizeof(Layout) + path.Length);
        _pages = (Layout*)services.AllocatePages(_pagesBytes);
        new Span<byte>(_pages, sizeof(Layout)).Clear();
        DiskCallbacks.Fill(&_pages->Disk, &_pages->Disk2, &_pages->Media);
        path.CopyTo(new Span<byte>(_pages + 1, path.Length));
    }

    /// <summary>Its handle; 0 when it is not installed.</summary>
    public nint Handle { get; private set; }

    /// <summary>Its device path, the end node included.</summary>
    public ReadOnlySpan<byte> Path => _path;

    /// <summary>There is a disk behind it.</summary>
    public bool HasMedia => _disk is not null;

    /// <summary>Why the last request failed; null: it did not.</summary>
    public BootFailure? LastFailure { get; private set; }

    private DevicePathProtocol* PathInPages => (DevicePathProtocol*)(_pages + 1);

    /// <summary>Puts a disk on a new handle. Throws a BootFailure when the firmware refuses.</summary>
    public static DiskFace Install(
        Services services, DiskRequests requests, Action<string> say, byte[] path, IBlockDevice disk)
    {
        var face = new DiskFace(services, requests, say, path);
        face.Insert(disk);
        s_faces.Add(face);
        EfiGuid devicePath = Guids.DevicePath, blockIo = Guids.BlockIo, blockIo2 = Guids.BlockIo2;
        nint handle = 0;
        Status status = services.Boot->InstallMultipleProtocolInterfaces(
            &handle, &devicePath, face.PathInPages, &blockIo, &face._pages->Disk, &blockIo2, &face._pages->Disk2, null);
        if (status.IsError)
        {
            face.Forget();
            throw new BootFailure(SanFailure.DiskRefused, $"the firmware refused the disk: {status}");
        }
        face.Handle = handle;
        return face;
    }

    /// <summary>The face whose BlockIo that is; null: none of ours.</summary>
    public static DiskFace? Find(BlockIo* disk)
    {
        for (int i = s_faces.Count - 1; i >= 0; i--)
        {
            if (&s_faces[i]._pages->Disk == disk) return s_faces[i];
        }
        return null;
    }

    /// <summary>The face whose BlockIo2 that is; null: none of ours.</summary>
    public static DiskFace? Find(BlockIo2* disk)
    {
        for (int i = s_faces.Count - 1; i >= 0; i--)
        {
            if (&s_faces[i]._pages->Disk2 == disk) return s_faces[i];
        }
        return null;
    }

    /// <summary>Puts a disk in; another one was taken out before.</summary>
    public void Insert(IBlockDevice disk)
    {
        Check.That(_disk is null);
        _geometry = disk.Geometry;
        BlockIoMedia* media = &_pages->Media;
        media->MediaId = 1;
        media->MediaPresent = 1;
        media->ReadOnly = _geometry.IsReadOnly ? (byte)1 : (byte)0;
        media->BlockSize = (uint)_geometry.BlockBytes;
        media->LastBlock = _geometry.BlockCount - 1;
        media->LogicalBlocksPerPhysicalBlock = 1;
        media->OptimalTransferLengthGranularity = _geometry.OptimalBlocks;
        _isDirty = false;
        _failedUntil = default;
        _reports = 0;
        LastFailure = null;
        _disk = disk;
    }

    /// <summary>Takes the disk out: requests are answered with "no media" from now on.</summary>
    public void Eject()
    {
        _disk = null;
        _pages->Media.MediaPresent = 0;
    }

    /// <summary>Whether its blocks are as long as those of a disk that may come back on the same handle.</summary>
    public bool Fits(IBlockDevice disk) => disk.Geometry.BlockBytes == _geometry.BlockBytes;

    /// <summary>Takes it away from the firmware. False when the firmware does not let go of it: then it stays, without
    /// a disk.</summary>
    public bool TryUninstall()
    {
        using (_services.Door.Open()) _services.Boot->DisconnectController(Handle, 0, 0);   // file systems flush
        Eject();
        EfiGuid devicePath = Guids.DevicePath, blockIo = Guids.BlockIo, blockIo2 = Guids.BlockIo2;
        Status status = _services.Boot->UninstallMultipleProtocolInterfaces(
            Handle, &devicePath, PathInPages, &blockIo, &_pages->Disk, &blockIo2, &_pages->Disk2, null);
        if (status.IsError) return false;
        Handle = 0;
        Forget();
        return true;
    }

    /// <summary>ReadBlocks.</summary>
    public Status Read(uint mediaId, ulong block, nuint countBytes, byte* buffer)
    {
        Status status = Judge(mediaId, block, countBytes, buffer);
        if (status.IsError || countBytes == 0) return status;
        status = TryBegin();
        if (status.IsError) return status;
        try
        {
            _requests.Read(_disk!, block, buffer, countBytes, Deadline());
            return Succeeded();
        }
        catch (Exception e) when (e is BootFailure or OperationCanceledException)
        {
            return Failed(e);
        }
        finally
        {
            _requests.End();
        }
    }

    /// <summary>WriteBlocks.</summary>
    public Status Write(uint mediaId, ulong block, nuint countBytes, byte* buffer)
    {
        Status status = Judge(mediaId, block, countBytes, buffer);
        if (!status.IsError && _geometry.IsReadOnly) status = Status.WriteProtected;
        if (status.IsError || countBytes == 0) return status;
        status = TryBegin();
        if (status.IsError) return status;
        try
        {
            _isDirty = true;
            _requests.Write(_disk!, block, buffer, countBytes, Deadline());
            return Succeeded();
        }
        catch (Exception e) when (e is BootFailure or OperationCanceledException)
        {
            return Failed(e);
        }
        finally
        {
            _requests.End();
        }
    }

    /// <summary>FlushBlocks: EDK2's FAT calls it at every turn, so it costs nothing unless something was
    /// written.</summary>
    public Status Flush()
    {
        if (_disk is null) return Status.NoMedia;
        if (!_isDirty) return Status.Success;
        Status status = TryBegin();
        if (status.IsError) return status;
        try
        {
            _requests.Flush(_disk, Deadline());
            _isDirty = false;
            return Succeeded();
        }
        catch (Exception e) when (e is BootFailure or OperationCanceledException)
        {
            return Failed(e);
        }
        finally
        {
            _requests.End();
        }
    }

    /// <summary>Tells whoever waits for an asynchronous request.</summary>
    public void Signal(nint signalled) => _services.Boot->SignalEvent(signalled);

    /// <summary>Everything that can be wrong with a request by itself, in the order of UEFI 2.10, 13.9.3. Nothing is
    /// added, so nothing overflows.</summary>
    private Status Judge(uint mediaId, ulong block, nuint countBytes, byte* buffer)
    {
        if (_disk is null) return Status.NoMedia;
        if (mediaId != _pages->Media.MediaId) return Status.MediaChanged;
        if (countBytes == 0) return Status.Success;
        if (buffer == null) return Status.InvalidParameter;
        ulong blocks = (ulong)countBytes / (uint)_geometry.BlockBytes;
        if (blocks * (uint)_geometry.BlockBytes != countBytes) return Status.BadBufferSize;
        bool isInside = block < _geometry.BlockCount && blocks <= _geometry.BlockCount - block;
        return isInside ? Status.Success : Status.InvalidParameter;
    }

    private Status TryBegin()
    {
        if (LastFailure is not null && _requests.CurrentTime < _failedUntil) return Status.DeviceError;
        return _requests.TryBegin();
    }

    private Instant Deadline() => _requests.DeadlineAfter(LastFailure is null ? s_patience : s_shortPatience);

    private Status Succeeded()
    {
        LastFailure = null;
        return Status.Success;
    }

    private Status Failed(Exception e)
    {
        BootFailure failure = e as BootFailure ?? new BootFailure(SanFailure.DiskSilent);
        _failedUntil = _requests.CurrentTime + s_rest;
        LastFailure = failure;
        if (_reports++ < ReportsMax) _say("\n" + failure.Describe() + "\n");
        return failure.Kind.Code >> 24 == ErrorNumber.ReadOnly ? Status.WriteProtected : Status.DeviceError;
    }

    private void Forget()
    {
        Eject();
        s_faces.Remove(this);
        _services.FreePages((byte*)_pages, _pagesBytes);
    }

    /// <summary>What lies in the firmware's pages; the device path follows.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Layout
    {
        public BlockIo Disk;
        public BlockIo2 Disk2;
        public BlockIoMedia Media;
    }
}
