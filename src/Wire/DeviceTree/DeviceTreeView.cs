using System;

namespace Bootlace.Wire;

/// <summary>The three parts of a flattened device tree (Devicetree Specification 0.4, section 5), seen to lie inside
/// it, with a structure that ends as it should.</summary>
public readonly ref struct DeviceTreeView
{
    private const int StructureOffset = 8, StringsOffset = 12, ReservedOffset = 16, VersionOffset = 20;
    private const int ProcessorOffset = 28, StringsSizeOffset = 32, StructureSizeOffset = 36;
    private const int ReservedEntryBytes = 16;
    private const uint VersionWithoutSize = 16;

    private readonly ReadOnlySpan<byte> _tree;

    private DeviceTreeView(ReadOnlySpan<byte> tree, int reservedBytes)
    {
        _tree = tree;
        Reservations = tree.Slice((int)BigEndian.ReadU32(tree, ReservedOffset), reservedBytes);
    }

    /// <summary>Reads the header, finds the end of the reservations and goes through the structure.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, out DeviceTreeView view, out ParseError error)
    {
        view = default;
        if (!DeviceTreeHeader.TryRead(file, out DeviceTreeHeader header, out error)) return false;
        ReadOnlySpan<byte> tree = file[..header.TotalBytes];
        ReadOnlySpan<byte> rest = tree[(int)BigEndian.ReadU32(tree, ReservedOffset)..];
        int countBytes = 0;
        do
        {
            error = ParseError.TooShort;
            if (rest.Length - countBytes < ReservedEntryBytes) return false;
            countBytes += ReservedEntryBytes;
        }
        while (rest.Slice(countBytes - ReservedEntryBytes, ReservedEntryBytes).IndexOfAnyExcept((byte)0) >= 0);
        var read = new DeviceTreeView(tree, countBytes);
        var walk = new DeviceTreeWalk(read.Structure);
        while (walk.MoveNext(out error))
        {
        }
        if (error != ParseError.None) return false;
        view = read;
        return true;
    }

    /// <summary>How long the tree is; its file may be longer.</summary>
    public int TotalBytes => _tree.Length;

    /// <summary>Memory that programs leave alone, as far as the entry of zeroes that ends it.</summary>
    public ReadOnlySpan<byte> Reservations { get; }

    /// <summary>The nodes and their properties; something may follow the token that ends them.</summary>
    public ReadOnlySpan<byte> Structure
    {
        get
        {
            ReadOnlySpan<byte> rest = _tree[(int)BigEndian.ReadU32(_tree, StructureOffset)..];
            bool hasSize = BigEndian.ReadU32(_tree, VersionOffset) > VersionWithoutSize;
            return hasSize ? rest[..(int)BigEndian.ReadU32(_tree, StructureSizeOffset)] : rest;
        }
    }

    /// <summary>The names of the properties.</summary>
    public ReadOnlySpan<byte> Strings => _tree.Slice(
        (int)BigEndian.ReadU32(_tree, StringsOffset), (int)BigEndian.ReadU32(_tree, StringsSizeOffset));

    /// <summary>The number of the processor that runs us.</summary>
    public uint BootProcessor => BigEndian.ReadU32(_tree, ProcessorOffset);
}
