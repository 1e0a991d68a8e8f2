using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>A static route, as DHCP option 121 gives them (RFC 3442).</summary>
/// <param name="Target">The network; bits behind the prefix do not matter.</param>
/// <param name="PrefixLength">0 (everything) to 32 (one host).</param>
/// <param name="Gateway">The next hop; 0.0.0.0: the network is on this link.</param>
public readonly record struct Ipv4Route(Ipv4Address Target, int PrefixLength, Ipv4Address Gateway)
{
    internal bool Covers(Ipv4Address address) => Target.SharesPrefix(address, PrefixLength);
}
