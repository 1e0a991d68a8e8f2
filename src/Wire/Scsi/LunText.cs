using System;
using System.Text;

namespace Bootlace.Wire;

/// <summary>A LUN as text: its eight bytes as up to four groups of up to four hexadecimal digits with dashes between
/// them (RFC 4173 section 5). Groups left out at the end are zero: <c>1</c> is 0001000000000000.</summary>
public static class LunText
{
    private const int GroupsMax = 4, GroupDigitsMax = 4, GroupBits = 16;

    /// <summary>Reads the text; the LUN is its eight bytes as a big-endian number. No text is LUN 0.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong lun)
    {
        lun = 0;
        ulong read = 0, value = 0;
        int groups = 1, digits = 0;
        foreach (char letter in text)
        {
            if (letter == '-')
            {
                if (digits == 0 || groups++ == GroupsMax) return false;
                read = read << GroupBits | value;
                (value, digits) = (0, 0);
                continue;
            }
            if (!char.IsAsciiHexDigit(letter) || digits++ == GroupDigitsMax) return false;
            value = value << 4 | (uint)Ascii.HexValue((byte)letter);
        }
        if (digits == 0 && text.Length > 0) return false;
        lun = (read << GroupBits | value) << GroupBits * (GroupsMax - groups);
        return true;
    }

    /// <summary>Writes it in the shortest form that <see cref="TryParse"/> reads back.</summary>
    public static string Format(ulong lun)
    {
        var text = new StringBuilder($"{lun >> 48:x}");
        for (lun <<= GroupBits; lun != 0; lun <<= GroupBits) text.Append($"-{lun >> 48:x}");
        return text.ToString();
    }
}
