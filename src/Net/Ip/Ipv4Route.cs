using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A static route, as DHCP option 121 gives them (RFC 3442).</summary>
/// <param name="Target">The network; bits behind the prefix do not matter.</param>
/// <param name="PrefixLength">0 (everything) to 32 (one host).</param>
/// <param name="Gateway">The next hop; 0.0.0.0: the network is on this link.</param>
public readonly record struct Ipv4Route(Ipv4Address Target, int PrefixLength, Ipv4Address Gateway)
{
    private const int CountMax = 32;

    /// <summary>Reads the value of option 121: prefix length, as many bytes of the target as that needs, next hop;
    /// again and again. A width over 32, a list that does not come out even or one of more than 32 routes spoils all of
    /// it: no routes.
    /// </summary>
    public static Ipv4Route[] ReadList(ReadOnlySpan<byte> value)
    {
        var routes = new List<Ipv4Route>();
        Span<byte> padded = stackalloc byte[Ipv4Address.Bytes];
        while (value.Length > 0)
        {
            int prefixLength = value[0];
            int targetBytes = (prefixLength + 7) / 8;
            if (prefixLength > 32 || routes.Count == CountMax) return [];
            if (value.Length - 1 < targetBytes + Ipv4Address.Bytes) return [];
            padded.Clear();
            value.Slice(1, targetBytes).CopyTo(padded);
            var target = new Ipv4Address(Ipv4Address.Read(padded).Value & Ipv4Address.MaskOf(prefixLength));
            routes.Add(new Ipv4Route(target, prefixLength, Ipv4Address.Read(value[(1 + targetBytes)..])));
            value = value[(1 + targetBytes + Ipv4Address.Bytes)..];
        }
        return routes.ToArray();
    }

    internal bool Covers(Ipv4Address address) => Target.SharesPrefix(address, PrefixLength);
}
