using System;

namespace Bootlace.Wire;

/// <summary>Digests as text: two hexadecimal digits a byte.</summary>
public static class HexDigits
{
    private const int PrefixBytes = 4;

    /// <summary>Reads exactly as many bytes as <paramref name="target"/> holds, in either case.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, Span<byte> target)
    {
        if (text.Length != 2 * target.Length) return false;
        for (int i = 0; i < target.Length; i++)
        {
            int high = Ascii.HexValue(text[2 * i]), low = Ascii.HexValue(text[2 * i + 1]);
            if (high < 0 || low < 0) return false;
            target[i] = (byte)(high << 4 | low);
        }
        return true;
    }

    /// <summary>Lower-case digits.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        char[] digits = new char[2 * bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            digits[2 * i] = Digit(bytes[i] >> 4);
            digits[2 * i + 1] = Digit(bytes[i] & 15);
        }
        return new string(digits);
    }

    /// <summary>The beginning, for messages: as much as one compares by eye.</summary>
    public static string WriteStart(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= PrefixBytes ? Write(bytes) : Write(bytes[..PrefixBytes]) + "...";

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
