using System.Globalization;
using System.Numerics;
namespace System;

/// <summary>A 64-bit signed integer.</summary>
public readonly partial struct Int64 : IComparable, IComparable<long>, IEquatable<long>, ISpanFormattable
{
    public const long MaxValue = 0x7fffffffffffffffL;

    public const long MinValue = -0x7fffffffffffffffL - 1;

    public static long Min(long x, long y) => x < y ? x : y;

    public static long Max(long x, long y) => x > y ? x : y;

    public static long Clamp(long value, long min, long max) => Math.Clamp(value, min, max);

    public static long Abs(long value) => Math.Abs(value);

    public static long LeadingZeroCount(long value) => (long)BitOperations.LeadingZeroCount((ulong)value);

    public static long TrailingZeroCount(long value) => (long)BitOperations.TrailingZeroCount(value);

    public static long PopCount(long value) => (long)BitOperations.PopCount((ulong)value);

    public static long RotateLeft(long value, int rotateAmount) =>
        (long)BitOperations.RotateLeft((ulong)value, rotateAmount);

    public static long RotateRight(long value, int rotateAmount) =>
        (long)BitOperations.RotateRight((ulong)value, rotateAmount);

    public int CompareTo(long value) => m_value < value ? -1 : m_value > value ? 1 : 0;

    public int CompareTo(object? value) => value is null ? 1
        : value is long other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type Int64.");

    public bool Equals(long obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is long other && m_value == other;

    public override int GetHashCode() => (int)m_value ^ (int)(m_value >> 32);

    public override string ToString() => Number.Format(m_value, 8, default);

    public string ToString(string? format) => Number.Format(m_value, 8, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, 8, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, 8, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, 8, format, destination, out charsWritten);

    public static long Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static long Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static long Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static long Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static long Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static long Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseSigned(s, style, 8, out long value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "Int64");
        return (long)value;
    }

    public static bool TryParse(string? s, out long result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out long result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out long result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out long result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out long result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out long result)
    {
        bool done = Number.ParseSigned(s, style, 8, out long value) == ParseOutcome.Done;
        result = done ? (long)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out long result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out long result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
