using System;
using Bootlace.Wire;

namespace Bootlace.Script;

/// <summary>RFC 4291 text, compressed and in lower case.</summary>
internal sealed class Ipv6Type() : SettingType("ipv6")
{
    /// <inheritdoc/>
    public override byte[] Parse(string text)
    {
        if (!Ipv6Address.TryParse(text, out Ipv6Address address)) throw Refuse(text);
        byte[] value = new byte[Ipv6Address.Bytes];
        address.Write(value);
        return value;
    }

    /// <inheritdoc/>
    public override bool TryFormat(ReadOnlySpan<byte> value, out string text)
    {
        text = value.Length < Ipv6Address.Bytes ? "" : Ipv6Address.Read(value).ToString();
        return text.Length > 0;
    }
}
