using System;
using System.Text;

namespace Bootlace.Script;

/// <summary>16 bytes as 8-4-4-4-12 hex digits. In the mixed-endian form (guid) the first three fields lie little-endian
/// in memory, as in UEFI and SMBIOS.</summary>
internal sealed class UuidType(string name, bool isMixedEndian) : SettingType(name)
{
    private const int Bytes = 16;
    private const string Shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    private static ReadOnlySpan<byte> MixedOrder => [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <inheritdoc/>
    public override byte[] Parse(string text)
    {
        if (text.Length != Shape.Length) throw Refuse(text);
        byte[] value = new byte[Bytes];
        int digit = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if ((Shape[i] == '-') != (text[i] == '-')) throw Refuse(text);
            if (Shape[i] == '-') continue;
            uint nibble = NumberText.DigitValue(text[i]);
            if (nibble >= 16) throw Refuse(text);
            value[Place(digit / 2)] |= (byte)(digit % 2 == 0 ? nibble << 4 : nibble);
            digit++;
        }
        return value;
    }

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        text = "";
        if (value.Length != Bytes) return false;
        var digits = new StringBuilder(Shape.Length);
        for (int i = 0; i < Bytes; i++)
        {
            if (i is 4 or 6 or 8 or 10) digits.Append('-');
            byte b = value[Place(i)];
            digits.Append("0123456789abcdef"[b >> 4]).Append("0123456789abcdef"[b & 15]);
        }
        text = digits.ToString();
        return true;
    }

    private int Place(int index) => isMixedEndian ? MixedOrder[index] : index;
}
