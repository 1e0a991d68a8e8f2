using System;
using Bootlace.Boot;
using Bootlace.Net;
using Bootlace.Tests.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what <c>ifstat</c>, <c>nstat</c> and <c>ipstat</c> say of a network that has seen some traffic
/// (spec/ipxe-compat.md 2.4).</summary>
public class InterfaceTextTests
{
    private readonly StackTalk _talk = new();

    private string Ifstat(ushort? pciAddress = null) => InterfaceText.Describe(_talk.Net0, pciAddress);

    [Fact]
    public void IfstatNamesTheCardAndItsLink()
    {
        Assert.Equal(
            "net0: 52:54:00:00:00:01 using SNP (Ethernet) [open]\n  [Link:up, TX:1 TXE:0 RX:0 RXE:0]\n", Ifstat());
        Assert.StartsWith("net0: 52:54:00:00:00:01 using SNP on 0000:81:1f.7 (Ethernet) [open]\n", Ifstat(0x81ff));
        _talk.Device.IsLinkUp = false;
        _talk.Net0.Close();
        Assert.EndsWith(
            " [closed]\n  [Link:down, TX:1 TXE:0 RX:0 RXE:0]\n  [Link status: Down]\n", Ifstat());
    }

    [Fact]
    public void IfstatSaysThatTheSwitchBlocksThePort()
    {
        _talk.Deliver(PortStateTests.Tree());
        Assert.Contains("  [Link:up (blocked), TX:1 TXE:0 RX:1 RXE:0]\n", Ifstat());
    }

    [Fact]
    public void IfstatSaysWhatWasWrongWithFrames()
    {
        byte[] forOthers = Frames.IcmpEcho(1, 1, []);
        Cast.StrangerMac.Write(forOthers);
        _talk.Deliver(forOthers, forOthers, Frames.Udp(9, 9, [1]), [1, 2, 3]);
        string text = Ifstat();
        Assert.Contains("RX:4 RXE:4]\n", text);
        Assert.Contains("  [RXE: 2 x \"For another station\"]\n", text);
        Assert.Contains("  [RXE: 1 x \"Nobody listens on the UDP port\"]\n", text);
        Assert.Contains("  [RXE: 1 x \"Malformed frame\"]\n", text);
    }

    [Fact]
    public void NstatListsTheStationsKnownAndAskedFor()
    {
        _talk.Introduce();
        using UdpSocket socket = _talk.Stack.BindUdp(null, 0);
        socket.Send(Cast.StrangerIp, 9, []);
        Assert.Equal(
            "net0 IPv4 10.0.0.2 is Ethernet 52:54:00:00:00:02\n"
            + "net0 IPv4 10.0.0.4 is Ethernet 00:00:00:00:00:00 (incomplete)\n",
            InterfaceText.DescribeNeighbors(_talk.Net0));
        _talk.Net0.Close();
        Assert.Equal("", InterfaceText.DescribeNeighbors(_talk.Net0));
    }

    [Fact]
    public void IpstatCountsPackets()
    {
        _talk.Introduce();   // a datagram of 28 bytes
        var elsewhere = new Ipv4Header(Cast.PeerIp, Cast.StrangerIp, IpProtocol.Udp, 1);
        var unknown = new Ipv4Header(Cast.PeerIp, Cast.OurIp, new IpProtocol(99), 1);
        byte[] broken = Frames.IcmpEcho(1, 1, []);
        broken[14] = 0x75;   // version 7
        _talk.Deliver(
            Frames.IcmpEcho(1, 1, new byte[20]), Frames.Ipv4(elsewhere, []), Frames.Ipv4(unknown, []), broken);
        _talk.Stack.BindUdp(_talk.Net0, 0).Send(Ipv4Address.Broadcast, 9, []);
        BootFailure failure = Assert.Throws<BootFailure>(() => Lost());
        Assert.Equal(NetFailure.NoRoute, failure.Kind);
        Assert.Equal(
            "IPv4:\n"
            + "  InReceives:4 InBcastPkts:0 InOctets:186\n"
            + "  InHdrErrors:1 InAddrErrors:1 InUnknownProtos:1\n"
            + "  ReasmReqds:0 ReasmOKs:0 ReasmFails:0\n"
            + "  InDelivers:1 OutRequests:3 OutNoRoutes:1\n"
            + "  OutTransmits:3 OutBcastPkts:1 OutOctets:104\n",
            InterfaceText.Describe(_talk.Stack.PacketCounters));
    }

    [Fact]
    public void EveryReasonHasWordsOfItsOwn()
    {
        foreach (DropReason reason in Enum.GetValues<DropReason>())
        {
            Assert.DoesNotContain("Reason", DropReasons.Describe(reason));
            Assert.InRange((int)reason, 0, DropReasons.Count - 1);
        }
        Assert.Equal(DropReasons.Count, Enum.GetValues<DropReason>().Length);
    }

    private void Lost()
    {
        _talk.Net0.Configure(null);
        using UdpSocket socket = _talk.Stack.BindUdp(null, 0);
        socket.Send(Cast.FarIp, 9, []);
    }
}
