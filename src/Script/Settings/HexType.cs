using System;
using System.Collections.Generic;
using System.Text;

namespace Bootlace.Script;

/// <summary>Pairs of hex digits, with or without a separator. With one, a single digit may stand for a byte
/// (<c>1b:5b:4</c>), as in iPXE.</summary>
internal sealed class HexType(string name, char? separator) : SettingType(name)
{
    /// <inheritdoc/>
    public override byte[] Parse(string text)
    {
        var bytes = new List<byte>(text.Length / 2);
        int position = 0;
        while (position < text.Length)
        {
            uint high = NumberText.DigitValue(text[position++]);
            uint low = position < text.Length ? NumberText.DigitValue(text[position]) : 255;
            if (low < 16) position++;
            if (high >= 16 || (low >= 16 && separator is null)) throw Refuse(text);
            bytes.Add((byte)(low < 16 ? high << 4 | low : high));
            if (separator is null || position == text.Length) continue;
            if (text[position++] != separator || position == text.Length) throw Refuse(text);
        }
        return bytes.ToArray();
    }

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        var digits = new StringBuilder(value.Length * 3);
        for (int i = 0; i < value.Length; i++)
        {
            if (i > 0 && separator is { } c) digits.Append(c);
            digits.Append("0123456789abcdef"[value[i] >> 4]).Append("0123456789abcdef"[value[i] & 15]);
        }
        text = digits.ToString();
        return true;
    }
}
