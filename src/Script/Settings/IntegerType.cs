using System;

namespace Bootlace.Script;

/// <summary>A big-endian integer. Values too large are cut to the width without a word, and reading takes whatever
/// bytes are stored as one number, as iPXE does (spec/ipxe-compat.md 3.4).</summary>
internal sealed class IntegerType(string name, int widthBytes, bool isSigned) : SettingType(name)
{
    /// <inheritdoc/>
    public override bool IsNumber => true;

    /// <inheritdoc/>
    public override byte[] Parse(string text) =>
        NumberText.TryRead(text, out long value) ? FromNumber(value) : throw Refuse(text);

    /// <inheritdoc/>
    public override byte[] FromNumber(long number)
    {
        byte[] bytes = new byte[widthBytes];
        for (int i = 0; i < widthBytes; i++) bytes[i] = (byte)(number >> 8 * (widthBytes - 1 - i));
        return bytes;
    }

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        text = "";
        if (!TryReadNumber(value, isSigned, out long number)) return false;
        text = isSigned ? number.ToString() : $"0x{(ulong)number:x}";
        return true;
    }

    /// <summary>Any number of bytes as one number; false if more than eight carry meaning.</summary>
    internal static bool TryReadNumber(ReadOnlySpan<byte> value, bool isSigned, out long number)
    {
        byte padding = isSigned && value.Length > 0 && value[0] >= 0x80 ? (byte)0xff : (byte)0;
        number = padding == 0 ? 0 : -1;
        for (int i = 0; i < value.Length; i++)
        {
            if (i < value.Length - sizeof(long) && value[i] != padding) return false;
            number = number << 8 | value[i];
        }
        return true;
    }
}
