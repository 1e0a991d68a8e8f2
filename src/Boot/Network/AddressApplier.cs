using System;
using Bootlace.Net;
using Bootlace.Script;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Gives interfaces the addresses and routes their settings say, whether these came from a lease or from
/// <c>set net0/ip</c> (spec/ipxe-compat.md 3.3).</summary>
public sealed class AddressApplier(SettingsStore settings, NetworkInterface card, SettingsBlock block)
{
    private static readonly string[] Read = ["ip", "netmask", "gateway", "static-routes", "mtu"];

    private string _applied = "";

    /// <summary>Looks whether something changed, and configures the card if so: doing it anew for nothing would cost
    /// the neighbours' addresses.</summary>
    public void Apply()
    {
        var values = new byte[]?[Read.Length];
        string wanted = card.IsOpen ? "open" : "";
        for (int i = 0; i < Read.Length; i++)
        {
            values[i] = settings.Fetch(block, Read[i]);
            wanted += values[i] is { } value ? $"/{Convert.ToHexString(value)}" : "/";
        }
        if (wanted == _applied) return;
        _applied = wanted;
        if (card.IsOpen) card.Configure(ReadConfiguration(values));
    }

    /// <summary>Configures the card whatever was applied before: somebody else has touched it.</summary>
    public void Restore()
    {
        _applied = "";
        Apply();
    }

    private static Ipv4Configuration? ReadConfiguration(byte[]?[] values)
    {
        if (AddressOf(values[0]) is not { } address || !address.IsHost) return null;
        int prefixLength = AddressOf(values[1]) is { } mask && Ipv4Address.TryGetPrefixLength(mask, out int length)
            ? length : address.ClassPrefixLength;
        // RFC 3442: with option 121 the router option is ignored, and the default route stands among the others.
        Ipv4Route[] routes = Ipv4Route.ReadList(values[3]);
        return new Ipv4Configuration(address, prefixLength)
        {
            Gateway = routes.Length == 0 ? AddressOf(values[2]) ?? default : default,
            Routes = routes,
            MtuBytes = SettingTypes.ReadNumber(values[4]) is > 0 and <= ushort.MaxValue and long mtu ? (int)mtu : 0,
        };
    }

    private static Ipv4Address? AddressOf(byte[]? value) =>
        value is { Length: >= Ipv4Address.Bytes } ? Ipv4Address.Read(value) : null;
}
