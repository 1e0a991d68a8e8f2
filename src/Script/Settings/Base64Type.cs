using System;

namespace Bootlace.Script;

/// <summary>Base 64, padded.</summary>
internal sealed class Base64Type() : SettingType("base64")
{
    /// <inheritdoc/>
    public override byte[] Parse(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw Refuse(text);
        }
    }

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        text = Convert.ToBase64String(value);
        return true;
    }
}
