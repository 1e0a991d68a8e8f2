using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>Numbers as C's <c>strtoul</c> with base 0 reads them: 0x hexadecimal, leading 0 octal, else decimal; the
/// whole text must parse (spec/ipxe-compat.md 1.7).</summary>
public static class NumberText
{
    /// <summary>Reads a number with an optional sign; values beyond 64 bits wrap, as they do there.</summary>
    public static bool TryRead(string text, out long value)
    {
        bool negative = text.Length > 0 && text[0] == '-';
        bool signed = negative || (text.Length > 0 && text[0] == '+');
        bool read = TryReadUnsigned(signed ? text.Substring(1) : text, out ulong magnitude);
        value = negative ? unchecked(-(long)magnitude) : unchecked((long)magnitude);
        return read;
    }

    /// <summary>Reads a number without a sign.</summary>
    public static bool TryReadUnsigned(string text, out ulong value)
    {
        uint radix = 10;
        int start = 0;
        if (text.Length > 1 && text[0] == '0')
        {
            bool hexadecimal = text[1] is 'x' or 'X';
            radix = hexadecimal ? 16u : 8u;
            start = hexadecimal ? 2 : 1;
        }
        value = 0;
        for (int i = start; i < text.Length; i++)
        {
            uint digit = DigitValue(text[i]);
            if (digit >= radix) return false;
            value = unchecked(value * radix + digit);
        }
        return text.Length > start;
    }

    /// <summary>Reads an option's or argument's number, or throws. No text at all is 0, as it is for <c>strtoul</c>:
    /// <c>exit ${unset}</c>, <c>--timeout ${unset}</c>.</summary>
    public static long Read(string text)
    {
        if (text.Length == 0) return 0;
        if (TryRead(text, out long value)) return value;
        throw new BootFailure(ScriptFailure.BadNumber, $"'{ByteText.ToUnicode(text)}' is not a number");
    }

    /// <summary>The value of a digit in any base up to 16; 255 for anything else.</summary>
    public static uint DigitValue(char c) => c switch
    {
        >= '0' and <= '9' => (uint)(c - '0'),
        >= 'a' and <= 'f' => (uint)(c - 'a' + 10),
        >= 'A' and <= 'F' => (uint)(c - 'A' + 10),
        _ => 255,
    };
}
