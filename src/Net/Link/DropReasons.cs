namespace Bootlace.Net;

/// <summary>The reasons why frames are dropped, in words.</summary>
public static class DropReasons
{
    /// <summary>How many there are, from 0 on.</summary>
    public const int Count = (int)DropReason.NeighborQueueFull + 1;

    /// <summary>A frame that could not be sent; the others were received.</summary>
    public static bool IsOfSending(DropReason reason) => reason >= DropReason.TransmitFull;

    /// <summary>The reason in words.</summary>
    public static string Describe(DropReason reason) => reason switch
    {
        DropReason.InterfaceClosed => "Interface closed",
        DropReason.BadLength => "Impossible length",
        DropReason.MalformedFrame => "Malformed frame",
        DropReason.OtherStation => "For another station",
        DropReason.BadStation => "From our own station or a group",
        DropReason.OtherVlan => "Other VLAN",
        DropReason.OtherProtocol => "Unknown protocol",
        DropReason.MalformedLldp => "Malformed LLDP message",
        DropReason.MalformedPortState => "Malformed message about the switch's port",
        DropReason.MalformedArp => "Malformed ARP message",
        DropReason.UnaskedArp => "ARP reply nobody asked for",
        DropReason.AddressConflict => "Another station uses our address",
        DropReason.MalformedIpv4 => "Malformed IPv4 packet",
        DropReason.BadSource => "Impossible source address",
        DropReason.OtherAddress => "For another address",
        DropReason.SourceRoute => "Source-routed packet",
        DropReason.BadFragment => "Contradicting fragment",
        DropReason.MalformedIcmp => "Malformed ICMP message",
        DropReason.TooManyEchoes => "Too many pings",
        DropReason.UnaskedIcmp => "ICMP message about nothing of ours",
        DropReason.MalformedUdp => "Malformed UDP datagram",
        DropReason.NoSocket => "Nobody listens on the UDP port",
        DropReason.SocketFull => "Receiver too slow",
        DropReason.MalformedTcp => "Malformed TCP segment",
        DropReason.NoConnection => "No such TCP connection",
        DropReason.UnacceptableSegment => "Unacceptable TCP segment",
        DropReason.Fault => "Fault of the loader",
        DropReason.TransmitFull => "Card too slow",
        DropReason.NeighborSilent => "No answer to ARP",
        DropReason.NeighborQueueFull => "Too many packets wait for ARP",
        _ => $"Reason {(int)reason}",
    };
}
