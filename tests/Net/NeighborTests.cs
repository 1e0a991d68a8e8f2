using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects ARP: who is asked when, whose word changes what we believe, bounded memory.</summary>
public class NeighborTests
{
    private readonly StackTalk _talk = new();
    private readonly UdpSocket _socket;

    public NeighborTests() => _socket = _talk.Stack.BindUdp(null, 5000);

    private void Send(byte content = 0) => _socket.Send(Cast.PeerIp, 9, [content]);

    private void ExpectDatagram(MacAddress target, byte content = 0)
    {
        byte[] sent = _talk.TakeSent();
        Assert.True(EthernetView.TryRead(sent, out EthernetView frame, out _));
        Assert.Equal(EtherType.Ipv4, frame.Type);
        Assert.Equal(target, frame.Target);
        Assert.Equal(content, sent[42]);
    }

    private static byte[] Gratuitous(MacAddress mac, Ipv4Address address) =>
        Frames.Arp(MacAddress.Broadcast, new ArpMessage(ArpOperation.Request, mac, address, default, address));

    [Fact]
    public void AConfiguredAddressIsAnnounced()
    {
        var talk = new StackTalk(configured: false);
        talk.Net0.Configure(new Ipv4Configuration(Cast.OurIp, 24));
        ArpMessage announcement = talk.ExpectArp(MacAddress.Broadcast);
        Assert.Equal(
            new ArpMessage(ArpOperation.Request, Cast.OurMac, Cast.OurIp, default, Cast.OurIp), announcement);
    }

    [Fact]
    public void QuestionsAboutOurAddressAreAnswered()
    {
        _talk.Deliver(Frames.Arp(
            MacAddress.Broadcast,
            new ArpMessage(ArpOperation.Request, Cast.PeerMac, Cast.PeerIp, default, Cast.OurIp)));
        Assert.Equal(
            new ArpMessage(ArpOperation.Reply, Cast.OurMac, Cast.OurIp, Cast.PeerMac, Cast.PeerIp),
            _talk.ExpectArp(Cast.PeerMac));
    }

    [Fact]
    public void QuestionsAboutOthersAreNot()
    {
        _talk.Deliver(Frames.Arp(
            MacAddress.Broadcast,
            new ArpMessage(ArpOperation.Request, Cast.PeerMac, Cast.PeerIp, default, Cast.GatewayIp)));
        _talk.ExpectSilence();
    }

    [Fact]
    public void AQuestionIsRepeatedEverLaterAndThenGivenUp()
    {
        Send();
        _talk.ExpectArp(MacAddress.Broadcast);
        foreach (int delay in new[] { 125, 250, 500, 1000, 2000, 3000 })
        {
            _talk.ExpectSilence(delay - 1);
            _talk.Run(1);
            _talk.ExpectArp(MacAddress.Broadcast);
        }
        _talk.ExpectSilence(60_000);
        Assert.Equal(1, _talk.Drops(DropReason.NeighborSilent));
        Assert.Equal(NetFailure.NeighborSilent, Assert.Throws<BootFailure>(() => _talk.Wait(_socket, 1)).Kind);
        Send();
        _talk.ExpectArp(MacAddress.Broadcast);   // a new packet asks anew
    }

    [Fact]
    public void TheLatestPacketsWaitForTheAnswerAndGoOutInOrder()
    {
        for (byte i = 0; i < 10; i++) Send(i);
        _talk.ExpectArp(MacAddress.Broadcast);
        _talk.ExpectSilence();
        _talk.Deliver(Frames.ArpReply(Cast.PeerMac, Cast.PeerIp));
        for (byte i = 6; i < 10; i++) ExpectDatagram(Cast.PeerMac, i);
        _talk.ExpectSilence();
    }

    [Fact]
    public void AKnownNeighborIsVerifiedAfterAWhileWithoutHoldingUpTraffic()
    {
        _talk.Introduce();
        Send();
        ExpectDatagram(Cast.PeerMac);
        _talk.Run(60_000);
        Send();
        _talk.ExpectArp(Cast.PeerMac);   // asked at its own address
        ExpectDatagram(Cast.PeerMac);
        _talk.Deliver(Frames.ArpReply(Cast.PeerMac, Cast.PeerIp));
        _talk.ExpectSilence(10_000);
    }

    [Fact]
    public void AReplacedNeighborIsFoundByBroadcast()
    {
        _talk.Introduce();
        _talk.Run(60_000);
        Send();
        _talk.ExpectArp(Cast.PeerMac);
        ExpectDatagram(Cast.PeerMac);
        _talk.Deliver(Frames.ArpReply(Cast.StrangerMac, Cast.PeerIp));   // not the one that was asked
        Send();
        ExpectDatagram(Cast.PeerMac);
        _talk.Run(125);
        _talk.ExpectArp(Cast.PeerMac);
        _talk.Run(250);
        _talk.ExpectArp(MacAddress.Broadcast);
        _talk.Deliver(Frames.ArpReply(Cast.StrangerMac, Cast.PeerIp));
        Send();
        ExpectDatagram(Cast.StrangerMac);
    }

    [Fact]
    public void AnotherStationWithOurAddressIsCounted()
    {
        _talk.Deliver(Gratuitous(Cast.StrangerMac, Cast.OurIp));
        Assert.Equal(1, _talk.Drops(DropReason.AddressConflict));
        _talk.ExpectSilence();
    }

    [Fact]
    public void E3_OtherAddressLengthsAreRefused()
    {
        foreach (int offset in new[] { 4, 5 })
        {
            foreach (byte length in new byte[] { 0, 1, 3, 5, 7, 8, 16, 255 })
            {
                byte[] frame = Frames.ArpReply(Cast.PeerMac, Cast.PeerIp);
                frame[14 + offset] = length;
                Send();
                _talk.Device.Sent.Clear();
                _talk.Deliver(frame);
                _talk.ExpectSilence();
            }
        }
        Assert.Equal(16, _talk.Drops(DropReason.MalformedArp));
    }

    [Fact]
    public void E3_TenThousandRepliesNobodyAskedForChangeNothing()
    {
        _talk.Introduce();
        long before = GC.GetAllocatedBytesForCurrentThread();
        byte[] frame = Frames.ArpReply(Cast.StrangerMac, Cast.PeerIp);
        for (int i = 0; i < 10_000; i++)
        {
            BigEndian.WriteU32(frame, 14 + 14, 0x0a00_0100 + (uint)i);
            _talk.Device.Deliver(frame);
            _talk.Stack.Poll(_talk.Clock.Now);
        }
        Assert.Equal(10_000, _talk.Drops(DropReason.UnaskedArp));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000 * 100);   // the test's own copies
        Send();
        ExpectDatagram(Cast.PeerMac);
        _talk.ExpectSilence();
    }

    [Fact]
    public void E3_TenThousandNeighborsAskedForStayWithinTheTable()
    {
        for (uint i = 0; i < 10_000; i++) _socket.Send(new Ipv4Address(0x0a00_0000 + 2 + i % 250), 9, [1]);
        Assert.InRange(_talk.Device.Sent.Count, 64, 64);
        Assert.InRange(_talk.Drops(DropReason.NeighborQueueFull), 9_000, 10_000);
        _talk.Run(30_000);
        Assert.Equal(64, _talk.Drops(DropReason.NeighborSilent));
    }

    [Fact]
    public void E4_AGratuitousReplyMakesUsAskTheGatewayWeKnow()
    {
        _talk.Introduce();
        _talk.Run(6_000);
        _talk.Deliver(Gratuitous(Cast.StrangerMac, Cast.PeerIp), Frames.ArpReply(Cast.StrangerMac, Cast.PeerIp));
        _talk.ExpectArp(Cast.PeerMac);
        Send();
        ExpectDatagram(Cast.PeerMac);    // nothing has moved
        _talk.Deliver(Frames.ArpReply(Cast.PeerMac, Cast.PeerIp));
        Send();
        ExpectDatagram(Cast.PeerMac);
        for (int i = 0; i < 1000; i++) _talk.Deliver(Gratuitous(Cast.StrangerMac, Cast.PeerIp));
        _talk.ExpectSilence();           // asked once, not a thousand times
    }

    [Fact]
    public void ARepliesStationAddressMayNotBeAGroup()
    {
        Send();
        _talk.ExpectArp(MacAddress.Broadcast);
        byte[] frame = Frames.ArpReply(Cast.PeerMac, Cast.PeerIp);
        MacAddress.Broadcast.Write(frame.AsSpan(14 + 8));
        _talk.Deliver(frame);
        _talk.ExpectSilence();
        Assert.Equal(1, _talk.Drops(DropReason.BadStation));
    }

    [Fact]
    public void TheGatewayIsAskedForFarAddressesAndRoutesGoBefore()
    {
        _talk.Net0.Configure(new Ipv4Configuration(Cast.OurIp, 24)
        {
            Gateway = Cast.GatewayIp,
            Routes =
            [
                new Ipv4Route(new Ipv4Address(192, 0, 2, 0), 24, new Ipv4Address(10, 0, 0, 77)),
                new Ipv4Route(new Ipv4Address(192, 0, 2, 8), 29, default),
                new Ipv4Route(new Ipv4Address(192, 0, 0, 0), 8, new Ipv4Address(10, 0, 0, 78)),
            ],
        });
        _talk.Device.Sent.Clear();
        (Ipv4Address Target, Ipv4Address NextHop)[] cases =
        [
            (new(10, 0, 0, 9), new(10, 0, 0, 9)),
            (new(198, 51, 100, 1), Cast.GatewayIp),
            (new(192, 0, 2, 1), new(10, 0, 0, 77)),
            (new(192, 0, 2, 9), new(192, 0, 2, 9)),
            (new(192, 168, 0, 1), new(10, 0, 0, 78)),
        ];
        foreach ((Ipv4Address target, Ipv4Address nextHop) in cases)
        {
            _socket.Send(target, 9, []);
            Assert.Equal(nextHop, _talk.ExpectArp(MacAddress.Broadcast).TargetAddress);
        }
    }
}
