using System;
using Bootlace.Wire;

namespace Bootlace.Tests.Net;

/// <summary>Builds whole frames for tests, right or with one thing wrong.</summary>
internal static class Frames
{
    public static byte[] Ethernet(MacAddress source, MacAddress target, EtherType type, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[Math.Max(60, 14 + payload.Length)];
        new EthernetHeader(target, source, type).Emit(frame);
        payload.CopyTo(frame.AsSpan(14));
        return frame;
    }

    public static byte[] Arp(MacAddress target, in ArpMessage message)
    {
        byte[] bytes = new byte[ArpMessage.Bytes];
        message.Emit(bytes);
        return Ethernet(message.SourceMac, target, EtherType.Arp, bytes);
    }

    public static byte[] ArpReply(MacAddress mac, Ipv4Address address) =>
        Arp(Cast.OurMac, new ArpMessage(ArpOperation.Reply, mac, address, Cast.OurMac, Cast.OurIp));

    public static byte[] Packet(in Ipv4Header header, ReadOnlySpan<byte> payload)
    {
        byte[] packet = new byte[Ipv4Header.Bytes + payload.Length];
        header.Emit(packet, payload.Length);
        payload.CopyTo(packet.AsSpan(Ipv4Header.Bytes));
        return packet;
    }

    public static byte[] Ipv4(in Ipv4Header header, ReadOnlySpan<byte> payload) =>
        Ethernet(Cast.PeerMac, Cast.OurMac, EtherType.Ipv4, Packet(header, payload));

    public static byte[] UdpDatagram(
        Ipv4Address source, ushort sourcePort, Ipv4Address target, ushort targetPort, ReadOnlySpan<byte> payload)
    {
        byte[] datagram = new byte[UdpView.HeaderBytes + payload.Length];
        payload.CopyTo(datagram.AsSpan(UdpView.HeaderBytes));
        new UdpHeader(sourcePort, targetPort).Emit(datagram, source, target);
        return datagram;
    }

    public static byte[] Udp(ushort sourcePort, ushort targetPort, ReadOnlySpan<byte> payload) => Ipv4(
        new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Udp, 1),
        UdpDatagram(Cast.PeerIp, sourcePort, Cast.OurIp, targetPort, payload));

    public static byte[] IcmpEcho(ushort identifier, ushort sequence, ReadOnlySpan<byte> data)
    {
        byte[] message = new byte[IcmpView.HeaderBytes + data.Length];
        data.CopyTo(message.AsSpan(IcmpView.HeaderBytes));
        new IcmpEcho(IsReply: false, identifier, sequence).Emit(message);
        return Ipv4(new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Icmp, 1), message);
    }

    /// <summary>An unreachable message about a frame we sent.</summary>
    public static byte[] Unreachable(UnreachableCode code, ReadOnlySpan<byte> aboutFrame)
    {
        if (!Ipv4View.TryRead(aboutFrame[14..], out Ipv4View packet, out ParseError error))
            throw new ArgumentException(error.ToString());
        byte[] message = new byte[64];
        int length = new IcmpUnreachable(code).Emit(message, packet);
        return Ipv4(new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Icmp, 1), message.AsSpan(0, length));
    }
}
