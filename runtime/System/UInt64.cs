using System.Globalization;
using System.Numerics;
namespace System;

/// <summary>A 64-bit unsigned integer.</summary>
public readonly partial struct UInt64 : IComparable, IComparable<ulong>, IEquatable<ulong>, ISpanFormattable
{
    public const ulong MaxValue = 0xffffffffffffffffUL;

    public const ulong MinValue = 0;

    public static ulong Min(ulong x, ulong y) => x < y ? x : y;

    public static ulong Max(ulong x, ulong y) => x > y ? x : y;

    public static ulong Clamp(ulong value, ulong min, ulong max) => Math.Clamp(value, min, max);

    public static ulong LeadingZeroCount(ulong value) => (ulong)BitOperations.LeadingZeroCount((ulong)value);

    public static ulong TrailingZeroCount(ulong value) => (ulong)BitOperations.TrailingZeroCount(value);

    public static ulong PopCount(ulong value) => (ulong)BitOperations.PopCount((ulong)value);

    public static ulong RotateLeft(ulong value, int rotateAmount) =>
        (ulong)BitOperations.RotateLeft((ulong)value, rotateAmount);

    public static ulong RotateRight(ulong value, int rotateAmount) =>
        (ulong)BitOperations.RotateRight((ulong)value, rotateAmount);

    public int CompareTo(ulong value) => m_value < value ? -1 : m_value > value ? 1 : 0;

    public int CompareTo(object? value) => value is null ? 1
        : value is ulong other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type UInt64.");

    public bool Equals(ulong obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is ulong other && m_value == other;

    public override int GetHashCode() => (int)m_value ^ (int)(m_value >> 32);

    public override string ToString() => Number.Format(m_value, default);

    public string ToString(string? format) => Number.Format(m_value, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, format, destination, out charsWritten);

    public static ulong Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static ulong Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static ulong Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static ulong Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static ulong Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static ulong Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseUnsigned(s, style, 8, out ulong value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "UInt64");
        return (ulong)value;
    }

    public static bool TryParse(string? s, out ulong result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out ulong result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out ulong result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out ulong result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ulong result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out ulong result)
    {
        bool done = Number.ParseUnsigned(s, style, 8, out ulong value) == ParseOutcome.Done;
        result = done ? (ulong)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out ulong result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out ulong result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
