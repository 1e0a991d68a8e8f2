using System.Globalization;

namespace System;

/// <summary>A 16-bit signed integer.</summary>
public readonly partial struct Int16 : IComparable, IComparable<short>, IEquatable<short>, ISpanFormattable
{
    public const short MaxValue = 0x7fff;

    public const short MinValue = -0x7fff - 1;

    public static short Min(short x, short y) => x < y ? x : y;

    public static short Max(short x, short y) => x > y ? x : y;

    public static short Clamp(short value, short min, short max) => Math.Clamp(value, min, max);

    public static short Abs(short value) => Math.Abs(value);

    public int CompareTo(short value) => m_value - value;

    public int CompareTo(object? value) => value is null ? 1
        : value is short other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type Int16.");

    public bool Equals(short obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is short other && m_value == other;

    public override int GetHashCode() => m_value;

    public override string ToString() => Number.Format(m_value, 2, default);

    public string ToString(string? format) => Number.Format(m_value, 2, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, 2, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, 2, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, 2, format, destination, out charsWritten);

    public static short Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static short Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static short Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static short Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static short Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static short Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseSigned(s, style, 2, out long value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "Int16");
        return (short)value;
    }

    public static bool TryParse(string? s, out short result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out short result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out short result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out short result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out short result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out short result)
    {
        bool done = Number.ParseSigned(s, style, 2, out long value) == ParseOutcome.Done;
        result = done ? (short)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out short result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out short result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
