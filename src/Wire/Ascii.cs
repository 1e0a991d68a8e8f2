using System;

namespace Bootlace.Wire;

/// <summary>Text of protocols as bytes.</summary>
public static class Ascii
{
    /// <summary>Equal but for the case of A to Z.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text)
    {
        if (bytes.Length != text.Length) return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (Lower(bytes[i]) != Lower(text[i])) return false;
        }
        return true;
    }

    /// <summary>Reads a number of decimal digits only: no sign, no blank, not empty, less than 2^64.</summary>
    public static bool TryReadDecimal(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        if (bytes.Length == 0) return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            uint digit = (uint)(bytes[i] - '0');
            if (digit > 9 || value > (ulong.MaxValue - digit) / 10) return false;
            value = value * 10 + digit;
        }
        return true;
    }

    /// <summary>The value of a hexadecimal digit, -1 for anything else.</summary>
    public static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };

    /// <summary>Without blanks and tabs at either end.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && bytes[0] is (byte)' ' or (byte)'\t') bytes = bytes[1..];
        while (bytes.Length > 0 && bytes[^1] is (byte)' ' or (byte)'\t') bytes = bytes[..^1];
        return bytes;
    }

    private static int Lower(int letter) => letter is >= 'A' and <= 'Z' ? letter | 0x20 : letter;
}
