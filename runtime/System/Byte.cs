using System.Globalization;

namespace System;

/// <summary>An 8-bit unsigned integer.</summary>
public readonly partial struct Byte : IComparable, IComparable<byte>, IEquatable<byte>, ISpanFormattable
{
    public const byte MaxValue = 0xff;

    public const byte MinValue = 0;

    public static byte Min(byte x, byte y) => x < y ? x : y;

    public static byte Max(byte x, byte y) => x > y ? x : y;

    public static byte Clamp(byte value, byte min, byte max) => Math.Clamp(value, min, max);

    public int CompareTo(byte value) => m_value - value;

    public int CompareTo(object? value) => value is null ? 1
        : value is byte other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type Byte.");

    public bool Equals(byte obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is byte other && m_value == other;

    public override int GetHashCode() => m_value;

    public override string ToString() => Number.Format(m_value, default);

    public string ToString(string? format) => Number.Format(m_value, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, format, destination, out charsWritten);

    public static byte Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static byte Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static byte Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static byte Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static byte Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static byte Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseUnsigned(s, style, 1, out ulong value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "Byte");
        return (byte)value;
    }

    public static bool TryParse(string? s, out byte result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out byte result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out byte result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out byte result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out byte result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out byte result)
    {
        bool done = Number.ParseUnsigned(s, style, 1, out ulong value) == ParseOutcome.Done;
        result = done ? (byte)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out byte result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out byte result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
