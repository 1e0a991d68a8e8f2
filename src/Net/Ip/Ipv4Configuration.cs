using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>What an interface needs to speak IPv4.</summary>
/// <param name="Address">Our address.</param>
/// <param name="PrefixLength">How many bits of it name the link's network.</param>
public sealed record Ipv4Configuration(Ipv4Address Address, int PrefixLength)
{
    /// <summary>The next hop for everything without a better route; 0.0.0.0: none.</summary>
    public Ipv4Address Gateway { get; init; }

    /// <summary>Further routes. Whoever configures leaves <see cref="Gateway"/> out where option 121 replaces it (RFC
    /// 3442).
    /// </summary>
    public Ipv4Route[] Routes { get; init; } = [];

    /// <summary>Longest IP packet of the link, if the network says so (DHCP option 26); 0: what the card can
    /// carry.</summary>
    public int MtuBytes { get; init; }

    /// <summary>The longest prefix that covers <paramref name="target"/>, and the next hop towards it; false if there
    /// is none.</summary>
    internal bool TryRoute(Ipv4Address target, out Ipv4Address nextHop, out int prefixLength)
    {
        nextHop = default;
        prefixLength = -1;
        if (Address.SharesPrefix(target, PrefixLength)) (nextHop, prefixLength) = (target, PrefixLength);
        foreach (Ipv4Route route in Routes)
        {
            if (route.PrefixLength <= prefixLength || !route.Covers(target)) continue;
            nextHop = route.Gateway.IsUnspecified ? target : route.Gateway;
            prefixLength = route.PrefixLength;
        }
        if (prefixLength < 0 && !Gateway.IsUnspecified) (nextHop, prefixLength) = (Gateway, 0);
        return prefixLength >= 0;
    }

    internal Ipv4Address Broadcast => Address.SubnetBroadcast(PrefixLength);
}
