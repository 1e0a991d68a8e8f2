using System.Runtime.CompilerServices;

namespace System.Numerics;

/// <summary>Counting and turning bits.</summary>
public static class BitOperations
{
    public static bool IsPow2(int value) => value > 0 && (value & (value - 1)) == 0;

    public static bool IsPow2(uint value) => value != 0 && (value & (value - 1)) == 0;

    public static bool IsPow2(long value) => value > 0 && (value & (value - 1)) == 0;

    public static bool IsPow2(ulong value) => value != 0 && (value & (value - 1)) == 0;

    public static uint RoundUpToPowerOf2(uint value)
    {
        value--;
        value |= value >> 1;
        value |= value >> 2;
        value |= value >> 4;
        value |= value >> 8;
        value |= value >> 16;
        return value + 1;
    }

    public static ulong RoundUpToPowerOf2(ulong value)
    {
        value--;
        value |= value >> 1;
        value |= value >> 2;
        value |= value >> 4;
        value |= value >> 8;
        value |= value >> 16;
        value |= value >> 32;
        return value + 1;
    }

    [Intrinsic]
    public static int LeadingZeroCount(uint value) => value == 0 ? 32 : 31 - Log2(value);

    [Intrinsic]
    public static int LeadingZeroCount(ulong value) => value == 0 ? 64 : 63 - Log2(value);

    public static int LeadingZeroCount(nuint value) => LeadingZeroCount((ulong)value);

    [Intrinsic]
    public static int TrailingZeroCount(uint value) => value == 0 ? 32 : Log2(value & (0 - value));

    [Intrinsic]
    public static int TrailingZeroCount(ulong value) => value == 0 ? 64 : Log2(value & (0 - value));

    public static int TrailingZeroCount(int value) => TrailingZeroCount((uint)value);

    public static int TrailingZeroCount(long value) => TrailingZeroCount((ulong)value);

    public static int TrailingZeroCount(nint value) => TrailingZeroCount((ulong)value);

    public static int TrailingZeroCount(nuint value) => TrailingZeroCount((ulong)value);

    [Intrinsic]
    public static int Log2(uint value)
    {
        int log = 0;
        if (value >= 1u << 16) { value >>= 16; log += 16; }
        if (value >= 1u << 8) { value >>= 8; log += 8; }
        if (value >= 1u << 4) { value >>= 4; log += 4; }
        if (value >= 1u << 2) { value >>= 2; log += 2; }
        return log + (int)(value >> 1);
    }

    [Intrinsic]
    public static int Log2(ulong value) => value >> 32 != 0 ? 32 + Log2((uint)(value >> 32)) : Log2((uint)value);

    [Intrinsic]
    public static int PopCount(uint value)
    {
        value -= value >> 1 & 0x55555555;
        value = (value & 0x33333333) + (value >> 2 & 0x33333333);
        value = value + (value >> 4) & 0x0f0f0f0f;
        return (int)(value * 0x01010101 >> 24);
    }

    [Intrinsic]
    public static int PopCount(ulong value) => PopCount((uint)value) + PopCount((uint)(value >> 32));

    public static int PopCount(nuint value) => PopCount((ulong)value);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateLeft(uint value, int offset) => value << offset | value >> (32 - offset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateLeft(ulong value, int offset) => value << offset | value >> (64 - offset);

    public static nuint RotateLeft(nuint value, int offset) => (nuint)RotateLeft((ulong)value, offset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateRight(uint value, int offset) => value >> offset | value << (32 - offset);

    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateRight(ulong value, int offset) => value >> offset | value << (64 - offset);

    public static nuint RotateRight(nuint value, int offset) => (nuint)RotateRight((ulong)value, offset);
}
