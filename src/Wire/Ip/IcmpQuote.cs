namespace Bootlace.Wire;

/// <summary>What an ICMP error quotes of the packet it is about: enough to find the socket. Source is us. The sequence
/// number means something for TCP only: an error that does not quote one in flight is forged (RFC 5927).</summary>
public readonly record struct IcmpQuote(
    Ipv4Address Source,
    Ipv4Address Target,
    IpProtocol Protocol,
    ushort SourcePort,
    ushort TargetPort,
    SeqNumber Sequence);
