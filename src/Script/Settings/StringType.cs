using System;

namespace Bootlace.Script;

/// <summary>Bytes as they are.</summary>
internal sealed class StringType() : SettingType("string")
{
    /// <inheritdoc/>
    public override byte[] Parse(string text) => ByteText.ToBytes(text);

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        text = ByteText.FromBytes(value);
        return true;
    }
}
