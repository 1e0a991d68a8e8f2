using System;
using System.Buffers.Binary;
using System.Numerics;

namespace Bootlace.RuntimeChecks;

/// <summary>BitOperations and BinaryPrimitives against loops.</summary>
internal static class BitChecks
{
    public static void Register(CheckList list)
    {
        list.Group("Bits and byte order");
        list.Add("LeadingZeroCount against a loop", () =>
            Each(value => BitOperations.LeadingZeroCount(value) == 64 - Width(value)));
        list.Add("LeadingZeroCount of 32 bits", () =>
            Each(value => BitOperations.LeadingZeroCount((uint)value) == 32 - Width((uint)value)));
        list.Add("TrailingZeroCount against a loop", () =>
            Each(value => BitOperations.TrailingZeroCount(value) == Trailing(value, 64)));
        list.Add("TrailingZeroCount of 32 bits", () =>
            Each(value => BitOperations.TrailingZeroCount((uint)value) == Trailing((uint)value, 32)));
        list.Add("PopCount against a loop", () => Each(value => BitOperations.PopCount(value) == Ones(value)));
        list.Add("PopCount of 32 bits", () => Each(value => BitOperations.PopCount((uint)value) == Ones((uint)value)));
        list.Add("Log2 against a loop", () => Each(value => BitOperations.Log2(value | 1) == Width(value | 1) - 1));
        list.Add("Log2 of 0 is 0", () => Expect.That(BitOperations.Log2(0u) == 0 && BitOperations.Log2(0ul) == 0));
        list.Add("RotateLeft and RotateRight undo each other", () =>
            Each(value => BitOperations.RotateRight(BitOperations.RotateLeft(value, 13), 13) == value));
        list.Add("RotateLeft takes bits round", () =>
            Expect.That(BitOperations.RotateLeft(0x80000001u, 1) == 3
            && BitOperations.RotateLeft(1u, -1) == 0x80000000));
        list.Add("RotateLeft by 0 and by 32", () =>
            Expect.That(BitOperations.RotateLeft(0x1234u, 0) == 0x1234
            && BitOperations.RotateLeft(0x1234u, 32) == 0x1234));
        list.Add("IsPow2", () => Expect.That(BitOperations.IsPow2(64) && !BitOperations.IsPow2(0)
            && !BitOperations.IsPow2(-4) && !BitOperations.IsPow2(96u)));
        list.Add("RoundUpToPowerOf2", () =>
            Expect.That(BitOperations.RoundUpToPowerOf2(33u) == 64 && BitOperations.RoundUpToPowerOf2(0u) == 0
            && BitOperations.RoundUpToPowerOf2(64ul) == 64));
        list.Add("int.PopCount and LeadingZeroCount of negatives", () =>
            Expect.That(int.PopCount(-1) == 32 && int.LeadingZeroCount(-1) == 0 && int.TrailingZeroCount(8) == 3));
        list.Add("ReverseEndianness of each width", () =>
        {
            Expect.Equal((ushort)0x3412, BinaryPrimitives.ReverseEndianness((ushort)0x1234));
            Expect.Equal(0x78563412u, BinaryPrimitives.ReverseEndianness(0x12345678u));
            Expect.Equal(0xefcdab8967452301ul, BinaryPrimitives.ReverseEndianness(0x0123456789abcdeful));
            Expect.Equal((short)-2, BinaryPrimitives.ReverseEndianness((short)-257));
        });
        list.Add("big-endian reads", () =>
        {
            ReadOnlySpan<byte> bytes = [0x81, 2, 3, 4, 5, 6, 7, 8];
            Expect.Equal((ushort)0x8102, BinaryPrimitives.ReadUInt16BigEndian(bytes));
            Expect.Equal((short)-32510, BinaryPrimitives.ReadInt16BigEndian(bytes));
            Expect.Equal(0x81020304u, BinaryPrimitives.ReadUInt32BigEndian(bytes));
            Expect.Equal(0x8102030405060708ul, BinaryPrimitives.ReadUInt64BigEndian(bytes));
        });
        list.Add("little-endian reads at an odd address", () =>
        {
            ReadOnlySpan<byte> bytes = [0, 1, 2, 3, 4, 5, 6, 7, 0x88];
            Expect.Equal((ushort)0x0201, BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]));
            Expect.Equal(0x04030201, BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]));
            Expect.Equal(unchecked((long)0x8807060504030201), BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]));
        });
        list.Add("writes change just their bytes", () =>
        {
            Span<byte> bytes = stackalloc byte[8];
            bytes.Fill(0xee);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], 0x01020304);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[6..], 0x0506);
            Expect.Sequence<byte>([0xee, 1, 2, 3, 4, 0xee, 6, 5], bytes);
        });
        list.Add("reading past the end is an argument error", () =>
            Expect.Throws<ArgumentOutOfRangeException>(() => BinaryPrimitives.ReadUInt32BigEndian(new byte[3])));
        list.Add("writing past the end is an argument error", () =>
            Expect.Throws<ArgumentOutOfRangeException>(() => BinaryPrimitives.WriteUInt64BigEndian(new byte[7], 1)));
        list.Add("Try forms say false instead", () =>
            Expect.That(!BinaryPrimitives.TryReadUInt16BigEndian(new byte[1], out _)
            && !BinaryPrimitives.TryWriteInt32LittleEndian(new byte[3], 5)
                && BinaryPrimitives.TryReadInt64BigEndian(new byte[8], out _)));
        list.Digest("1000 reads and writes of all widths", 0xd5262435f1e46916, digest =>
        {
            var dice = new Dice(5);
            for (int i = 0; i < 1000; i++)
            {
                byte[] bytes = dice.Bytes(24);
                int at = dice.Next(9);
                digest.Add(BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(at)));
                digest.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)));
                digest.Add(BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at)));
                digest.Add(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at)));
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at + 8), dice.NextNumber());
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)i);
                digest.Add(bytes);
            }
        });
    }

    private static void Each(Func<ulong, bool> holds)
    {
        var dice = new Dice(6);
        Expect.That(holds(0) && holds(1) && holds(ulong.MaxValue) && holds(1ul << 63) && holds(1ul << 31)
            && holds(1ul << 32), "edges");
        for (int i = 0; i < 500; i++)
        {
            ulong value = dice.NextBits() >> dice.Next(64);
            if (!holds(value)) throw new CheckException("0x" + value.ToString("x"));
        }
    }

    private static int Width(ulong value)
    {
        int width = 0;
        for (; value != 0; value >>= 1) width++;
        return width;
    }

    private static int Trailing(ulong value, int bits)
    {
        int count = 0;
        while (count < bits && (value >> count & 1) == 0) count++;
        return count;
    }

    private static int Ones(ulong value)
    {
        int count = 0;
        for (; value != 0; value >>= 1) count += (int)(value & 1);
        return count;
    }
}
