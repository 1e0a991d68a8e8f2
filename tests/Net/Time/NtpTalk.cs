using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>A conversation with the NTP client: the test is all time servers, on our link. Times are milliseconds since
/// the start.</summary>
internal sealed class NtpTalk
{
    private readonly StackTalk _stack = new();
    private readonly Instant _startedAt;
    private readonly CancellationTokenSource _stop = new();
    private Task<long>? _run;
    private ushort _port;
    private byte[] _lastFrame = [];

    public NtpTalk(int servers = 1, long earliest = 0)
    {
        for (byte last = 2; last < 2 + servers; last++) MeetNeighbor(Server(last));
        _startedAt = _stack.Clock.Now;
        var client = new NtpClient(_stack.Pump, _stack.Stack, new SeededEntropy(7));
        IpAddress[] addresses = [.. Enumerable.Range(2, servers).Select(last => (IpAddress)Server((byte)last))];
        _stack.Pump.Run(() =>
        {
            _run = client.AskAsync(addresses, earliest, _stop.Token);
            return Task.CompletedTask;
        });
    }

    public ulong Cookie { get; private set; }
    public HashSet<ulong> Cookies { get; } = [];
    public HashSet<ushort> Ports { get; } = [];
    public bool IsDone => _run!.IsCompleted;
    public long Seconds => _run!.GetAwaiter().GetResult();
    public FailureKind Failure => Assert.Throws<BootFailure>(() => _run!.GetAwaiter().GetResult()).Kind;
    public string Message => Assert.Throws<BootFailure>(() => _run!.GetAwaiter().GetResult()).Message;

    public static Ipv4Address Server(byte last) => new(10, 0, 0, last);

    /// <summary>Nothing is sent before that time, and then a question to that server.</summary>
    public void Expect(int atMs, byte server = 2)
    {
        if (atMs > ElapsedMs)
        {
            RunTo(atMs - 1);
            _stack.ExpectSilence();
        }
        RunTo(atMs);
        _lastFrame = _stack.TakeSent();
        Assert.True(EthernetView.TryRead(_lastFrame, out EthernetView frame, out _));
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.Equal(Server(server), packet.Target);
        Assert.True(UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView datagram, out _));
        Assert.Equal((123, 48), (datagram.TargetPort, datagram.Payload.Length));
        Assert.Equal(0x23, datagram.Payload[0]);
        _port = datagram.SourcePort;
        Cookie = BigEndian.ReadU64(datagram.Payload, 40);
        Assert.True(Cookies.Add(Cookie) && Cookie != 0);
        Ports.Add(_port);
        Assert.False(datagram.Payload[1..40].ContainsAnyExcept((byte)0));   // it says nothing of itself
    }

    /// <summary>An answer; each part can be made wrong.</summary>
    public void Answer(
        ulong transmitted, byte server = 2, ulong? origin = null, byte head = 0x24, byte stratum = 2,
        string reference = "\n\0\0\x01", ushort fromPort = 123, int length = 48)
    {
        byte[] message = new byte[Math.Max(length, 48)];
        message[0] = head;
        message[1] = stratum;
        for (int i = 0; i < 4; i++) message[12 + i] = (byte)reference[i];
        BigEndian.WriteU64(message, 24, origin ?? Cookie);
        BigEndian.WriteU64(message, 40, transmitted);
        byte[] datagram = Frames.UdpDatagram(Server(server), fromPort, Cast.OurIp, _port, message[..length]);
        byte[] packet = Frames.Packet(new Ipv4Header(Server(server), Cast.OurIp, IpProtocol.Udp, 1), datagram);
        _stack.Deliver(Frames.Ethernet(Cast.PeerMac, Cast.OurMac, EtherType.Ipv4, packet));
        _stack.Run(0);
    }

    public void Refuse() => _stack.Deliver(Frames.Unreachable(UnreachableCode.Port, _lastFrame));

    public void Stop()
    {
        _stop.Cancel();
        _stack.Run(0);
        Assert.True(_run!.IsCanceled);
    }

    public void RunTo(int atMs) => _stack.Run(atMs - ElapsedMs);

    private int ElapsedMs => (int)(_stack.Clock.Now - _startedAt).Milliseconds;

    private void MeetNeighbor(Ipv4Address address)
    {
        using UdpSocket socket = _stack.Stack.BindUdp(null, 0);
        socket.Send(address, 9, []);
        _stack.Deliver(Frames.ArpReply(Cast.PeerMac, address));
        _stack.Device.Sent.Clear();
    }
}
