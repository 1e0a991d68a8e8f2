using System.Runtime.CompilerServices;

namespace System;

/// <summary>Bulk work on element blocks behind spans, arrays and strings. Callers have checked all lengths.</summary>
internal static class SpanBlocks
{
    /// <summary>Copies <paramref name="count"/> elements; the blocks may overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T>(ref T source, ref T target, int count) =>
        SpanHelpers.Memmove(ref Unsafe.As<T, byte>(ref target), ref Unsafe.As<T, byte>(ref source),
            (nuint)(uint)count * (nuint)Unsafe.SizeOf<T>());

    /// <summary>Zeroes <paramref name="count"/> elements.</summary>
    public static void Clear<T>(ref T target, int count) =>
        SpanHelpers.ClearWithoutReferences(ref Unsafe.As<T, byte>(ref target),
            (nuint)(uint)count * (nuint)Unsafe.SizeOf<T>());

    /// <summary>Sets <paramref name="count"/> elements to <paramref name="value"/>.</summary>
    public static void Fill<T>(ref T target, int count, T value)
    {
        if (Unsafe.SizeOf<T>() == 1)
        {
            SpanHelpers.Fill(ref Unsafe.As<T, byte>(ref target), Unsafe.As<T, byte>(ref value), (nuint)(uint)count);
            return;
        }
        for (int i = 0; i < count; i++) Unsafe.Add(ref target, i) = value;
    }

    /// <summary>True when equal values of <typeparamref name="T"/> are equal bytes, so that blocks can be compared as
    /// such.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBitwise<T>() =>
        typeof(T) == typeof(byte) || typeof(T) == typeof(char) || typeof(T) == typeof(sbyte)
            || typeof(T) == typeof(bool)
        || typeof(T) == typeof(short) || typeof(T) == typeof(ushort) || typeof(T) == typeof(int)
            || typeof(T) == typeof(uint)
        || typeof(T) == typeof(long) || typeof(T) == typeof(ulong) || typeof(T) == typeof(nint)
            || typeof(T) == typeof(nuint);

    /// <summary>Compares <paramref name="count"/> bytes, eight at a time.</summary>
    public static bool BytesEqual(ref byte left, ref byte right, nuint count)
    {
        if (Unsafe.AreSame(ref left, ref right)) return true;
        nuint i = 0;
        for (; count - i >= 8; i += 8)
        {
            if (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref left,
                i)) != Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref right, i)))
                return false;
        }
        for (; i < count; i++)
        {
            if (Unsafe.Add(ref left, i) != Unsafe.Add(ref right, i)) return false;
        }
        return true;
    }

    /// <summary>Index of the first byte equal to <paramref name="value"/>, or -1.</summary>
    public static int IndexOfByte(ref byte start, byte value, int length)
    {
        const ulong Ones = 0x0101010101010101, Tops = 0x8080808080808080;
        ulong pattern = value * Ones;
        int i = 0;
        for (; length - i >= 8; i += 8)
        {
            // A byte of x is zero where the value was found; the lowest flagged byte is exact on a little-endian
            // machine.
            ulong x = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i)) ^ pattern;
            ulong found = (x - Ones) & ~x & Tops;
            if (found != 0) return i + (Numerics.BitOperations.TrailingZeroCount(found) >> 3);
        }
        for (; i < length; i++)
        {
            if (Unsafe.Add(ref start, i) == value) return i;
        }
        return -1;
    }

    /// <summary>Index of the first 16-bit unit equal to <paramref name="value"/>, or -1.</summary>
    public static int IndexOfUnit(ref char start, char value, int length)
    {
        const ulong Ones = 0x0001000100010001, Tops = 0x8000800080008000;
        ulong pattern = value * Ones;
        int i = 0;
        for (; length - i >= 4; i += 4)
        {
            ulong x = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref start, i))) ^ pattern;
            ulong found = (x - Ones) & ~x & Tops;
            if (found != 0) return i + (Numerics.BitOperations.TrailingZeroCount(found) >> 4);
        }
        for (; i < length; i++)
        {
            if (Unsafe.Add(ref start, i) == value) return i;
        }
        return -1;
    }
}
