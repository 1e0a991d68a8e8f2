using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>A conversation with the DHCP client: the test is all servers. Times are milliseconds since the
/// start.</summary>
internal sealed class DhcpTalk
{
    private readonly StackTalk _stack;
    private readonly Instant _startedAt;
    private readonly CancellationTokenSource _stop = new();
    private Task<DhcpLease>? _run;
    private uint _xid;

    public DhcpTalk(DhcpIdentity? identity = null, bool configured = false)
    {
        _stack = new StackTalk(configured);
        _startedAt = _stack.Clock.Now;
        var client = new DhcpClient(_stack.Pump, _stack.Stack, new SeededEntropy(7));
        _stack.Pump.Run(() =>
        {
            _run = client.RunAsync(_stack.Net0, identity ?? new DhcpIdentity { Architecture = 7 }, _stop.Token);
            return Task.CompletedTask;
        });
    }

    public NetworkInterface Net0 => _stack.Net0;
    public NetworkStack Stack => _stack.Stack;
    public bool IsDone => _run!.IsCompleted;
    public int Seconds { get; private set; }

    /// <summary>Nothing is sent before that time, and then a message of that type.</summary>
    public byte[] Expect(int atMs, DhcpMessageType type, ushort port = 67)
    {
        if (atMs > ElapsedMs) Silence(atMs - 1);
        RunTo(atMs);
        Assert.True(EthernetView.TryRead(_stack.TakeSent(), out EthernetView frame, out _));
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.True(UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView datagram, out _));
        Assert.Equal((68, port), (datagram.SourcePort, datagram.TargetPort));
        Assert.True(DhcpView.TryRead(datagram.Payload, out DhcpView message, out _));
        Assert.Equal(type, message.Type);
        Assert.False(message.IsReply);
        _xid = message.Xid;
        Seconds = message.Seconds;
        return datagram.Payload.ToArray();
    }

    public void ExpectDiscover(int atMs) => Expect(atMs, DhcpMessageType.Discover);

    public void ExpectRequest(int atMs, Ipv4Address server, Ipv4Address address)
    {
        byte[] bytes = Expect(atMs, DhcpMessageType.Request);
        Assert.True(DhcpView.TryRead(bytes, out DhcpView message, out _));
        Assert.Equal(server, message.ServerId);
        Assert.Equal(address, message.FindAddress(DhcpOption.RequestedAddress));
    }

    public void Silence(int untilMs)
    {
        RunTo(untilMs);
        _stack.ExpectSilence();
    }

    public void Send(int atMs, DhcpReply reply)
    {
        RunTo(atMs);
        byte[] datagram = Frames.UdpDatagram(reply.Source, reply.SourcePort, reply.SentTo, 68, reply.Message(_xid));
        byte[] packet = Frames.Packet(new Ipv4Header(reply.Source, reply.SentTo, IpProtocol.Udp, 1), datagram);
        MacAddress target = reply.SentTo.IsBroadcast ? MacAddress.Broadcast : Cast.OurMac;
        _stack.Deliver(Frames.Ethernet(Cast.PeerMac, target, EtherType.Ipv4, packet));
        _stack.Run(0);
    }

    /// <summary>The switch speaks.</summary>
    public void Deliver(int atMs, byte[] frame)
    {
        RunTo(atMs);
        _stack.Deliver(frame);
    }

    /// <summary>Answers the question for the proxy's station that precedes a packet to it.</summary>
    public void Introduce(Ipv4Address address, MacAddress mac)
    {
        ArpMessage question = _stack.ExpectArp(MacAddress.Broadcast);
        Assert.Equal(address, question.TargetAddress);
        _stack.Deliver(Frames.Arp(
            Cast.OurMac, new ArpMessage(ArpOperation.Reply, mac, address, Cast.OurMac, question.SourceAddress)));
        _stack.Run(0);
    }

    /// <summary>The address taken is announced.</summary>
    public void ExpectAnnouncement() =>
        Assert.Equal(Net0.Ipv4!.Address, _stack.ExpectArp(MacAddress.Broadcast).TargetAddress);

    public void Unreachable(byte[] aboutFrame) => _stack.Deliver(Frames.Unreachable(UnreachableCode.Port, aboutFrame));

    public byte[] TakeFrame() => _stack.TakeSent();

    public void Stop(int atMs)
    {
        RunTo(atMs);
        _stop.Cancel();
        _stack.Run(0);
    }

    public DhcpLease Lease()
    {
        Assert.True(IsDone);
        return _run!.GetAwaiter().GetResult();
    }

    public BootFailure Failure()
    {
        Assert.True(IsDone);
        return Assert.Throws<BootFailure>(() => _run!.GetAwaiter().GetResult());
    }

    public void RunTo(int atMs)
    {
        Assert.True(atMs >= ElapsedMs, $"{atMs} ms is past");
        _stack.Run(atMs - ElapsedMs);
    }

    private int ElapsedMs => (int)(_stack.Clock.Now - _startedAt).Milliseconds;
}
