using System;

namespace Bootlace.Wire;

/// <summary>Numbers and bytes as values of keys (RFC 7143 section 6.1).</summary>
public static class IscsiBinary
{
    internal const int PrefixBytes = 2;

    private const string HexDigits = "0123456789abcdef";

    /// <summary>Reads bytes: <c>0x</c> and hexadecimal digits, of which an odd number leaves the first byte half full,
    /// or <c>0b</c> and base64. A value that gives no byte, or more than fit into <paramref name="target"/>, is refused
    /// before any is written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, Span<byte> target, out int countBytes, out ParseError error)
    {
        countBytes = 0;
        error = ParseError.BadText;
        if (value.Length <= PrefixBytes || value[0] != '0') return false;
        ReadOnlySpan<byte> digits = value[PrefixBytes..];
        switch (value[1] | 0x20)
        {
            case 'x':
                countBytes = digits.Length / 2 + (digits.Length & 1);
                break;
            case 'b':
                digits = WithoutFill(digits);
                if (digits.Length % 4 == 1 || digits.Length == 0) return false;
                countBytes = (int)(digits.Length * 3L / 4);
                break;
            default:
                return false;
        }
        error = ParseError.TooMany;
        bool isGood = countBytes <= target.Length;
        if (isGood)
        {
            error = ParseError.BadText;
            isGood = (value[1] | 0x20) == 'x' ? TryReadHex(digits, target) : TryReadBase64(digits, target);
        }
        if (isGood) error = ParseError.None;
        else countBytes = 0;
        return isGood;
    }

    /// <summary>Reads a number below 2^64, in decimal digits or in hexadecimal ones behind <c>0x</c>.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> value, out ulong number)
    {
        if (value.Length <= PrefixBytes || value[0] != '0' || (value[1] | 0x20) != 'x')
            return Ascii.TryReadDecimal(value, out number);
        number = 0;
        foreach (byte letter in value[PrefixBytes..])
        {
            int digit = Ascii.HexValue(letter);
            if (digit < 0 || number >> 60 != 0) return false;
            number = number << 4 | (uint)digit;
        }
        return true;
    }

    /// <summary>Writes bytes as <c>0x</c> and hexadecimal digits; returns the length of that.</summary>
    internal static int Emit(ReadOnlySpan<byte> value, Span<byte> target)
    {
        target[0] = (byte)'0';
        target[1] = (byte)'x';
        for (int i = 0; i < value.Length; i++)
        {
            target[PrefixBytes + 2 * i] = (byte)HexDigits[value[i] >> 4];
            target[PrefixBytes + 2 * i + 1] = (byte)HexDigits[value[i] & 15];
        }
        return PrefixBytes + 2 * value.Length;
    }

    private static bool TryReadHex(ReadOnlySpan<byte> digits, Span<byte> target)
    {
        int place = digits.Length & 1, half = 0;
        foreach (byte letter in digits)
        {
            int digit = Ascii.HexValue(letter);
            if (digit < 0) return false;
            half = half << 4 | digit;
            target[place / 2] = (byte)half;
            place++;
        }
        return true;
    }

    private static ReadOnlySpan<byte> WithoutFill(ReadOnlySpan<byte> digits)
    {
        for (int i = 0; i < 2 && digits.Length > 0 && digits[^1] == '='; i++) digits = digits[..^1];
        return digits;
    }

    private static bool TryReadBase64(ReadOnlySpan<byte> digits, Span<byte> target)
    {
        int bits = 0, bitCount = 0, count = 0;
        foreach (byte letter in digits)
        {
            int digit = Base64Value(letter);
            if (digit < 0) return false;
            bits = bits << 6 | digit;
            bitCount += 6;
            if (bitCount < 8) continue;
            bitCount -= 8;
            target[count++] = (byte)(bits >> bitCount);
            bits &= (1 << bitCount) - 1;
        }
        return true;
    }

    private static int Base64Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
