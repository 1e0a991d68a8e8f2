using System;

namespace Bootlace.Wire;

/// <summary>How much a disk takes at once: a page of vital product data (SBC-3 section 6.5.3).</summary>
/// <param name="BlocksMax">The most blocks in a command; 0 if the disk names no limit.</param>
public readonly record struct BlockLimits(uint BlocksMax)
{
    /// <summary>Its page code.</summary>
    public const byte Page = 0xb0;

    /// <summary>Length of the part that is read.</summary>
    public const int Bytes = 16;

    private const int PageOffset = 1, BlocksMaxOffset = 8;

    /// <summary>Reads an answer of <see cref="Bytes"/> and more.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BlockLimits limits, out ParseError error)
    {
        limits = default;
        error = ParseError.TooShort;
        if (bytes.Length < Bytes) return false;
        error = ParseError.BadKind;
        if (bytes[PageOffset] != Page) return false;
        error = ParseError.None;
        limits = new BlockLimits(BigEndian.ReadU32(bytes, BlocksMaxOffset));
        return true;
    }

    /// <summary>Writes an answer of <see cref="Bytes"/>.</summary>
    public int Emit(Span<byte> target)
    {
        target[..Bytes].Clear();
        target[PageOffset] = Page;
        BigEndian.WriteU16(target, 2, Bytes - 4);
        BigEndian.WriteU32(target, BlocksMaxOffset, BlocksMax);
        return Bytes;
    }
}
