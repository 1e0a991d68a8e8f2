using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>A conversation with the resolver: the test is all DNS servers, on our link. Times are milliseconds since
/// the start.
/// </summary>
internal sealed class DnsTalk
{
    private readonly StackTalk _stack = new();
    private readonly Instant _startedAt;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<IReadOnlyList<IpAddress>> _run;
    private ushort _port;

    public DnsTalk(string host, int servers = 1, params string[] searchList)
    {
        foreach (byte last in new byte[] { 2, 3, 4 }) MeetNeighbor(Server(last));
        var resolver = new DnsResolver(_stack.Pump, _stack.Stack, new SeededEntropy(5))
        {
            Servers = Array.ConvertAll<byte, Ipv4Address>([2, 3, 4], Server)[..servers],
            SearchList = searchList,
        };
        _startedAt = _stack.Clock.Now;
        _run = null!;
        _stack.Pump.Run(() =>
        {
            Started = resolver.ResolveAsync(host, _stop.Token);
            return Task.CompletedTask;
        });
        _run = Started!;
    }

    private Task<IReadOnlyList<IpAddress>>? Started { get; set; }

    public ushort Id { get; private set; }
    public byte[] LastFrame { get; private set; } = [];
    public bool IsDone => _run.IsCompleted;

    public static Ipv4Address Server(byte last) => new(10, 0, 0, last);

    /// <summary>Nothing is sent before that time, and then a question to that server.</summary>
    public void Expect(int atMs, byte server, string name)
    {
        if (atMs > ElapsedMs) Silence(atMs - 1);
        RunTo(atMs);
        LastFrame = _stack.TakeSent();
        Assert.True(EthernetView.TryRead(LastFrame, out EthernetView frame, out _));
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.Equal(Server(server), packet.Target);
        Assert.True(UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView datagram, out _));
        Assert.Equal(53, datagram.TargetPort);
        _port = datagram.SourcePort;
        byte[] query = datagram.Payload.ToArray();
        Id = BigEndian.ReadU16(query, 0);
        query[2] |= 0x80;
        Assert.True(DnsView.TryRead(query, out DnsView view, out _));
        Assert.Equal((name, DnsRecordType.A), (view.QuestionName, view.QuestionType));
    }

    /// <summary>A response: records as "alias=target" or "name=address"; the question is repeated unless told
    /// otherwise.</summary>
    public void Send(
        byte server,
        string question,
        string records,
        int status = 0,
        ushort? id = null,
        ushort fromPort = 53,
        bool truncated = false)
    {
        var bytes = new List<byte>(new byte[12]);
        AddName(bytes, question);
        bytes.AddRange([0, 1, 0, 1]);
        int count = 0;
        foreach (string record in records.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            AddRecord(bytes, record.Split('=')[0], record.Split('=')[1]);
            count++;
        }
        byte[] message = bytes.ToArray();
        BigEndian.WriteU16(message, 0, id ?? Id);
        BigEndian.WriteU16(message, 2, (ushort)(0x8180 | status | (truncated ? 0x0200 : 0)));
        BigEndian.WriteU16(message, 4, 1);
        BigEndian.WriteU16(message, 6, (ushort)count);
        SendRaw(server, message, fromPort);
    }

    public void SendRaw(byte server, byte[] message, ushort fromPort = 53)
    {
        byte[] datagram = Frames.UdpDatagram(Server(server), fromPort, Cast.OurIp, _port, message);
        byte[] packet = Frames.Packet(new Ipv4Header(Server(server), Cast.OurIp, IpProtocol.Udp, 1), datagram);
        _stack.Deliver(Frames.Ethernet(Cast.PeerMac, Cast.OurMac, EtherType.Ipv4, packet));
        _stack.Run(0);
    }

    public void Refuse() => _stack.Deliver(Frames.Unreachable(UnreachableCode.Port, LastFrame));

    public void Silence(int untilMs)
    {
        RunTo(untilMs);
        _stack.ExpectSilence();
    }

    public void Stop()
    {
        _stop.Cancel();
        _stack.Run(0);
    }

    public string Addresses()
    {
        Assert.True(IsDone);
        return string.Join(' ', _run.GetAwaiter().GetResult());
    }

    public FailureKind Failure()
    {
        Assert.True(IsDone);
        return Assert.Throws<BootFailure>(() => _run.GetAwaiter().GetResult()).Kind;
    }

    public void RunTo(int atMs)
    {
        Assert.True(atMs >= ElapsedMs, $"{atMs} ms is past");
        _stack.Run(atMs - ElapsedMs);
    }

    private int ElapsedMs => (int)(_stack.Clock.Now - _startedAt).Milliseconds;

    private void MeetNeighbor(Ipv4Address address)
    {
        using UdpSocket socket = _stack.Stack.BindUdp(null, 0);
        socket.Send(address, 9, []);
        _stack.Deliver(Frames.ArpReply(Cast.PeerMac, address));
        _stack.Device.Sent.Clear();
    }

    private static void AddName(List<byte> bytes, string name)
    {
        byte[] wire = new byte[DnsName.BytesMax];
        Assert.True(DnsName.TryEmit(wire, name, out int length));
        bytes.AddRange(wire[..length]);
    }

    private static void AddRecord(List<byte> bytes, string name, string value)
    {
        AddName(bytes, name);
        bool isAddress = Ipv4Address.TryParse(value, out Ipv4Address address);
        bytes.AddRange([0, (byte)(isAddress ? 1 : 5), 0, 1, 0, 0, 0, 60, 0, 0]);
        int at = bytes.Count;
        if (isAddress)
        {
            byte[] wire = new byte[4];
            address.Write(wire);
            bytes.AddRange(wire);
        }
        else
        {
            AddName(bytes, value);
        }
        bytes[at - 1] = (byte)(bytes.Count - at);
    }
}
