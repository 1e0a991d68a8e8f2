using System.Globalization;
using System.Numerics;
namespace System;

/// <summary>A 32-bit signed integer.</summary>
public readonly partial struct Int32 : IComparable, IComparable<int>, IEquatable<int>, ISpanFormattable
{
    public const int MaxValue = 0x7fffffff;

    public const int MinValue = -0x7fffffff - 1;

    public static int Min(int x, int y) => x < y ? x : y;

    public static int Max(int x, int y) => x > y ? x : y;

    public static int Clamp(int value, int min, int max) => Math.Clamp(value, min, max);

    public static int Abs(int value) => Math.Abs(value);

    public static int LeadingZeroCount(int value) => (int)BitOperations.LeadingZeroCount((uint)value);

    public static int TrailingZeroCount(int value) => (int)BitOperations.TrailingZeroCount(value);

    public static int PopCount(int value) => (int)BitOperations.PopCount((uint)value);

    public static int RotateLeft(int value, int rotateAmount) =>
        (int)BitOperations.RotateLeft((uint)value, rotateAmount);

    public static int RotateRight(int value, int rotateAmount) =>
        (int)BitOperations.RotateRight((uint)value, rotateAmount);

    public int CompareTo(int value) => m_value < value ? -1 : m_value > value ? 1 : 0;

    public int CompareTo(object? value) => value is null ? 1
        : value is int other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type Int32.");

    public bool Equals(int obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is int other && m_value == other;

    public override int GetHashCode() => m_value;

    public override string ToString() => Number.Format(m_value, 4, default);

    public string ToString(string? format) => Number.Format(m_value, 4, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, 4, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, 4, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, 4, format, destination, out charsWritten);

    public static int Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static int Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static int Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static int Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static int Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static int Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseSigned(s, style, 4, out long value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "Int32");
        return (int)value;
    }

    public static bool TryParse(string? s, out int result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out int result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out int result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out int result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out int result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out int result)
    {
        bool done = Number.ParseSigned(s, style, 4, out long value) == ParseOutcome.Done;
        result = done ? (int)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out int result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out int result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
