using System;
using System.Collections.Generic;
using Bootlace.Boot;
using Bootlace.San;
using Bootlace.Uefi.Raw;
using Bootlace.Wire;

namespace Bootlace.Uefi;

/// <summary>Looks for the program to start on the volumes of the disks, in the order of their numbers
/// (spec/ipxe-compat.md 7.6). The firmware's drivers are all connected only when a local disk comes into question.
/// </summary>
internal sealed unsafe class DiskSearch(Services services, string defaultFileName)
{
    private const uint FirstDrive = 0x80;

    private int _drives, _volumes;
    private BootFailure? _failure;   // of reading a disk: a better reason than that nothing was found

    /// <summary>The program that was asked for; throws a BootFailure when there is none.</summary>
    public DiskProgram Find(in DiskStart start)
    {
        string fileName = WithBackslashes(start.FileName) ?? defaultFileName;
        List<uint> hooked = [.. start.Drives.Keys];
        hooked.Sort();
        uint firstLocal = FirstDrive;
        while (hooked.Contains(firstLocal)) firstLocal++;
        foreach (uint number in hooked)
        {
            bool isSkipped = start.Drive is { } drive ? number != drive : number >= firstLocal;   // after local disks
            if (isSkipped) continue;
            if (FindOn(start, number, PathOf(start.Drives[number]), fileName) is { } found) return found;
            NoteFailure(start.Drives[number]);
        }
        bool isHooked = start.Drive is { } asked && start.Drives.ContainsKey(asked);
        if (!isHooked && FindBehind(start, hooked, firstLocal, fileName) is { } program) return program;
        throw _failure ?? NotFound(start, fileName);
    }

    /// <summary>Local disks, and hooked ones with numbers among theirs.</summary>
    private DiskProgram? FindBehind(in DiskStart start, List<uint> hooked, uint firstLocal, string fileName)
    {
        services.ConnectAll();
        List<byte[]> local = LocalDisks(start);
        uint number = firstLocal;
        int next = 0, nextHooked = 0;
        while (nextHooked < hooked.Count && hooked[nextHooked] < firstLocal) nextHooked++;
        while (next < local.Count || nextHooked < hooked.Count)
        {
            bool isHooked = nextHooked < hooked.Count && (next == local.Count || hooked[nextHooked] <= number);
            IAttachedDisk? ours = isHooked ? start.Drives[hooked[nextHooked]] : null;
            uint candidate = isHooked ? hooked[nextHooked++] : number;
            if (!isHooked || candidate == number) number++;
            ReadOnlySpan<byte> path = ours is null ? local[next++] : PathOf(ours);
            if (FindOn(start, candidate, path, fileName) is { } found) return found;
            if (ours is not null) NoteFailure(ours);
        }
        return null;
    }

    /// <summary>Whole disks that are not ours, in the firmware's order.</summary>
    private List<byte[]> LocalDisks(in DiskStart start)
    {
        List<byte[]> paths = [];
        foreach (nint handle in services.HandlesWith(Guids.BlockIo))
        {
            var disk = (BlockIo*)services.TryGetProtocol(handle, Guids.BlockIo);
            if (disk == null || disk->Media == null || disk->Media->LogicalPartition != 0) continue;
            if (DiskFace.Find(disk) is not null) continue;
            byte[] path = DevicePaths.Of(services, handle);
            if (path.Length > 0 && !IsOurs(start, path)) paths.Add(path);
        }
        return paths;
    }

    private static bool IsOurs(in DiskStart start, byte[] path)
    {
        foreach (KeyValuePair<uint, IAttachedDisk> drive in start.Drives)
        {
            if (PathOf(drive.Value).SequenceEqual(path)) return true;
        }
        return false;
    }

    private DiskProgram? FindOn(in DiskStart start, uint number, ReadOnlySpan<byte> diskPath, string fileName)
    {
        if (start.Drive is { } asked && asked != number) return null;
        _drives++;
        foreach (nint volume in services.HandlesWith(Guids.SimpleFileSystem))
        {
            byte[] path = DevicePaths.Of(services, volume);
            if (!IsBelow(path, diskPath)) continue;
            _volumes++;
            if (IsWanted(start, volume, path, fileName)) return new DiskProgram(volume, fileName);
        }
        return null;
    }

    /// <summary>Whether the path begins with all nodes of the disk's; the disk itself counts, as it may have no
    /// partitions.</summary>
    private static bool IsBelow(ReadOnlySpan<byte> path, ReadOnlySpan<byte> diskPath)
    {
        int nodesBytes = diskPath.Length - DevicePathNode.HeaderBytes;   // without its end node
        return nodesBytes > 0 && path.Length > nodesBytes && path[..nodesBytes].SequenceEqual(diskPath[..nodesBytes]);
    }

    private bool IsWanted(in DiskStart start, nint volume, ReadOnlySpan<byte> path, string fileName)
    {
        try
        {
            if (!start.PartitionGuid.IsEmpty && !IsPartition(path, start.PartitionGuid.Span)) return false;
            if (start.Label is { } label && !FirmwareFile.HasLabel(services, volume, label)) return false;
            if (WithBackslashes(start.ExtraFileName) is { } extra && !Exists(volume, extra)) return false;
            return Exists(volume, fileName);
        }
        catch (BootFailure failure)
        {
            _failure ??= failure;
            return false;
        }
    }

    private bool Exists(nint volume, string fileName)
    {
        using FirmwareFile? file = FirmwareFile.Open(services, volume, fileName);
        return file is not null;
    }

    private static bool IsPartition(ReadOnlySpan<byte> path, ReadOnlySpan<byte> guid)
    {
        foreach (DevicePathNode node in DevicePath.Nodes(path))
        {
            if (node.TryReadGptPartition(out ReadOnlySpan<byte> found) && found.SequenceEqual(guid)) return true;
        }
        return false;
    }

    private void NoteFailure(IAttachedDisk disk) => _failure = (disk as ShownDisk)?.LastFailure ?? _failure;

    private static ReadOnlySpan<byte> PathOf(IAttachedDisk disk) => ((ShownDisk)disk).DevicePath;

    private static string? WithBackslashes(string? fileName)
    {
        if (string.IsNullOrEmpty(fileName)) return null;
        string path = fileName.Replace('/', '\\');
        return path.StartsWith('\\') ? path : "\\" + path;
    }

    private BootFailure NotFound(in DiskStart start, string fileName)
    {
        string where = start.Drive is { } number ? $"drive 0x{number:x2}" : "any disk";
        if (_drives == 0)
        {
            return start.Drive is null
                ? new BootFailure(SanFailure.NoSuchDrive, "there is no disk")
                : new BootFailure(SanFailure.NoSuchDrive, $"there is no {where}");
        }
        return _volumes == 0
            ? new BootFailure(SanFailure.NoProgram, $"the firmware finds no file system on {where}")
            : new BootFailure(SanFailure.NoProgram, $"no file system on {where} that fits holds '{fileName}'");
    }
}
