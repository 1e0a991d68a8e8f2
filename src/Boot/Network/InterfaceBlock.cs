using System;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>The settings of an interface, <c>netN</c>: what the card knows, and what scripts store there.</summary>
public sealed class InterfaceBlock(NetworkInterface card, CardPlaces places) : PlainBlock(card.Name)
{
    /// <inheritdoc/>
    public override bool TryFetch(SettingKey key, out StoredSetting found)
    {
        if (base.TryFetch(key, out found)) return true;
        if (key.Name == "vlan-tag" && card.VlanId != 0)
        {
            // As decimal digits: scripts make names of it, as net0-${vlan-tag}.
            SettingType decimals = SettingTypes.Int16;
            found = new StoredSetting(key with { Type = decimals }, decimals.FromNumber(card.VlanId));
            return true;
        }
        byte[]? value = key.Name switch
        {
            "mac" or "hwaddr" => StationAddress(),
            "ifname" => ByteText.ToBytes(card.Name),
            "linktype" => "Ethernet"u8.ToArray(),
            "chip" => "SNP"u8.ToArray(),
            "bustype" => places.PciAddressOf(card.Device) is null ? null : "PCI"u8.ToArray(),
            "busloc" => places.PciAddressOf(card.Device) is { } place ? SettingTypes.Uint32.FromNumber(place) : null,
            "busid" => places.BusIdOf(card.Device),
            _ => null,
        };
        if (value is null) return false;
        found = new StoredSetting(key, value);
        return true;
    }

    private byte[] StationAddress()
    {
        byte[] bytes = new byte[MacAddress.Bytes];
        card.Device.Address.Write(bytes);
        return bytes;
    }
}
