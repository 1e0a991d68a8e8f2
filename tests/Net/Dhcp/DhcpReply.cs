using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Tests.Net;

/// <summary>A packet from a DHCP server; only what a test is about is spelt out.</summary>
internal sealed record DhcpReply(DhcpMessageType Type)
{
    public uint? Xid { get; init; }
    public MacAddress Mac { get; init; } = Cast.OurMac;
    public Ipv4Address Your { get; init; } = Cast.OurIp;
    public Ipv4Address NextServer { get; init; }
    public Ipv4Address? ServerId { get; init; } = Cast.PeerIp;
    public Ipv4Address Source { get; init; } = Cast.PeerIp;
    public ushort SourcePort { get; init; } = 67;
    public Ipv4Address SentTo { get; init; } = Ipv4Address.Broadcast;
    public string File { get; init; } = "";
    public byte[] Options { get; init; } = [];

    public static DhcpReply Offer => new(DhcpMessageType.Offer);
    public static DhcpReply Ack => new(DhcpMessageType.Ack);
    public static DhcpReply Nak => new(DhcpMessageType.Nak) { Your = default };

    /// <summary>An offer that says itself where to boot from: no proxy is waited for.</summary>
    public static DhcpReply BootOffer => Offer with { NextServer = Cast.PeerIp, File = "boot.ipxe" };

    /// <summary>From a ProxyDHCP server: no address.</summary>
    public static DhcpReply Proxy => Offer with
    {
        Your = default, ServerId = Cast.GatewayIp, Source = Cast.GatewayIp, Options = Option(60, "PXEClient"),
    };

    public static byte[] Option(byte code, params byte[] value) => [code, (byte)value.Length, .. value];

    public static byte[] Option(byte code, string text) => Option(code, Encoding.ASCII.GetBytes(text));

    public byte[] Message(uint xid)
    {
        byte[] header = new byte[DhcpView.HeaderBytes];
        (header[0], header[1], header[2]) = (2, 1, 6);
        BigEndian.WriteU32(header, 4, Xid ?? xid);
        Your.Write(header.AsSpan(16));
        NextServer.Write(header.AsSpan(20));
        Mac.Write(header.AsSpan(28));
        Encoding.ASCII.GetBytes(File).CopyTo(header, 108);
        BigEndian.WriteU32(header, 236, 0x63825363);
        byte[] type = Type.Value == 0 ? [] : Option(53, Type.Value);
        byte[] server = [];
        if (ServerId is Ipv4Address id)
        {
            server = Option(54, 0, 0, 0, 0);
            id.Write(server.AsSpan(2));
        }
        return [.. header, .. type, .. server, .. Options, 255];
    }
}
