using System;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>What the switch says of itself, below the interface that is plugged into it:
/// <c>netN.lldp/[prefix.]type.index.offset.length</c>. The prefix is what the value must begin with, as many bytes as
/// lie before the offset; without a length it is all the rest (spec/ipxe-compat.md 3.2).</summary>
public sealed class LldpBlock(NetworkInterface card, Pump pump) : PlaceBlock(DeclaredSettings.Lldp)
{
    /// <inheritdoc/>
    protected override byte[]? Read(in SettingKey key, out SettingType usual)
    {
        usual = SettingTypes.HexRaw;
        var prefix = (uint)(key.Tag >> 32);
        byte type = (byte)(key.Tag >> 24), index = (byte)(key.Tag >> 16);
        int offset = (byte)(key.Tag >> 8), length = (byte)key.Tag;
        ReadOnlySpan<byte> unit = card.SwitchNews.ReadAt(pump.Now);
        if (!LldpUnit.TryFind(unit, type, prefix, offset, index, out ReadOnlySpan<byte> value)) return null;
        if (offset >= value.Length) return null;
        int countMax = value.Length - offset;
        return value.Slice(offset, length == 0 ? countMax : Math.Min(length, countMax)).ToArray();
    }
}
