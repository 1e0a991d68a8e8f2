using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects UDP: what is sent and received, waiting, bounded queues, refusals.</summary>
public class UdpSocketTests
{
    private readonly StackTalk _talk = new();

    [Fact]
    public void ADatagramGoesOutToTheStationArpNames()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        socket.Send(Cast.PeerIp, 69, "hello"u8);
        ArpMessage question = _talk.ExpectArp(MacAddress.Broadcast);
        Assert.Equal(new ArpMessage(ArpOperation.Request, Cast.OurMac, Cast.OurIp, default, Cast.PeerIp), question);
        _talk.Deliver(Frames.ArpReply(Cast.PeerMac, Cast.PeerIp));
        byte[] sent = _talk.TakeSent();
        Assert.True(EthernetView.TryRead(sent, out EthernetView frame, out _));
        Assert.Equal(Cast.PeerMac, frame.Target);
        Assert.Equal(60, sent.Length);
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.True(UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView datagram, out _));
        Assert.Equal(Cast.OurIp, packet.Source);
        Assert.Equal(5000, datagram.SourcePort);
        Assert.Equal(69, datagram.TargetPort);
        Assert.Equal("hello"u8.ToArray(), datagram.Payload.ToArray());
        _talk.ExpectSilence();
    }

    [Fact]
    public void AReceivedDatagramEndsTheWait()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        _talk.Device.Deliver(Frames.Udp(69, 5000, "answer"u8));
        Assert.True(_talk.Wait(socket, 1000));
        Assert.True(socket.TryReceive(out UdpDatagram datagram));
        Assert.Equal(Cast.PeerIp, datagram.Source.Ipv4);
        Assert.Equal(69, datagram.SourcePort);
        Assert.Same(_talk.Net0, datagram.Interface);
        Assert.Equal("answer"u8.ToArray(), datagram.Payload.ToArray());
        Assert.False(socket.TryReceive(out _));
    }

    [Fact]
    public void AWaitEndsAtItsDeadline()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        Instant start = _talk.Clock.Now;
        Assert.False(_talk.Wait(socket, 250));
        Assert.Equal(250, (_talk.Clock.Now - start).Milliseconds);
    }

    [Fact]
    public void AWaitCanBeCancelled()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        using var stop = new CancellationTokenSource();
        _talk.Pump.Schedule(Duration.FromMilliseconds(30), stop.Cancel);
        Instant start = _talk.Clock.Now;
        Assert.Throws<OperationCanceledException>(() =>
            _talk.Pump.Run(() => socket.WaitAsync(Instant.Never, stop.Token).AsTask()));
        Assert.Equal(30, (_talk.Clock.Now - start).Milliseconds);
        Assert.False(_talk.Wait(socket, 10));   // and the socket can be used on
    }

    [Fact]
    public void WaitingAgainAndAgainAllocatesNothing()
    {
        _talk.Introduce();
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        byte[] frame = Frames.Udp(69, 5000, new byte[512]);
        byte[] buffer = new byte[2048];
        void Once()
        {
            _talk.Device.Deliver(frame);
            _talk.Stack.Poll(_talk.Clock.Now);
            Assert.True(socket.WaitAsync(_talk.Clock.Now, CancellationToken.None).Result);
            Assert.True(socket.TryReceive(out _));
            socket.TryReceive(out _);
        }
        for (int i = 0; i < 100; i++) Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Once();
        long perDatagram = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        Assert.InRange(perDatagram, 0, frame.Length + 64);   // the copy that the test's card keeps, and nothing else
    }

    [Fact]
    public void BeforeThereIsAnAddressBroadcastsGoOutAndOffersComeIn()
    {
        var talk = new StackTalk(configured: false);
        UdpSocket socket = talk.Stack.BindUdp(talk.Net0, 68);
        socket.Send(Ipv4Address.Broadcast, 67, "discover"u8);
        byte[] sent = talk.TakeSent();
        Assert.True(EthernetView.TryRead(sent, out EthernetView frame, out _));
        Assert.True(frame.Target.IsBroadcast);
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.True(packet.Source.IsUnspecified);
        Assert.True(packet.Target.IsBroadcast);
        talk.Deliver(Frames.Udp(67, 68, "offer"u8));   // sent to the address that it offers
        Assert.True(talk.Wait(socket, 10));
        Assert.Equal(NetFailure.NoRoute, Assert.Throws<BootFailure>(() => socket.Send(Cast.PeerIp, 67, [])).Kind);
    }

    [Fact]
    public void AFullQueueDropsAndCounts()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000, queueBytes: 2000);
        for (int i = 0; i < 5; i++) _talk.Deliver(Frames.Udp(69, 5000, new byte[900]));
        Assert.Equal(3, socket.Overflows);
        Assert.Equal(3, _talk.Drops(DropReason.SocketFull));
        Assert.True(socket.TryReceive(out _));
        Assert.True(socket.TryReceive(out _));
        Assert.False(socket.TryReceive(out _));
    }

    [Fact]
    public void TheQueueKeepsOrderAndBytesAcrossItsEnd()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000, queueBytes: 2000);
        var random = new Random(3);
        int sent = 0, received = 0;
        while (received < 500)
        {
            if (random.Next(2) == 0)
            {
                byte[] payload = new byte[random.Next(0, 700)];
                Array.Fill(payload, (byte)sent);
                long overflows = socket.Overflows;
                _talk.Deliver(Frames.Udp(69, 5000, payload));
                if (socket.Overflows == overflows && payload.Length > 0) sent++;
                continue;
            }
            if (!socket.TryReceive(out UdpDatagram datagram) || datagram.Payload.Length == 0) continue;
            Assert.Equal(-1, datagram.Payload.IndexOfAnyExcept((byte)received));
            received++;
        }
    }

    [Fact]
    public void ARefusedPortEndsTheWaitWithAFailure()
    {
        _talk.Introduce();
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        socket.Send(Cast.PeerIp, 69, "x"u8);
        byte[] sent = _talk.TakeSent();
        ValueTask<bool> wait = socket.WaitAsync(Instant.Never, CancellationToken.None);
        _talk.Deliver(Frames.Unreachable(UnreachableCode.Port, sent));
        Assert.Equal(NetFailure.PortUnreachable, Assert.Throws<BootFailure>(() => wait.Result).Kind);
        Assert.False(_talk.Wait(socket, 1));   // said once
    }

    [Fact]
    public void ARefusalOfSomethingWeDidNotSendIsIgnored()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        byte[] forged = Frames.Udp(5000, 70, "x"u8);
        _talk.Deliver(Frames.Unreachable(UnreachableCode.Port, forged));
        Assert.False(_talk.Wait(socket, 1));
        Assert.Equal(1, _talk.Drops(DropReason.UnaskedIcmp));
    }

    [Fact]
    public void ADatagramLongerThanTheLinkCarriesIsRefused()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 0);
        int max = socket.PayloadBytesMaxTo(Cast.PeerIp);
        Assert.Equal(1472, max);
        socket.Send(Cast.PeerIp, 69, new byte[max]);
        Assert.Equal(
            NetFailure.DatagramTooLong,
            Assert.Throws<BootFailure>(() => socket.Send(Cast.PeerIp, 69, new byte[max + 1])).Kind);
    }

    [Fact]
    public void APortIsBoundOnce()
    {
        UdpSocket socket = _talk.Stack.BindUdp(null, 5000);
        BootFailure failure = Assert.Throws<BootFailure>(() => _talk.Stack.BindUdp(_talk.Net0, 5000));
        Assert.Equal(NetFailure.PortInUse, failure.Kind);
        socket.Dispose();
        _talk.Stack.BindUdp(_talk.Net0, 5000);
    }

    [Fact]
    public void AFullCardGetsItsFramesLater()
    {
        _talk.Introduce();
        UdpSocket socket = _talk.Stack.BindUdp(null, 0);
        _talk.Device.IsFull = true;
        for (int i = 0; i < 20; i++) socket.Send(Cast.PeerIp, 69, [(byte)i]);
        _talk.ExpectSilence(untilMs: 10);
        _talk.Device.IsFull = false;
        _talk.Run(2);
        Assert.Equal(16, _talk.Device.Sent.Count);
        Assert.Equal(4, _talk.Drops(DropReason.TransmitFull));
        for (int i = 0; i < 16; i++) Assert.Equal(i, _talk.TakeSent()[42]);
    }
}
