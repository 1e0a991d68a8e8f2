using System.Globalization;

namespace System;

/// <summary>An 8-bit signed integer.</summary>
public readonly partial struct SByte : IComparable, IComparable<sbyte>, IEquatable<sbyte>, ISpanFormattable
{
    public const sbyte MaxValue = 0x7f;

    public const sbyte MinValue = -0x7f - 1;

    public static sbyte Min(sbyte x, sbyte y) => x < y ? x : y;

    public static sbyte Max(sbyte x, sbyte y) => x > y ? x : y;

    public static sbyte Clamp(sbyte value, sbyte min, sbyte max) => Math.Clamp(value, min, max);

    public static sbyte Abs(sbyte value) => Math.Abs(value);

    public int CompareTo(sbyte value) => m_value - value;

    public int CompareTo(object? value) => value is null ? 1
        : value is sbyte other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type SByte.");

    public bool Equals(sbyte obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is sbyte other && m_value == other;

    public override int GetHashCode() => m_value;

    public override string ToString() => Number.Format(m_value, 1, default);

    public string ToString(string? format) => Number.Format(m_value, 1, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, 1, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, 1, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, 1, format, destination, out charsWritten);

    public static sbyte Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static sbyte Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static sbyte Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static sbyte Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static sbyte Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static sbyte Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseSigned(s, style, 1, out long value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "SByte");
        return (sbyte)value;
    }

    public static bool TryParse(string? s, out sbyte result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out sbyte result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out sbyte result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out sbyte result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out sbyte result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out sbyte result)
    {
        bool done = Number.ParseSigned(s, style, 1, out long value) == ParseOutcome.Done;
        result = done ? (sbyte)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out sbyte result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out sbyte result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
