using System;

namespace Bootlace.Wire;

/// <summary>The header of a flattened device tree (Devicetree Specification 0.4, section 5.2), whose parts have been
/// seen to lie inside it.</summary>
/// <param name="TotalBytes">How long the tree is; a file may be longer.</param>
public readonly record struct DeviceTreeHeader(int TotalBytes)
{
    /// <summary>The longest tree that arm64 Linux takes.</summary>
    public const int BytesMax = 2 << 20;

    private const uint Magic = 0xd00d_feed, KnownVersion = 17, OldestVersion = 16;
    private const int HeaderBytes = 40, TotalOffset = 4, StructureOffset = 8, StringsOffset = 12, ReservedOffset = 16;
    private const int VersionOffset = 20, CompatibleOffset = 24, StringsSizeOffset = 32, StructureSizeOffset = 36;
    private const int ReservedEntryBytes = 16;

    /// <summary>Reads the header of a file.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, out DeviceTreeHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.TooShort;
        if (file.Length < HeaderBytes) return false;
        error = ParseError.BadKind;
        if (BigEndian.ReadU32(file, 0) != Magic) return false;
        uint version = BigEndian.ReadU32(file, VersionOffset);
        if (version < OldestVersion || BigEndian.ReadU32(file, CompatibleOffset) > KnownVersion) return false;
        error = ParseError.BadLength;
        uint total = BigEndian.ReadU32(file, TotalOffset);
        if (total < HeaderBytes || total > BytesMax) return false;
        error = ParseError.TooShort;
        if (total > (uint)file.Length) return false;
        error = ParseError.BadLength;
        // Version 16 does not say how long its structure is.
        uint structureBytes = version > OldestVersion ? BigEndian.ReadU32(file, StructureSizeOffset) : 0;
        if (!IsInside(total, BigEndian.ReadU32(file, StructureOffset), structureBytes)
            || !IsInside(total, BigEndian.ReadU32(file, StringsOffset), BigEndian.ReadU32(file, StringsSizeOffset))
            || !IsInside(total, BigEndian.ReadU32(file, ReservedOffset), ReservedEntryBytes))
            return false;
        header = new DeviceTreeHeader((int)total);
        error = ParseError.None;
        return true;
    }

    private static bool IsInside(uint total, uint start, uint length) =>
        start >= HeaderBytes && start <= total && length <= total - start;
}
