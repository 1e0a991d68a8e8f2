using System;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>A dotted quad; of an array of addresses the first is shown. Names are refused: scripts test for addresses
/// so.
/// </summary>
internal sealed class Ipv4Type() : SettingType("ipv4")
{
    /// <inheritdoc/>
    public override byte[] Parse(string text)
    {
        if (!Ipv4Address.TryParse(text, out Ipv4Address address)) throw Refuse(text);
        byte[] value = new byte[Ipv4Address.Bytes];
        address.Write(value);
        return value;
    }

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        text = value.Length < Ipv4Address.Bytes ? "" : Ipv4Address.Read(value).ToString();
        return text.Length > 0;
    }
}
