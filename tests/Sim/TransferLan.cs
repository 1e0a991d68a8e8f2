using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Tests.Net;
using Bootlace.Tests.Transfer;
using Bootlace.Wire;

namespace Bootlace.Tests.Sim;

/// <summary>A cable with our card at one end and a file server at the other: TFTP on port 69, HTTP on port 80. A seed
/// decides what is lost, doubled and late.</summary>
internal sealed class TransferLan : IPolled
{
    private const ushort TftpPort = 69, TftpSessionPortMin = 30_000;

    private readonly Pump _pump;
    private readonly Random _random;
    private readonly PriorityQueue<(bool ToServer, byte[] Frame), (long, int)> _way = new();
    private readonly Dictionary<ushort, (ModelTftpServer Session, ushort ClientPort)> _tftp = [];
    private readonly Dictionary<ushort, ModelTcpPeer> _tcp = [];
    private readonly Card _card;
    private int _order;
    private ushort _nextTftpPort = TftpSessionPortMin;
    private Instant _lineFreeAt;

    public TransferLan(Pump pump, int seed, int receiveFramesMax = 256)
    {
        _pump = pump;
        _random = new Random(seed);
        _card = new Card(this) { ReceiveFramesMax = receiveFramesMax };
        CardFrames = receiveFramesMax;
        Http = new ModelHttpServer();
        pump.Add(this);
    }

    public INetworkDevice Device => _card;
    public ModelHttpServer Http { get; }

    /// <summary>Makes the TFTP session for a request; null: the server does not listen.</summary>
    public Func<ModelTftpServer>? Tftp { get; set; }

    /// <summary>How many frames the card holds in truth.</summary>
    public int CardFrames { get; init; }

    public double LossPercent { get; init; }
    public double DoublePercent { get; init; }

    /// <summary>Shortest way time, and by how much more it varies: frames overtake each other.</summary>
    public Duration Way { get; init; } = Duration.FromMicroseconds(200);
    public Duration Jitter { get; init; } = Duration.Zero;

    /// <summary>Time a full frame takes toward us; zero: no limit.</summary>
    public Duration FrameTime { get; init; } = Duration.FromMicroseconds(12);

    /// <summary>The server hears and says nothing while this holds.</summary>
    public Func<bool> IsSilent { get; set; } = () => false;

    public long FramesToUs { get; private set; }
    public long BytesToUs { get; private set; }
    public int Overflows => _card.Overflows;
    public int TftpSessions => _tftp.Count;

    public Instant NextDeadline
    {
        get
        {
            Instant next = _way.TryPeek(out _, out (long At, int) first) ? new Instant(first.At) : Instant.Never;
            foreach ((ModelTftpServer session, _) in _tftp.Values) next = Instant.Earlier(next, session.NextDeadline);
            foreach (ModelTcpPeer peer in _tcp.Values) next = Instant.Earlier(next, peer.NextDeadline);
            return next;
        }
    }

    public bool Poll(Instant now)
    {
        bool active = false;
        while (_way.TryPeek(out _, out (long At, int) first) && new Instant(first.At) <= now)
        {
            (bool toServer, byte[] frame) = _way.Dequeue();
            if (toServer && !IsSilent()) HandleAtServer(frame, now);
            else if (!toServer) _card.Deliver(frame);
            active = true;
        }
        foreach ((ushort port, (ModelTftpServer session, ushort clientPort)) in _tftp)
            foreach (byte[] packet in session.Poll(now)) SendUdp(port, clientPort, packet);
        foreach (ModelTcpPeer peer in _tcp.Values) peer.Poll(now);
        return active;
    }

    /// <summary>Ends every TCP connection with a reset, as a server does that is stopped.</summary>
    public void ResetConnections()
    {
        foreach (ModelTcpPeer peer in _tcp.Values) peer.Reset();
    }

    private void HandleAtServer(byte[] bytes, Instant now)
    {
        if (!EthernetView.TryRead(bytes, out EthernetView frame, out _)) return;
        if (frame.Type == EtherType.Arp && ArpView.TryRead(frame.Payload, out ArpView arp, out _))
        {
            ArpMessage asked = arp.ToMessage();
            if (asked.Operation == ArpOperation.Request && asked.TargetAddress == Cast.PeerIp)
                Carry(false, Frames.ArpReply(Cast.PeerMac, Cast.PeerIp));
            return;
        }
        if (frame.Type != EtherType.Ipv4 || !Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _)) return;
        if (packet.Target != Cast.PeerIp) return;
        if (UdpView.TryRead(packet.Payload, packet.Source, packet.Target, out UdpView udp, out _)
            && packet.Protocol == IpProtocol.Udp)
            HandleUdp(udp, bytes, now);
        else if (packet.Protocol == IpProtocol.Tcp && TcpView.TryRead(
            packet.Payload, packet.Source, packet.Target, out TcpView segment, out TcpOptions options, out _))
            HandleTcp(segment, options, now);
    }

    private void HandleUdp(in UdpView datagram, byte[] frame, Instant now)
    {
        ushort port = datagram.TargetPort;
        if (port == TftpPort && Tftp is not null)
        {
            port = _nextTftpPort++;
            _tftp[port] = (Tftp(), datagram.SourcePort);
        }
        if (!_tftp.TryGetValue(port, out (ModelTftpServer Session, ushort ClientPort) found))
        {
            Carry(false, Frames.Unreachable(UnreachableCode.Port, frame));
            return;
        }
        foreach (byte[] packet in found.Session.Handle(datagram.Payload.ToArray(), now))
            SendUdp(port, found.ClientPort, packet);
    }

    private void HandleTcp(in TcpView segment, in TcpOptions options, Instant now)
    {
        if (!_tcp.TryGetValue(segment.SourcePort, out ModelTcpPeer? peer))
        {
            if (!Http.IsListening || (segment.Flags & TcpFlags.Syn) == 0)
            {
                if ((segment.Flags & TcpFlags.Rst) == 0) SendTcp(ModelTcpPeer.Refusal(segment), []);
                return;
            }
            peer = new ModelTcpPeer(segment.SourcePort, Http.Accept(), SendTcp);
            _tcp[segment.SourcePort] = peer;
        }
        peer.Handle(segment, options, now);
    }

    private void SendUdp(ushort from, ushort to, byte[] payload) => Carry(false, Frames.Udp(from, to, payload));

    private void SendTcp(TcpHeader header, byte[] payload)
    {
        byte[] segment = new byte[header.Bytes + payload.Length];
        payload.CopyTo(segment, header.Bytes);
        header.Emit(segment, Cast.PeerIp, Cast.OurIp);
        Carry(false, Frames.Ipv4(new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Tcp, 1), segment));
    }

    private void Carry(bool toServer, byte[] frame)
    {
        if (!toServer && IsSilent()) return;
        if (_random.NextDouble() * 100 < LossPercent) return;
        for (int copies = _random.NextDouble() * 100 < DoublePercent ? 2 : 1; copies > 0; copies--)
        {
            Instant at = _pump.Now + Way + new Duration((long)(_random.NextDouble() * Jitter.Microseconds));
            if (!toServer)
            {
                FramesToUs++;
                BytesToUs += frame.Length;
                _lineFreeAt = (_lineFreeAt > _pump.Now ? _lineFreeAt : _pump.Now) + FrameTime;
                at += _lineFreeAt - _pump.Now;
            }
            _way.Enqueue((toServer, frame), (at.Microseconds, _order++));
        }
    }

    private sealed class Card(TransferLan lan) : INetworkDevice
    {
        private readonly Queue<byte[]> _ring = new();

        public MacAddress Address => Cast.OurMac;
        public int FrameBytesMax => 1514;
        public int ReceiveFramesMax { get; init; }
        public bool IsLinkUp => true;
        public int Overflows { get; private set; }

        public void Deliver(byte[] frame)
        {
            if (_ring.Count < lan.CardFrames) _ring.Enqueue(frame);
            else Overflows++;
        }

        public bool Send(ReadOnlySpan<byte> frame)
        {
            lan.Carry(true, frame.ToArray());
            return true;
        }

        public int Receive(Span<byte> frame)
        {
            if (!_ring.TryDequeue(out byte[]? next)) return 0;
            next.CopyTo(frame);
            return next.Length;
        }
    }
}
