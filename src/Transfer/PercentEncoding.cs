using System;
using System.Text;

namespace Bootlace.Transfer;

/// <summary>Percent encoding of URI fields, RFC 3986 section 2.1. A percent sign that no two hex digits follow stands
/// for itself, as scripts in the wild rely on.</summary>
public static class PercentEncoding
{
    private const string HexDigits = "0123456789ABCDEF";

    /// <summary>The bytes a field stands for.</summary>
    public static byte[] Decode(string field)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(field);
        int count = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte value = bytes[i];
            if (value == '%' && bytes.Length - i > 2
                && HexValue(bytes[i + 1]) is var high and >= 0 && HexValue(bytes[i + 2]) is var low and >= 0)
            {
                value = (byte)(high << 4 | low);
                i += 2;
            }
            bytes[count++] = value;
        }
        return count == bytes.Length ? bytes : bytes[..count];
    }

    /// <summary>The text a field stands for, read as UTF-8.</summary>
    public static string DecodeText(string field) =>
        field.IndexOf('%') < 0 ? field : Encoding.UTF8.GetString(Decode(field));

    /// <summary>Encodes whatever may not stand in a URI (blanks, control and non-ASCII characters) and leaves the rest
    /// as it is written, percent signs included: for paths and queries that are already encoded.</summary>
    public static string Tidy(string field) => Encode(field, "");

    /// <summary>Encodes a plain text, so that decoding gives it back: also percent signs and each character of
    /// <paramref name="delimiters"/>, those that would end the field.</summary>
    public static string EncodeText(string text, string delimiters) => Encode(text, "%" + delimiters);

    /// <summary>Encodes every byte but letters, digits and <c>-._~</c>, which stand for themselves anywhere (RFC 3986
    /// section 2.3).</summary>
    public static string EncodeAll(ReadOnlySpan<byte> bytes)
    {
        var result = new StringBuilder(bytes.Length);
        foreach (byte value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || "-._~".IndexOf((char)value) >= 0) result.Append((char)value);
            else Append(result, value);
        }
        return result.ToString();
    }

    private static string Encode(string text, string special)
    {
        bool clean = true;
        foreach (char c in text) clean &= IsPlain(c, special);
        if (clean) return text;
        var result = new StringBuilder();
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            if (IsPlain((char)value, special)) result.Append((char)value);
            else Append(result, value);
        }
        return result.ToString();
    }

    private static void Append(StringBuilder result, byte value) =>
        result.Append('%').Append(HexDigits[value >> 4]).Append(HexDigits[value & 15]);

    private static bool IsPlain(char c, string special) => c is > ' ' and < '\x7f' && special.IndexOf(c) < 0;

    private static int HexValue(byte digit) => (char)digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };
}
