using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace System;

/// <summary>How reading a number went.</summary>
internal enum ParseOutcome
{
    Done,
    BadFormat,
    Overflow,
}

internal static partial class Number
{
    private const NumberStyles Supported = NumberStyles.Integer | NumberStyles.AllowTrailingSign
        | NumberStyles.AllowHexSpecifier
        | NumberStyles.AllowBinarySpecifier;

    /// <summary>Reads a number of <paramref name="bytes"/> bytes; hexadecimal digits are its bits.</summary>
    public static ParseOutcome ParseSigned(ReadOnlySpan<char> text, NumberStyles style, int bytes, out long value)
    {
        value = 0;
        ParseOutcome outcome = Read(text, style, out bool negative, out ulong magnitude);
        if (outcome != ParseOutcome.Done) return outcome;
        int unused = 64 - 8 * bytes;
        if (IsBits(style))
        {
            if (magnitude > Mask(bytes)) return ParseOutcome.Overflow;
            value = (long)(magnitude << unused) >> unused;
            return ParseOutcome.Done;
        }
        ulong greatest = (ulong)long.MaxValue >> unused;
        if (magnitude > greatest + (negative ? 1u : 0u)) return ParseOutcome.Overflow;
        value = negative ? (long)(0 - magnitude) : (long)magnitude;
        return ParseOutcome.Done;
    }

    /// <summary>Reads a number of <paramref name="bytes"/> bytes without sign; "-0" is allowed.</summary>
    public static ParseOutcome ParseUnsigned(ReadOnlySpan<char> text, NumberStyles style, int bytes, out ulong value)
    {
        value = 0;
        ParseOutcome outcome = Read(text, style, out bool negative, out ulong magnitude);
        if (outcome != ParseOutcome.Done) return outcome;
        if (magnitude > Mask(bytes) || negative && magnitude != 0) return ParseOutcome.Overflow;
        value = magnitude;
        return ParseOutcome.Done;
    }

    [DoesNotReturn]
    public static void Throw(ParseOutcome outcome, ReadOnlySpan<char> text, string type)
    {
        if (outcome == ParseOutcome.Overflow)
            throw new OverflowException("Value was either too large or too small for an " + type + ".");
        throw new FormatException("The input string '" + text.ToString() + "' was not in a correct format.");
    }

    /// <summary>Bytes as characters; anything beyond ASCII becomes one that no number has.</summary>
    public static void Widen(ReadOnlySpan<byte> utf8, Span<char> text)
    {
        for (int i = 0; i < utf8.Length; i++) text[i] = utf8[i] < 0x80 ? (char)utf8[i] : '\uFFFD';
    }

    private static bool IsBits(NumberStyles style) =>
        (style & (NumberStyles.AllowHexSpecifier | NumberStyles.AllowBinarySpecifier)) != 0;

    private static ParseOutcome Read(ReadOnlySpan<char> text, NumberStyles style, out bool negative,
        out ulong magnitude)
    {
        CheckStyle(style);
        negative = false;
        magnitude = 0;
        int at = 0;
        if ((style & NumberStyles.AllowLeadingWhite) != 0)
        {
            while (at < text.Length && IsWhite(text[at])) at++;
        }
        bool signed = (style & NumberStyles.AllowLeadingSign) != 0 && ReadSign(text, ref at, ref negative);
        uint radix = (style & NumberStyles.AllowHexSpecifier) != 0 ? 16u
            : (style & NumberStyles.AllowBinarySpecifier) != 0 ? 2u : 10u;
        int first = at;
        bool overflow = false;
        for (; at < text.Length; at++)
        {
            uint digit = Digit(text[at]);
            if (digit >= radix) break;
            if (magnitude > (ulong.MaxValue - digit) / radix) overflow = true;
            magnitude = magnitude * radix + digit;
        }
        if (at == first) return ParseOutcome.BadFormat;
        if (!signed && (style & NumberStyles.AllowTrailingSign) != 0) ReadSign(text, ref at, ref negative);
        if ((style & NumberStyles.AllowTrailingWhite) != 0)
        {
            while (at < text.Length && IsWhite(text[at])) at++;
        }
        while (at < text.Length && text[at] == '\0') at++;   // .NET ignores zeros behind a number
        if (at < text.Length) return ParseOutcome.BadFormat;
        return overflow ? ParseOutcome.Overflow : ParseOutcome.Done;
    }

    private static void CheckStyle(NumberStyles style)
    {
        if ((style & ~Supported) != 0)
            throw new NotSupportedException("Only integer, hexadecimal and binary number styles are supported.");
        const NumberStyles WithBits = NumberStyles.HexNumber | NumberStyles.BinaryNumber;
        if (IsBits(style)
            && (style & ~WithBits) != 0) throw new ArgumentException("An undefined NumberStyles value is being used.",
            nameof(style));
    }

    private static bool ReadSign(ReadOnlySpan<char> text, ref int at, ref bool negative)
    {
        if (at >= text.Length || text[at] is not ('-' or '+')) return false;
        negative = text[at++] == '-';
        return true;
    }

    private static bool IsWhite(char c) => c is ' ' or >= '\t' and <= '\r';

    private static uint Digit(char c)
    {
        if (c is >= '0' and <= '9') return (uint)(c - '0');
        uint letter = (uint)(c | 0x20) - 'a';
        return letter < 6 && c < 0x80 ? letter + 10 : uint.MaxValue;
    }
}
