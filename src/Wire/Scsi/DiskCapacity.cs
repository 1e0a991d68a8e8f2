using System;

namespace Bootlace.Wire;

/// <summary>The answer to READ CAPACITY (SBC-3 sections 5.15 and 5.16).</summary>
/// <param name="LastBlock">The number of the last block.</param>
/// <param name="BlockBytes">Length of a block.</param>
/// <param name="BlocksPerPhysical">Blocks that the disk itself keeps together; 1 if it says nothing.</param>
public readonly record struct DiskCapacity(ulong LastBlock, uint BlockBytes, uint BlocksPerPhysical)
{
    /// <summary>Length of the answer to READ CAPACITY(10).</summary>
    public const int Bytes10 = 8;

    /// <summary>Length of the answer to READ CAPACITY(16).</summary>
    public const int Bytes16 = 32;

    /// <summary>The smallest block taken.</summary>
    public const uint BlockBytesMin = 512;

    /// <summary>The largest block taken.</summary>
    public const uint BlockBytesMax = 65536;

    private const int Bytes16Min = 12;   // what SBC-2 and older disks give at least: size and block length
    private const int ExponentOffset = 13, ExponentMask = 0x0f;

    /// <summary>What READ CAPACITY(10) answers of a disk too large for it.</summary>
    public bool NeedsReadCapacity16 => LastBlock == uint.MaxValue;

    /// <summary>Number of blocks; 0 if there is one more than a number can say.</summary>
    public ulong BlockCount => unchecked(LastBlock + 1);

    /// <summary>Reads the answer to READ CAPACITY(10). A block that is no power of two from 512 to 65536 bytes is
    /// refused.</summary>
    public static bool TryRead10(ReadOnlySpan<byte> bytes, out DiskCapacity capacity, out ParseError error)
    {
        capacity = default;
        error = ParseError.TooShort;
        return bytes.Length >= Bytes10
            && TryMake(BigEndian.ReadU32(bytes, 0), BigEndian.ReadU32(bytes, 4), 0, out capacity, out error);
    }

    /// <summary>Reads the answer to READ CAPACITY(16). A block that is no power of two from 512 to 65536 bytes is
    /// refused, and more bytes than 2^64 - 1.</summary>
    public static bool TryRead16(ReadOnlySpan<byte> bytes, out DiskCapacity capacity, out ParseError error)
    {
        capacity = default;
        error = ParseError.TooShort;
        if (bytes.Length < Bytes16Min) return false;
        int exponent = bytes.Length > ExponentOffset ? bytes[ExponentOffset] & ExponentMask : 0;
        return TryMake(BigEndian.ReadU64(bytes, 0), BigEndian.ReadU32(bytes, 8), exponent, out capacity, out error);
    }

    /// <summary>Writes the answer to READ CAPACITY(10); returns its length.</summary>
    public int Emit10(Span<byte> target)
    {
        BigEndian.WriteU32(target, 0, LastBlock > uint.MaxValue ? uint.MaxValue : (uint)LastBlock);
        BigEndian.WriteU32(target, 4, BlockBytes);
        return Bytes10;
    }

    /// <summary>Writes the answer to READ CAPACITY(16); returns its length.</summary>
    public int Emit16(Span<byte> target)
    {
        target[..Bytes16].Clear();
        BigEndian.WriteU64(target, 0, LastBlock);
        BigEndian.WriteU32(target, 8, BlockBytes);
        target[ExponentOffset] = (byte)System.Numerics.BitOperations.Log2(Math.Max(1, BlocksPerPhysical));
        return Bytes16;
    }

    private static bool TryMake(
        ulong lastBlock, uint blockBytes, int exponent, out DiskCapacity capacity, out ParseError error)
    {
        bool isPowerOfTwo = (blockBytes & blockBytes - 1) == 0;
        bool isGood = blockBytes is >= BlockBytesMin and <= BlockBytesMax && isPowerOfTwo
            && lastBlock < ulong.MaxValue / blockBytes;
        capacity = isGood ? new DiskCapacity(lastBlock, blockBytes, 1u << exponent) : default;
        error = isGood ? ParseError.None : ParseError.BadLength;
        return isGood;
    }
}
