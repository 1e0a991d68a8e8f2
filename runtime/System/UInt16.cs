using System.Globalization;

namespace System;

/// <summary>A 16-bit unsigned integer.</summary>
public readonly partial struct UInt16 : IComparable, IComparable<ushort>, IEquatable<ushort>, ISpanFormattable
{
    public const ushort MaxValue = 0xffff;

    public const ushort MinValue = 0;

    public static ushort Min(ushort x, ushort y) => x < y ? x : y;

    public static ushort Max(ushort x, ushort y) => x > y ? x : y;

    public static ushort Clamp(ushort value, ushort min, ushort max) => Math.Clamp(value, min, max);

    public int CompareTo(ushort value) => m_value - value;

    public int CompareTo(object? value) => value is null ? 1
        : value is ushort other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type UInt16.");

    public bool Equals(ushort obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is ushort other && m_value == other;

    public override int GetHashCode() => m_value;

    public override string ToString() => Number.Format(m_value, default);

    public string ToString(string? format) => Number.Format(m_value, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, format, destination, out charsWritten);

    public static ushort Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static ushort Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static ushort Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static ushort Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static ushort Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static ushort Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseUnsigned(s, style, 2, out ulong value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "UInt16");
        return (ushort)value;
    }

    public static bool TryParse(string? s, out ushort result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out ushort result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out ushort result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out ushort result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ushort result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out ushort result)
    {
        bool done = Number.ParseUnsigned(s, style, 2, out ulong value) == ParseOutcome.Done;
        result = done ? (ushort)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out ushort result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out ushort result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
