using System;
using System.Buffers.Binary;

namespace Bootlace.Wire;

/// <summary>Numbers in network byte order at an offset.</summary>
public static class BigEndian
{
    /// <summary>Reads two bytes.</summary>
    public static ushort ReadU16(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(offset, 2));

    /// <summary>Reads four bytes.</summary>
    public static uint ReadU32(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(offset, 4));

    /// <summary>Reads eight bytes.</summary>
    public static ulong ReadU64(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(offset, 8));

    /// <summary>Writes two bytes.</summary>
    public static void WriteU16(Span<byte> target, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(target.Slice(offset, 2), value);

    /// <summary>Writes four bytes.</summary>
    public static void WriteU32(Span<byte> target, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(target.Slice(offset, 4), value);

    /// <summary>Writes eight bytes.</summary>
    public static void WriteU64(Span<byte> target, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64BigEndian(target.Slice(offset, 8), value);
}
