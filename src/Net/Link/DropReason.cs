namespace Bootlace.Net;

/// <summary>Why a frame or packet went no further.</summary>
public enum DropReason
{
    /// <summary>The interface is closed.</summary>
    InterfaceClosed,
    /// <summary>The card gave a length that cannot be.</summary>
    BadLength,
    /// <summary>Malformed Ethernet header or tag.</summary>
    MalformedFrame,
    /// <summary>Addressed to another station, or to a group we are not in.</summary>
    OtherStation,
    /// <summary>From our own station address, or from a group.</summary>
    BadStation,
    /// <summary>Tagged for a VLAN that is not ours.</summary>
    OtherVlan,
    /// <summary>A protocol we do not speak.</summary>
    OtherProtocol,
    /// <summary>Malformed LLDP message.</summary>
    MalformedLldp,
    /// <summary>Malformed message of the switch about its port.</summary>
    MalformedPortState,
    /// <summary>Malformed ARP message.</summary>
    MalformedArp,
    /// <summary>An ARP reply nobody asked for.</summary>
    UnaskedArp,
    /// <summary>Another station uses our address.</summary>
    AddressConflict,
    /// <summary>Malformed IPv4 packet, wrong checksum included.</summary>
    MalformedIpv4,
    /// <summary>A source no packet may come from: ours, a group, unspecified, loopback.</summary>
    BadSource,
    /// <summary>A packet for another address.</summary>
    OtherAddress,
    /// <summary>A packet whose sender chose the route.</summary>
    SourceRoute,
    /// <summary>A fragment that contradicts another, or whose packet was given up.</summary>
    BadFragment,
    /// <summary>Malformed ICMP message.</summary>
    MalformedIcmp,
    /// <summary>More echoes than we answer.</summary>
    TooManyEchoes,
    /// <summary>An ICMP error about nothing of ours.</summary>
    UnaskedIcmp,
    /// <summary>Malformed UDP datagram, wrong checksum included.</summary>
    MalformedUdp,
    /// <summary>A datagram for a port nobody has bound.</summary>
    NoSocket,
    /// <summary>A datagram for a socket whose queue is full.</summary>
    SocketFull,
    /// <summary>Malformed TCP segment, wrong checksum and impossible flags included.</summary>
    MalformedTcp,
    /// <summary>A segment for no connection of ours.</summary>
    NoConnection,
    /// <summary>A segment its connection refused: outside the window, forged reset and the like.</summary>
    UnacceptableSegment,
    /// <summary>An exception of ours while the frame was handled.</summary>
    Fault,
    /// <summary>The card did not take the frame and the backlog was full.</summary>
    TransmitFull,
    /// <summary>The neighbor did not answer ARP.</summary>
    NeighborSilent,
    /// <summary>Too many packets wait for a neighbor's answer.</summary>
    NeighborQueueFull,
}
