using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>A UTF-16 code unit. Letters, digits and case beyond Latin-1 are not known here: there are no Unicode
/// tables, and nothing a loader reads needs them.</summary>
public readonly partial struct Char : IComparable, IComparable<char>, IEquatable<char>, ISpanFormattable
{
    public const char MaxValue = '\uFFFF';
    public const char MinValue = '\0';

    public int CompareTo(char value) => m_value - value;

    public int CompareTo(object? value) => value is null ? 1
        : value is char other ? CompareTo(other)
        : throw new ArgumentException("Object must be of type Char.");

    public bool Equals(char obj) => m_value == obj;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is char other && m_value == other;

    public override int GetHashCode() => m_value | m_value << 16;

    public override string ToString() => new(m_value, 1);

    public string ToString(IFormatProvider? provider) => ToString();

    public static string ToString(char c) => new(c, 1);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format,
        IFormatProvider? provider)
    {
        charsWritten = 0;
        if (destination.IsEmpty) return false;
        destination[0] = m_value;
        charsWritten = 1;
        return true;
    }

    public static char Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return s.Length == 1 ? s[0] : throw new FormatException("String must be exactly one character long.");
    }

    public static bool TryParse([NotNullWhen(true)] string? s, out char result)
    {
        result = s is { Length: 1 } ? s[0] : '\0';
        return s is { Length: 1 };
    }

    public static bool IsAscii(char c) => c < 0x80;

    public static bool IsAsciiDigit(char c) => (uint)(c - '0') <= 9;

    public static bool IsAsciiLetter(char c) => (uint)((c | 0x20) - 'a') <= 25;

    public static bool IsAsciiLetterLower(char c) => (uint)(c - 'a') <= 25;

    public static bool IsAsciiLetterUpper(char c) => (uint)(c - 'A') <= 25;

    public static bool IsAsciiLetterOrDigit(char c) => IsAsciiLetter(c) || IsAsciiDigit(c);

    public static bool IsAsciiHexDigit(char c) => IsAsciiDigit(c) || (uint)((c | 0x20) - 'a') <= 5;

    public static bool IsAsciiHexDigitLower(char c) => IsAsciiDigit(c) || (uint)(c - 'a') <= 5;

    public static bool IsAsciiHexDigitUpper(char c) => IsAsciiDigit(c) || (uint)(c - 'A') <= 5;

    public static bool IsBetween(char c, char minInclusive, char maxInclusive) =>
        (uint)(c - minInclusive) <= (uint)(maxInclusive - minInclusive);

    public static bool IsDigit(char c) => IsAsciiDigit(c);

    public static bool IsNumber(char c) =>
        IsAsciiDigit(c) || c is '\xB2' or '\xB3' or '\xB9' or '\xBC' or '\xBD' or '\xBE';

    public static bool IsLetter(char c) => IsAsciiLetter(c)
        || c is '\xAA' or '\xB5' or '\xBA' or (>= '\xC0' and <= '\xFF' and not '\xD7' and not '\xF7');

    public static bool IsLetterOrDigit(char c) => IsLetter(c) || IsDigit(c);

    public static bool IsUpper(char c) => IsAsciiLetterUpper(c) || c is >= '\xC0' and <= '\xDE' and not '\xD7';

    public static bool IsLower(char c) => IsAsciiLetterLower(c)
        || c is '\xB5' or (>= '\xDF' and <= '\xFF' and not '\xF7');

    public static bool IsWhiteSpace(char c) => c is ' ' or (>= '\t' and <= '\r') or '\x85' or '\xA0'
        or '\u1680' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    public static bool IsControl(char c) => c is <= '\x1F' or (>= '\x7F' and <= '\x9F');

    public static bool IsSurrogate(char c) => (c & 0xF800) == 0xD800;

    public static bool IsHighSurrogate(char c) => (c & 0xFC00) == 0xD800;

    public static bool IsLowSurrogate(char c) => (c & 0xFC00) == 0xDC00;

    public static bool IsSurrogatePair(char highSurrogate, char lowSurrogate) =>
        IsHighSurrogate(highSurrogate) && IsLowSurrogate(lowSurrogate);

    public static int ConvertToUtf32(char highSurrogate, char lowSurrogate)
    {
        if (!IsHighSurrogate(highSurrogate)) throw new ArgumentOutOfRangeException(nameof(highSurrogate));
        if (!IsLowSurrogate(lowSurrogate)) throw new ArgumentOutOfRangeException(nameof(lowSurrogate));
        return ((highSurrogate - 0xD800) << 10) + (lowSurrogate - 0xDC00) + 0x10000;
    }

    public static string ConvertFromUtf32(int utf32)
    {
        if (utf32 is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            throw new ArgumentOutOfRangeException(nameof(utf32));
        if (utf32 < 0x10000) return new string((char)utf32, 1);
        return new string([(char)(0xD800 + (utf32 - 0x10000 >> 10)), (char)(0xDC00 + (utf32 & 0x3FF))]);
    }

    public static char ToUpperInvariant(char c)
    {
        if (IsAsciiLetterLower(c)) return (char)(c - 0x20);
        if (c < 0x80) return c;
        if (c is >= '\xE0' and <= '\xFE' and not '\xF7') return (char)(c - 0x20);
        return c == '\xFF' ? '\u0178' : c == '\xB5' ? '\u039C' : c;
    }

    public static char ToLowerInvariant(char c)
    {
        if (IsAsciiLetterUpper(c)) return (char)(c + 0x20);
        if (c is >= '\xC0' and <= '\xDE' and not '\xD7') return (char)(c + 0x20);
        return c == '\u0178' ? '\xFF' : c;
    }
}
