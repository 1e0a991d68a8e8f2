using System;
using System.Collections.Generic;

namespace Bootlace.Boot;

/// <summary>Which program to start from a disk (spec/ipxe-compat.md 7.6).</summary>
public readonly struct DiskStart
{
    /// <summary>Our own drives by number; local disks are numbered from 0x80 on beside them.</summary>
    public required IReadOnlyDictionary<uint, IAttachedDisk> Drives { get; init; }

    /// <summary>Only this drive; null: the first that fits.</summary>
    public uint? Drive { get; init; }

    /// <summary>The program's path on the volume; null: the removable-media default of this machine.</summary>
    public string? FileName { get; init; }

    /// <summary>A file that must exist on the same volume; null: none.</summary>
    public string? ExtraFileName { get; init; }

    /// <summary>The volume's label; null: any.</summary>
    public string? Label { get; init; }

    /// <summary>The GPT partition's GUID as it stands in device paths, 16 bytes; empty: any.</summary>
    public ReadOnlyMemory<byte> PartitionGuid { get; init; }
}
