using System.Numerics;
using System.Runtime.CompilerServices;

namespace System.Buffers.Binary;

/// <summary>Integers in bytes of a stated order. Both our machines are little-endian.</summary>
public static partial class BinaryPrimitives
{
    public static byte ReverseEndianness(byte value) => value;

    public static sbyte ReverseEndianness(sbyte value) => value;

    [Intrinsic]
    public static short ReverseEndianness(short value) => (short)ReverseEndianness((ushort)value);

    [Intrinsic]
    public static ushort ReverseEndianness(ushort value) => (ushort)(value >> 8 | value << 8);

    [Intrinsic]
    public static int ReverseEndianness(int value) => (int)ReverseEndianness((uint)value);

    [Intrinsic]
    public static uint ReverseEndianness(uint value) =>
        BitOperations.RotateRight(value & 0x00ff00ff, 8) + BitOperations.RotateLeft(value & 0xff00ff00, 8);

    [Intrinsic]
    public static long ReverseEndianness(long value) => (long)ReverseEndianness((ulong)value);

    [Intrinsic]
    public static ulong ReverseEndianness(ulong value) =>
        (ulong)ReverseEndianness((uint)value) << 32 | ReverseEndianness((uint)(value >> 32));
}
