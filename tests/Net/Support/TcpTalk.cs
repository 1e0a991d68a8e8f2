using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>A conversation with one connection, the test being its peer. Numbers are relative: 0 is a side's SYN, 1 its
/// first byte.</summary>
internal sealed class TcpTalk
{
    public const ushort PeerPort = 80;
    public const TcpFlags Syn = TcpFlags.Syn, Ack = TcpFlags.Ack, Fin = TcpFlags.Fin;
    public const TcpFlags Rst = TcpFlags.Rst, Psh = TcpFlags.Psh;
    private const uint PeerIss = 0xffff_ff00;   // so that every longer conversation passes the wrap

    private readonly Task<TcpConnection> _connecting;
    private readonly CancellationTokenSource _stop = new();
    private SeqNumber _ourIss;
    private ushort _ourPort;

    /// <summary>Begins to connect; the SYN is taken from the wire.</summary>
    public TcpTalk(int receiveFramesMax = 1024)
    {
        Link = new StackTalk(receiveFramesMax: receiveFramesMax);
        Link.Introduce();
        _connecting = Start();
        Link.Run(0);
        SynSegment = Take();
        Assert.Equal(Syn, SynSegment.Flags);
        _ourIss = SynSegment.Sequence;
        _ourPort = SynSegment.SourcePort;
    }

    /// <summary>A conversation past its three-way handshake.</summary>
    public static TcpTalk Established(ushort window = 65535, int receiveFramesMax = 1024, TcpOptions? options = null)
    {
        var talk = new TcpTalk(receiveFramesMax);
        talk.Send(Syn | Ack, 0, 1, window: window, options: options ?? UsualOptions);
        talk.Expect(Ack, 1, 1);
        return talk;
    }

    public static TcpOptions UsualOptions => new() { MaxSegmentBytes = 1460, SackPermitted = true };

    public StackTalk Link { get; }
    public Segment SynSegment { get; }
    public TcpConnection Connection => Finish(_connecting);
    public Task<TcpConnection> Connecting => _connecting;
    public void CancelConnecting() => _stop.Cancel();

    /// <summary>What the connection sent, as values.</summary>
    public sealed record Segment(
        SeqNumber Sequence, SeqNumber Acknowledgement, TcpFlags Flags, ushort Window, ushort SourcePort, byte[] Payload,
        TcpOptions Options);

    public void Send(
        TcpFlags flags, int seq, int ack, string payload = "", ushort window = 65535, TcpOptions? options = null) =>
        Link.Deliver(Frame(flags, seq, ack, Encoding.ASCII.GetBytes(payload), window, options));

    public byte[] Frame(
        TcpFlags flags, int seq, int ack, byte[] payload, ushort window = 65535, TcpOptions? options = null)
    {
        var header = new TcpHeader
        {
            SourcePort = PeerPort, TargetPort = _ourPort, Sequence = new SeqNumber(PeerIss) + seq,
            Acknowledgement = (flags & Ack) != 0 ? _ourIss + ack : default, Flags = flags, Window = window,
            Options = options ?? default,
        };
        byte[] segment = new byte[header.Bytes + payload.Length];
        payload.CopyTo(segment, header.Bytes);
        header.Emit(segment, Cast.PeerIp, Cast.OurIp);
        return Frames.Ipv4(new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Tcp, 1), segment);
    }

    public Segment Expect(TcpFlags flags, int seq, int ack, string payload = "")
    {
        Segment segment = Take();
        string expected = $"{flags} {seq} {ack} \"{payload}\"";
        int relativeAck = (segment.Flags & Ack) != 0 ? segment.Acknowledgement - new SeqNumber(PeerIss) : 0;
        string text = Encoding.ASCII.GetString(segment.Payload);
        Assert.Equal(expected, $"{segment.Flags} {segment.Sequence - _ourIss} {relativeAck} \"{text}\"");
        return segment;
    }

    public Segment Expect(TcpFlags flags, int seq, int ack, int payloadBytes)
    {
        Segment segment = Take();
        Assert.Equal(
            (flags, seq, ack, payloadBytes),
            (segment.Flags, segment.Sequence - _ourIss, segment.Acknowledgement - new SeqNumber(PeerIss),
                segment.Payload.Length));
        return segment;
    }

    public void ExpectSilence(int untilMs = 0)
    {
        if (untilMs > 0) Link.Run(untilMs);
        LeaveOutArp();
        Assert.Empty(Link.Device.Sent);
    }

    public Segment Take()
    {
        LeaveOutArp();
        byte[] bytes = Link.TakeSent();
        Assert.True(EthernetView.TryRead(bytes, out EthernetView frame, out _));
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.True(
            TcpView.TryRead(
                packet.Payload, packet.Source, packet.Target, out TcpView view, out TcpOptions options, out _));
        return new Segment(
            view.Sequence, view.Acknowledgement, view.Flags, view.Window, view.SourcePort, view.Payload.ToArray(),
            options);
    }

    /// <summary>Relative numbers of a SACK block.</summary>
    public static (int Start, int End) Relative(SackBlock block) =>
        (block.Start - new SeqNumber(PeerIss), block.End - new SeqNumber(PeerIss));

    public void Write(string text) => Write(Encoding.ASCII.GetBytes(text));

    public void Write(byte[] bytes)
    {
        Link.Pump.Run(() => Connection.WriteAsync(bytes, CancellationToken.None).AsTask());
        Link.Run(0);
    }

    /// <summary>Reads what is there now.</summary>
    public string Read()
    {
        byte[] buffer = new byte[4096];
        int count = Link.Pump.Run(() => Connection.ReadAsync(buffer, CancellationToken.None).AsTask());
        Link.Run(0);
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    /// <summary>Begins to fill a buffer.</summary>
    public Task<int> StartFill(Memory<byte> target, CancellationToken stop = default)
    {
        Task<int> fill = Connection.FillAsync(target, stop).AsTask();
        Link.Run(0);
        return fill;
    }

    public T Finish<T>(Task<T> task)
    {
        if (!task.IsCompleted) Link.Run(0);
        Assert.True(task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    public void FailsWith(FailureKind kind, Func<Task> action) =>
        Assert.Equal(kind, Assert.Throws<BootFailure>(() => Link.Pump.Run(action)).Kind);

    public void ReadFailsWith(FailureKind kind) =>
        FailsWith(kind, () => Connection.ReadAsync(new byte[1], CancellationToken.None).AsTask());

    public long Refused => Link.Drops(DropReason.UnacceptableSegment);

    /// <summary>A connection in doubt also asks whether its next hop is still where it was. It is.</summary>
    private void LeaveOutArp()
    {
        while (Link.Device.Sent.TryPeek(out byte[]? frame) && frame[12] == 8 && frame[13] == 6)
        {
            Link.Device.Sent.Dequeue();
            Link.Device.Deliver(Frames.ArpReply(Cast.PeerMac, Cast.PeerIp));
        }
    }

    private Task<TcpConnection> Start()
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Link.Pump);
        try
        {
            return Link.Stack.ConnectAsync(Cast.PeerIp, PeerPort, _stop.Token);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
