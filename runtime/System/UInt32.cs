using System.Globalization;
using System.Numerics;
namespace System;

/// <summary>A 32-bit unsigned integer.</summary>
public readonly partial struct UInt32 : IComparable, IComparable<uint>, IEquatable<uint>, ISpanFormattable
{
    public const uint MaxValue = 0xffffffff;

    public const uint MinValue = 0;

    public static uint Min(uint x, uint y) => x < y ? x : y;

    public static uint Max(uint x, uint y) => x > y ? x : y;

    public static uint Clamp(uint value, uint min, uint max) => Math.Clamp(value, min, max);

    public static uint LeadingZeroCount(uint value) => (uint)BitOperations.LeadingZeroCount((uint)value);

    public static uint TrailingZeroCount(uint value) => (uint)BitOperations.TrailingZeroCount(value);

    public static uint PopCount(uint value) => (uint)BitOperations.PopCount((uint)value);

    public static uint RotateLeft(uint value, int rotateAmount) =>
        (uint)BitOperations.RotateLeft((uint)value, rotateAmount);

    public static uint RotateRight(uint value, int rotateAmount) =>
        (uint)BitOperations.RotateRight((uint)value, rotateAmount);

    public int CompareTo(uint value) => m_value < value ? -1 : m_value > value ? 1 : 0;

    public int CompareTo(object? value) => value is null ? 1
        : value is uint other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type UInt32.");

    public bool Equals(uint obj) => m_value == obj;

    public override bool Equals(object? obj) => obj is uint other && m_value == other;

    public override int GetHashCode() => (int)m_value;

    public override string ToString() => Number.Format(m_value, default);

    public string ToString(string? format) => Number.Format(m_value, format);

    public string ToString(IFormatProvider? provider) => Number.Format(m_value, default);

    public string ToString(string? format, IFormatProvider? provider) => Number.Format(m_value, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default,
        IFormatProvider? provider = null) => Number.TryFormat(m_value, format, destination, out charsWritten);

    public static uint Parse(string s) => Parse(s, NumberStyles.Integer, null);

    public static uint Parse(string s, NumberStyles style) => Parse(s, style, null);

    public static uint Parse(string s, IFormatProvider? provider) => Parse(s, NumberStyles.Integer, provider);

    public static uint Parse(string s, NumberStyles style, IFormatProvider? provider)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), style, provider);
    }

    public static uint Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        Parse(s, NumberStyles.Integer, provider);

    public static uint Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer,
        IFormatProvider? provider = null)
    {
        ParseOutcome outcome = Number.ParseUnsigned(s, style, 4, out ulong value);
        if (outcome != ParseOutcome.Done) Number.Throw(outcome, s, "UInt32");
        return (uint)value;
    }

    public static bool TryParse(string? s, out uint result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out uint result) =>
        TryParse(s.AsSpan(), NumberStyles.Integer, provider, out result);

    public static bool TryParse(string? s, NumberStyles style, IFormatProvider? provider, out uint result) =>
        TryParse(s.AsSpan(), style, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, out uint result) =>
        TryParse(s, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out uint result) =>
        TryParse(s, NumberStyles.Integer, provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out uint result)
    {
        bool done = Number.ParseUnsigned(s, style, 4, out ulong value) == ParseOutcome.Done;
        result = done ? (uint)value : default;
        return done;
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, out uint result) =>
        TryParse(utf8Text, NumberStyles.Integer, null, out result);

    public static bool TryParse(ReadOnlySpan<byte> utf8Text, NumberStyles style, IFormatProvider? provider,
        out uint result)
    {
        Span<char> text = utf8Text.Length <= Number.StackCharsMax ? stackalloc char[utf8Text.Length]
            : new char[utf8Text.Length];
        Number.Widen(utf8Text, text);
        return TryParse(text, style, provider, out result);
    }
}
