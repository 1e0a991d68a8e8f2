using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>Where a packet goes out: the interface, our address on it, the peer and the next hop.</summary>
internal readonly struct Ipv4Path(
    NetworkInterface through, Ipv4Address source, Ipv4Address target, Ipv4Address nextHop)
{
    public NetworkInterface Interface { get; } = through;
    public Ipv4Address Source { get; } = source;
    public Ipv4Address Target { get; } = target;

    /// <summary>The neighbor that gets the frame; the limited broadcast address: everyone does.</summary>
    public Ipv4Address NextHop { get; } = nextHop;
}
