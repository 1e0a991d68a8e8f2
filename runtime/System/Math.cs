using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>Least, greatest, absolute value and the like, of integers.</summary>
public static partial class Math
{
    public static byte Min(byte val1, byte val2) => val1 <= val2 ? val1 : val2;

    public static byte Max(byte val1, byte val2) => val1 >= val2 ? val1 : val2;

    public static byte Clamp(byte value, byte min, byte max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static sbyte Min(sbyte val1, sbyte val2) => val1 <= val2 ? val1 : val2;

    public static sbyte Max(sbyte val1, sbyte val2) => val1 >= val2 ? val1 : val2;

    public static sbyte Clamp(sbyte value, sbyte min, sbyte max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static sbyte Abs(sbyte value)
    {
        if (value >= 0) return value;
        if (value == sbyte.MinValue) ThrowNegate();
        return (sbyte)-value;
    }

    public static int Sign(sbyte value) => value > 0 ? 1 : value < 0 ? -1 : 0;

    public static short Min(short val1, short val2) => val1 <= val2 ? val1 : val2;

    public static short Max(short val1, short val2) => val1 >= val2 ? val1 : val2;

    public static short Clamp(short value, short min, short max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static short Abs(short value)
    {
        if (value >= 0) return value;
        if (value == short.MinValue) ThrowNegate();
        return (short)-value;
    }

    public static int Sign(short value) => value > 0 ? 1 : value < 0 ? -1 : 0;

    public static ushort Min(ushort val1, ushort val2) => val1 <= val2 ? val1 : val2;

    public static ushort Max(ushort val1, ushort val2) => val1 >= val2 ? val1 : val2;

    public static ushort Clamp(ushort value, ushort min, ushort max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static int Min(int val1, int val2) => val1 <= val2 ? val1 : val2;

    public static int Max(int val1, int val2) => val1 >= val2 ? val1 : val2;

    public static int Clamp(int value, int min, int max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static int Abs(int value)
    {
        if (value >= 0) return value;
        if (value == int.MinValue) ThrowNegate();
        return -value;
    }

    public static int Sign(int value) => value > 0 ? 1 : value < 0 ? -1 : 0;

    public static uint Min(uint val1, uint val2) => val1 <= val2 ? val1 : val2;

    public static uint Max(uint val1, uint val2) => val1 >= val2 ? val1 : val2;

    public static uint Clamp(uint value, uint min, uint max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static long Min(long val1, long val2) => val1 <= val2 ? val1 : val2;

    public static long Max(long val1, long val2) => val1 >= val2 ? val1 : val2;

    public static long Clamp(long value, long min, long max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static long Abs(long value)
    {
        if (value >= 0) return value;
        if (value == long.MinValue) ThrowNegate();
        return -value;
    }

    public static int Sign(long value) => value > 0 ? 1 : value < 0 ? -1 : 0;

    public static ulong Min(ulong val1, ulong val2) => val1 <= val2 ? val1 : val2;

    public static ulong Max(ulong val1, ulong val2) => val1 >= val2 ? val1 : val2;

    public static ulong Clamp(ulong value, ulong min, ulong max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static nint Min(nint val1, nint val2) => val1 <= val2 ? val1 : val2;

    public static nint Max(nint val1, nint val2) => val1 >= val2 ? val1 : val2;

    public static nint Clamp(nint value, nint min, nint max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static nint Abs(nint value)
    {
        if (value >= 0) return value;
        if (value == nint.MinValue) ThrowNegate();
        return -value;
    }

    public static int Sign(nint value) => value > 0 ? 1 : value < 0 ? -1 : 0;

    public static nuint Min(nuint val1, nuint val2) => val1 <= val2 ? val1 : val2;

    public static nuint Max(nuint val1, nuint val2) => val1 >= val2 ? val1 : val2;

    public static nuint Clamp(nuint value, nuint min, nuint max)
    {
        if (min > max) ThrowMinMax();
        return value < min ? min : value > max ? max : value;
    }

    public static (int Quotient, int Remainder) DivRem(int left, int right) => (left / right, left % right);

    public static (uint Quotient, uint Remainder) DivRem(uint left, uint right) => (left / right, left % right);

    public static (long Quotient, long Remainder) DivRem(long left, long right) => (left / right, left % right);

    public static (ulong Quotient, ulong Remainder) DivRem(ulong left, ulong right) => (left / right, left % right);

    public static int DivRem(int a, int b, out int result)
    {
        result = a % b;
        return a / b;
    }

    public static long DivRem(long a, long b, out long result)
    {
        result = a % b;
        return a / b;
    }

    public static long BigMul(int a, int b) => (long)a * b;

    public static ulong BigMul(uint a, uint b) => (ulong)a * b;

    /// <summary>The full 128-bit product; returns its high half.</summary>
    public static ulong BigMul(ulong a, ulong b, out ulong low)
    {
        ulong aLow = (uint)a, aHigh = a >> 32, bLow = (uint)b, bHigh = b >> 32;
        ulong lowest = aLow * bLow;
        ulong middle = aHigh * bLow + (lowest >> 32);
        ulong carry = aLow * bHigh + (uint)middle;
        low = a * b;
        return aHigh * bHigh + (middle >> 32) + (carry >> 32);
    }

    [DoesNotReturn]
    private static void ThrowMinMax() => throw new ArgumentException("The minimum is greater than the maximum.");

    [DoesNotReturn]
    private static void ThrowNegate() =>
        throw new OverflowException("Negating the minimum value of a twos complement number is invalid.");
}
