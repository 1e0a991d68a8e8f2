using System;

namespace Bootlace.Wire;

/// <summary>An ARP message for IPv4 on Ethernet (RFC 826).</summary>
public readonly ref struct ArpView
{
    private readonly ReadOnlySpan<byte> _bytes;

    private ArpView(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Reads a message; other hardware, other protocols and other address lengths are refused.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ArpView view, out ParseError error)
    {
        view = default;
        error = ParseError.TooShort;
        if (bytes.Length < ArpMessage.Bytes) return false;
        error = ParseError.BadKind;
        if (BigEndian.ReadU16(bytes, ArpMessage.HardwareOffset) != ArpMessage.HardwareEthernet) return false;
        if (BigEndian.ReadU16(bytes, ArpMessage.ProtocolOffset) != EtherType.Ipv4.Value) return false;
        error = ParseError.BadLength;
        if (bytes[ArpMessage.LengthsOffset] != MacAddress.Bytes) return false;
        if (bytes[ArpMessage.LengthsOffset + 1] != Ipv4Address.Bytes) return false;
        error = ParseError.None;
        view = new ArpView(bytes[..ArpMessage.Bytes]);
        return true;
    }

    /// <summary>Request, reply, or something else.</summary>
    public ArpOperation Operation => new(BigEndian.ReadU16(_bytes, ArpMessage.OperationOffset));

    /// <summary>The sender's station address.</summary>
    public MacAddress SourceMac => MacAddress.Read(_bytes[ArpMessage.SourceMacOffset..]);

    /// <summary>The sender's IPv4 address; 0.0.0.0 in a probe.</summary>
    public Ipv4Address SourceAddress => Ipv4Address.Read(_bytes[ArpMessage.SourceAddressOffset..]);

    /// <summary>The station address asked from; meaningless in a request.</summary>
    public MacAddress TargetMac => MacAddress.Read(_bytes[ArpMessage.TargetMacOffset..]);

    /// <summary>The IPv4 address asked for.</summary>
    public Ipv4Address TargetAddress => Ipv4Address.Read(_bytes[ArpMessage.TargetAddressOffset..]);

    /// <summary>All of it as a value.</summary>
    public ArpMessage ToMessage() => new(Operation, SourceMac, SourceAddress, TargetMac, TargetAddress);
}
