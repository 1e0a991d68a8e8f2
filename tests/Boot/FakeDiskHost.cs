using System;
using System.Collections.Generic;
using System.Linq;
using Bootlace.Boot;
using Bootlace.San;
using Bootlace.Wire;

namespace Bootlace.Tests.Boot;

/// <summary>A firmware's side of disks that records what it is asked for.</summary>
public sealed class FakeDiskHost(FakeFirmware firmware) : IDiskHost
{
    public bool KeepsDetachedDisks { get; set; }
    public bool HasAcpi { get; set; } = true;
    public bool HasRamDisks { get; set; }
    public FailureKind? Refusal { get; set; }
    public FailureKind? StartRefusal { get; set; }
    public ulong ExitStatus { get; set; }
    public Action? Starting { get; set; }
    public List<Attached> Disks { get; } = [];
    public List<DiskStart> Starts { get; } = [];
    public List<byte[]> Tables { get; } = [];

    public IAttachedDisk Attach(IBlockDevice disk, in DiskPlace place)
    {
        if (Refusal is { } refusal) throw new BootFailure(refusal);
        firmware.Deeds.Add("attach");
        var attached = new Attached(this, disk, place);
        Disks.Add(attached);
        return attached;
    }

    public IDisposable InstallTable(ReadOnlySpan<byte> table)
    {
        byte[] copy = table.ToArray();
        Tables.Add(copy);
        firmware.Deeds.Add("table in");
        return new Table(this, copy);
    }

    public ulong StartFromDisk(in DiskStart start)
    {
        firmware.Deeds.Add($"start from {(start.Drive is { } drive ? $"0x{drive:x}" : "any")} of "
            + string.Join(" ", start.Drives.Keys.Select(number => $"0x{number:x}")));
        Starts.Add(start);
        Starting?.Invoke();
        return StartRefusal is { } refusal ? throw new BootFailure(refusal) : ExitStatus;
    }

    public sealed class Attached(FakeDiskHost host, IBlockDevice disk, DiskPlace place) : IAttachedDisk
    {
        public IBlockDevice Disk => disk;
        public DiskPlace Place => place;

        public void Detach()
        {
            if (host.Disks.Remove(this)) host.Deeds.Add("detach");
        }
    }

    private List<string> Deeds => firmware.Deeds;

    private sealed class Table(FakeDiskHost host, byte[] table) : IDisposable
    {
        public void Dispose()
        {
            if (host.Tables.Remove(table)) host.Deeds.Add("table out");
        }
    }
}
