using System;
using Bootlace.Wire;

namespace Bootlace.Net;

/// <summary>All TCP connections.</summary>
internal sealed class TcpLayer(NetworkStack stack)
{
    public bool IsBurstOver => false;

    public Instant NextDeadline => Instant.Never;

    public void Handle(
        NetworkInterface from, Ipv4Address source, Ipv4Address target, ReadOnlySpan<byte> bytes, Instant now) =>
        from.Counters.Count(DropReason.NoConnection);

    public bool TryRefuse(in IcmpQuote quote, UnreachableCode code) => stack is null;

    public void NeighborGivenUp(NetworkInterface through, Ipv4Address nextHop) { }

    public void ConfigurationChanged(NetworkInterface changed) { }

    public bool Poll(Instant now) => false;
}
