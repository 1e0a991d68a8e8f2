namespace Bootlace.Net;

/// <summary>What IPv4 has seen on all interfaces together, by the names of RFC 4293.</summary>
public sealed class Ipv4Counters
{
    /// <summary>InReceives: packets that arrived, whatever became of them.</summary>
    public long Received { get; internal set; }
    /// <summary>InOctets: their bytes.</summary>
    public long ReceivedBytes { get; internal set; }
    /// <summary>InBcastPkts: those to everybody.</summary>
    public long ReceivedBroadcasts { get; internal set; }
    /// <summary>InHdrErrors: malformed ones.</summary>
    public long HeaderErrors { get; internal set; }
    /// <summary>InAddrErrors: for somebody else, or from where no packet comes.</summary>
    public long AddressErrors { get; internal set; }
    /// <summary>InUnknownProtos: of a protocol we do not speak.</summary>
    public long UnknownProtocols { get; internal set; }
    /// <summary>ReasmReqds: fragments.</summary>
    public long Fragments { get; internal set; }
    /// <summary>ReasmOKs: packets put together of them.</summary>
    public long Reassembled { get; internal set; }
    /// <summary>ReasmFails: fragments that contradict others.</summary>
    public long FragmentsRefused { get; internal set; }
    /// <summary>InDelivers: handed to a protocol.</summary>
    public long Delivered { get; internal set; }
    /// <summary>OutRequests: packets of ours.</summary>
    public long Requested { get; internal set; }
    /// <summary>OutNoRoutes: ways asked for in vain.</summary>
    public long NoRoutes { get; internal set; }
    /// <summary>OutTransmits: sent, or waiting for a neighbor's address.</summary>
    public long Sent { get; internal set; }
    /// <summary>OutOctets: their bytes.</summary>
    public long SentBytes { get; internal set; }
    /// <summary>OutBcastPkts: those to everybody.</summary>
    public long SentBroadcasts { get; internal set; }
}
