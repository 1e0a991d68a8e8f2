using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Bootlace.Wire;

/// <summary>Bits that are read from their end to their beginning, as Zstandard's entropy coders write them (RFC 8878,
/// section 4.1): the highest bit that is set in the last byte says where they end.</summary>
internal ref struct ReverseBits
{
    /// <summary>The most that can be read at once.</summary>
    public const int ReadBitsMax = 56;

    private readonly ReadOnlySpan<byte> _bytes;

    private ReverseBits(ReadOnlySpan<byte> bytes, int count)
    {
        _bytes = bytes;
        Left = count;
    }

    /// <summary>Bits that are left; less than 0: zeroes were read that are not there.</summary>
    public int Left { get; private set; }

    /// <summary>Finds the end; false: there is none.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, out ReverseBits bits)
    {
        bits = default;
        if (bytes.Length == 0 || bytes.Length > int.MaxValue / 8 || bytes[^1] == 0) return false;
        bits = new ReverseBits(bytes, (bytes.Length - 1) * 8 + BitOperations.Log2(bytes[^1]));
        return true;
    }

    /// <summary>The next bits as a number, the first of them the highest.</summary>
    /// <param name="count">Up to <see cref="ReadBitsMax"/>.</param>
    public readonly ulong Peek(int count)
    {
        int first = Left - count;
        if (first >= 0) return Load(first >> 3) >> (first & 7) & (1ul << count) - 1;
        return Left <= 0 ? 0 : (Load(0) & (1ul << Left) - 1) << -first;
    }

    /// <summary>Leaves bits behind.</summary>
    public void Drop(int count) => Left -= count;

    /// <summary>Takes bits as a number.</summary>
    public ulong Read(int count)
    {
        ulong value = Peek(count);
        Left -= count;
        return value;
    }

    /// <summary>Eight bytes, or zeroes where there are none.</summary>
    private readonly ulong Load(int at)
    {
        if (at <= _bytes.Length - sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(_bytes[at..]);
        ulong value = 0;
        for (int i = _bytes.Length - 1; i >= at; i--) value = value << 8 | _bytes[i];
        return value;
    }
}
