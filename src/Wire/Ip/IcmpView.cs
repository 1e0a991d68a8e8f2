using System;

namespace Bootlace.Wire;

/// <summary>An ICMP message (RFC 792).</summary>
public readonly ref struct IcmpView
{
    /// <summary>Length of the header, which all kinds share.</summary>
    public const int HeaderBytes = 8;

    internal const int ChecksumOffset = 2, IdentifierOffset = 4, SequenceOffset = 6;

    private readonly ReadOnlySpan<byte> _message;

    private IcmpView(ReadOnlySpan<byte> message) => _message = message;

    /// <summary>Reads a message and verifies its checksum.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IcmpView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < HeaderBytes) return false;
        error = ParseError.BadChecksum;
        if (InternetChecksum.Of(bytes) != 0) return false;
        error = ParseError.None;
        view = new IcmpView(bytes);
        return true;
    }

    /// <summary>The kind of message.</summary>
    public IcmpType Type => new(_message[0]);

    /// <summary>The code within the kind.</summary>
    public byte Code => _message[1];

    /// <summary>The code of an unreachable message.</summary>
    public UnreachableCode UnreachableCode => new(Code);

    /// <summary>An echo's identifier.</summary>
    public ushort Identifier => BigEndian.ReadU16(_message, IdentifierOffset);

    /// <summary>An echo's sequence number.</summary>
    public ushort Sequence => BigEndian.ReadU16(_message, SequenceOffset);

    /// <summary>The MTU that <see cref="UnreachableCode.FragmentationNeeded"/> names; 0 from routers older than RFC
    /// 1191.
    /// </summary>
    public ushort NextHopMtu => BigEndian.ReadU16(_message, SequenceOffset);

    /// <summary>Behind the header: an echo's data, or the start of the packet an error is about.</summary>
    public ReadOnlySpan<byte> Payload => _message[HeaderBytes..];

    /// <summary>Reads addresses, protocol and the first eight payload bytes (the ports) of the packet an error is
    /// about. The quotation is cut short, so neither its length nor its checksum can be verified.</summary>
    public bool TryReadQuote(out IcmpQuote quote)
    {
        quote = default;
        ReadOnlySpan<byte> packet = Payload;
        if (packet.Length < Ipv4View.HeaderBytesMin || packet[0] >> 4 != 4) return false;
        int headerBytes = (packet[0] & 15) * 4;
        if (headerBytes < Ipv4View.HeaderBytesMin || headerBytes > packet.Length - 8) return false;
        quote = new IcmpQuote(
            Ipv4Address.Read(packet[Ipv4View.SourceOffset..]), Ipv4Address.Read(packet[Ipv4View.TargetOffset..]),
            new IpProtocol(packet[Ipv4View.ProtocolOffset]),
            BigEndian.ReadU16(packet, headerBytes), BigEndian.ReadU16(packet, headerBytes + 2),
            new SeqNumber(BigEndian.ReadU32(packet, headerBytes + 4)));
        return true;
    }
}
