using System.Diagnostics.CodeAnalysis;

namespace System;

public readonly partial struct Guid
{
    private const string DashAfter = "\x04\x06\x08\x0a";   // bytes in front of a dash

    public override string ToString() => ToString("D");

    public string ToString(string? format, IFormatProvider? provider) => ToString(format);

    /// <summary>N (digits), D (with dashes), B (in braces) or P (in parentheses).</summary>
    public string ToString(string? format)
    {
        Span<char> text = stackalloc char[38];
        return TryFormat(text, out int length, format.AsSpan())
            ? new string(text.Slice(0, length))
            : throw new FormatException("Format string can be only \"D\", \"N\", \"P\" or \"B\".");
    }

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format,
        IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten, format);

    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default)
    {
        char kind = format.IsEmpty ? 'D' : format.Length == 1 ? (char)(format[0] | 0x20) : '?';
        kind = char.ToUpperInvariant(kind);
        if (kind is not ('D' or 'N' or 'B' or 'P'))
            throw new FormatException("Format string can be only \"D\", \"N\", \"P\" or \"B\".");
        charsWritten = 0;
        int length = kind == 'N' ? 32 : kind == 'D' ? 36 : 38;
        if (destination.Length < length) return false;
        Span<byte> bytes = stackalloc byte[16];
        TryWriteBytes(bytes, bigEndian: true, out _);
        int at = 0;
        if (length == 38) destination[at++] = kind == 'B' ? '{' : '(';
        for (int i = 0; i < 16; i++)
        {
            if (kind != 'N' && DashAfter.Contains((char)i)) destination[at++] = '-';
            bytes[i].TryFormat(destination.Slice(at), out _, "x2".AsSpan());
            at += 2;
        }
        if (length == 38) destination[at] = kind == 'B' ? '}' : ')';
        charsWritten = length;
        return true;
    }

    public static Guid Parse(string input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Parse(input.AsSpan());
    }

    public static Guid Parse(ReadOnlySpan<char> input) => TryParse(input, out Guid result)
        ? result
        : throw new FormatException("Unrecognized Guid format.");

    public static bool TryParse([NotNullWhen(true)] string? input, out Guid result) =>
        TryParse(input.AsSpan(), out result);

    public static bool TryParse(ReadOnlySpan<char> input, out Guid result)
    {
        result = default;
        ReadOnlySpan<char> text = input.Trim();
        if (text.Length == 38)
        {
            if (!(text[0] == '{' && text[^1] == '}') && !(text[0] == '(' && text[^1] == ')')) return false;
            text = text[1..^1];
        }
        if (text.Length is not (32 or 36)) return false;
        bool dashed = text.Length == 36;
        Span<byte> bytes = stackalloc byte[16];
        int at = 0;
        for (int i = 0; i < 16; i++)
        {
            if (dashed && DashAfter.Contains((char)i) && text[at++] != '-') return false;
            if (!byte.TryParse(text.Slice(at, 2), Globalization.NumberStyles.AllowHexSpecifier, null,
                out bytes[i])) return false;
            at += 2;
        }
        result = new Guid(bytes, bigEndian: true);
        return true;
    }
}
