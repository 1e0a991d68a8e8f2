using System;
using System.Collections.Generic;
using System.Text;

namespace Bootlace.Script;

/// <summary>Text with everything percent-encoded that means something in a URI.</summary>
internal sealed class UriStringType() : SettingType("uristring")
{
    private const string Encoded = "/#:@?=&% +";

    /// <inheritdoc/>
    public override byte[] Parse(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && NumberText.DigitValue(text[i + 1]) < 16 && NumberText.DigitValue(text[i + 2]) < 16)
            {
                bytes.Add((byte)(NumberText.DigitValue(text[i + 1]) << 4 | NumberText.DigitValue(text[i + 2])));
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }
        return bytes.ToArray();
    }

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        var encoded = new StringBuilder(value.Length);
        foreach (byte b in value)
        {
            char c = (char)b;
            if (c > 0x20 && c < 0x7f && Encoded.IndexOf(c) < 0) encoded.Append(c);
            else encoded.Append('%').Append("0123456789ABCDEF"[b >> 4]).Append("0123456789ABCDEF"[b & 15]);
        }
        text = encoded.ToString();
        return true;
    }
}
