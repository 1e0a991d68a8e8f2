using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;
using static Bootlace.Tests.Net.TcpTalk;

namespace Bootlace.Tests.Net;

/// <summary>Protects connections against segments no honest peer sends: rows T* of the table of bad inputs.</summary>
public class TcpBadInputTests
{
    private const int TcpOffset = 34;   // in a frame, behind Ethernet and IPv4
    private readonly TcpTalk _talk = Established();

    /// <summary>Changes a frame and puts the TCP checksum right again.</summary>
    private static byte[] Change(byte[] frame, Action<byte[]> change)
    {
        change(frame);
        int segmentBytes = BigEndian.ReadU16(frame, 16) - 20;
        Span<byte> segment = frame.AsSpan(TcpOffset, segmentBytes);
        BigEndian.WriteU16(segment, 16, 0);
        InternetChecksum checksum =
            InternetChecksum.OfPseudoHeader(Cast.PeerIp, Cast.OurIp, IpProtocol.Tcp, segmentBytes);
        checksum.Add(segment);
        BigEndian.WriteU16(segment, 16, checksum.Value);
        return frame;
    }

    private void StillWorks(TcpTalk? talk = null)
    {
        talk ??= _talk;
        talk.Link.Device.Sent.Clear();
        talk.Send(Ack, 1, 1, "ok");
        talk.Expect(Ack, 1, 3);
        Assert.Equal("ok", talk.Read());
        Assert.Null(talk.Link.Fault);
    }

    [Fact]
    public void T1_DataOffsetsThatCannotBe()
    {
        foreach (byte words in new byte[] { 0, 1, 2, 3, 4, 7, 15 })
        {
            byte[] frame = _talk.Frame(Ack, 1, 1, "ab"u8.ToArray());
            _talk.Link.Deliver(Change(frame, f => f[TcpOffset + 12] = (byte)(words << 4)));
        }
        Assert.Equal(7, _talk.Link.Drops(DropReason.MalformedTcp));
        StillWorks();
    }

    [Fact]
    public void T1_OptionLengthsThatCannotBe()
    {
        foreach (byte length in new byte[] { 0, 1, 5, 40, 255 })
        {
            byte[] frame = _talk.Frame(Ack, 1, 1, [], options: new TcpOptions { MaxSegmentBytes = 1460 });
            _talk.Link.Deliver(Change(frame, f => f[TcpOffset + 21] = length));
        }
        Assert.Equal(5, _talk.Link.Drops(DropReason.MalformedTcp));
        StillWorks();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(127)]
    public void T2_TinySegmentSizes(ushort mss)
    {
        var talk = Established(options: new TcpOptions { MaxSegmentBytes = mss, SackPermitted = true });
        talk.Write(new byte[1000]);
        Assert.Equal(8, talk.Link.Device.Sent.Count);
        Assert.Equal(128, talk.Take().Payload.Length);
        talk.Link.Device.Sent.Clear();
        talk.Send(Ack, 1, 1001);
        Assert.Equal(TcpState.Established, talk.Connection.State);
    }

    [Fact]
    public void T2_AHugeSegmentSizeIsCutToTheLink()
    {
        var talk = Established(options: new TcpOptions { MaxSegmentBytes = 65535 });
        talk.Write(new byte[1500]);
        talk.Expect(Ack, 1, 1, 1460);
    }

    [Fact]
    public void T2_AWindowScaleOf15AndMoreCountsAs14()
    {
        foreach (byte scale in new byte[] { 15, 16, 31, 32, 255 })
        {
            var talk = new TcpTalk();
            byte[] answer = talk.Frame(Syn | Ack, 0, 1, [], options: new TcpOptions { WindowScale = 14 });
            talk.Link.Deliver(Change(answer, f => f[TcpOffset + 23] = scale));
            talk.Expect(Ack, 1, 1);
            talk.Send(Ack, 1, 1, window: 1);
            talk.Write(new byte[1000]);
            talk.Expect(Ack, 1, 1, 536);   // the window is 16 KiB, not one byte and not less than none
        }
    }

    [Theory]
    [InlineData(Syn | Fin)]
    [InlineData(Syn | Rst)]
    [InlineData((TcpFlags)0xff)]
    [InlineData(TcpFlags.None)]
    [InlineData(Fin)]
    [InlineData(Fin | Psh | TcpFlags.Urg)]
    public void T3_FlagsThatCannotBe(TcpFlags flags)
    {
        _talk.Send(flags, 1, 1, "x");
        Assert.Equal(1, _talk.Link.Drops(DropReason.MalformedTcp));
        _talk.ExpectSilence();
        StillWorks();
        var connecting = new TcpTalk();
        connecting.Send(flags, 0, 1);
        Assert.False(connecting.Connecting.IsCompleted);
        connecting.ExpectSilence();
    }

    [Fact]
    public void T5_SackBlocksThatCannotBe()
    {
        _talk.Write(new byte[3000]);
        _talk.Link.Device.Sent.Clear();
        SeqNumber iss = _talk.SynSegment.Sequence;
        (int Start, int End)[] blocks =
            [(3000, 1), (1, 1), (-5000, -4000), (1, 2_000_000), (int.MinValue, int.MaxValue), (0, 1)];
        foreach ((int start, int end) in blocks)
        {
            var options = default(TcpOptions);
            options.AddSackBlock(new SackBlock(iss + start, iss + end));
            options.AddSackBlock(new SackBlock(iss + end, iss + start));
            _talk.Link.Deliver(_talk.Frame(Ack, 1, 1, [], options: options));
        }
        _talk.Send(Ack, 1, 3001);
        StillWorksAfterWrite();
    }

    private void StillWorksAfterWrite()
    {
        _talk.Link.Device.Sent.Clear();
        _talk.Send(Ack, 1, 3001, "ok");
        _talk.Expect(Ack, 3001, 3);
        Assert.Equal("ok", _talk.Read());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(65535)]
    public void T6_UrgentPointersAnywhereAreIgnored(ushort pointer)
    {
        _talk.Link.Deliver(Change(
            _talk.Frame(Ack | TcpFlags.Urg, 1, 1, "ab"u8.ToArray()),
            f => BigEndian.WriteU16(f, TcpOffset + 18, pointer)));
        _talk.Expect(Ack, 1, 3);
        Assert.Equal("ab", _talk.Read());
        _talk.Link.Deliver(Change(
            _talk.Frame(Ack | TcpFlags.Urg, 3, 1, []), f => BigEndian.WriteU16(f, TcpOffset + 18, pointer)));
        Assert.Equal(TcpState.Established, _talk.Connection.State);
    }

    [Fact]
    public void T8_AWindowThatStaysClosedEndsInAFailure()
    {
        _talk.Send(Ack, 1, 1, window: 0);
        _talk.Write("hello");
        for (int i = 0; i < 700 && _talk.Connection.State == TcpState.Established; i++)
        {
            _talk.Link.Run(100);
            _talk.Send(Ack, 1, 1, window: 0);
        }
        _talk.ReadFailsWith(NetFailure.PeerSilent);
        Assert.InRange(_talk.Link.Device.Sent.Count, 8, 40);   // probes, not a flood
    }

    [Fact]
    public void T8_AWindowOfOneByteIsNotFedByteByByte()
    {
        _talk.Send(Ack, 1, 1, window: 1);
        _talk.Write("hello, world");
        _talk.ExpectSilence(untilMs: 199);    // RFC 9293 section 3.8.6.2.1: no silly segments
        int acked = 0, segments = 0;
        for (int i = 0; i < 400 && acked < 12; i++)
        {
            _talk.Link.Run(100);
            while (_talk.Link.Device.Sent.Count > 0 && acked < 12)
            {
                acked += _talk.Take().Payload.Length;
                segments++;
                _talk.Send(Ack, 1, 1 + acked, window: 1);
            }
        }
        Assert.Equal((12, 12), (acked, segments));
        Assert.Equal(TcpState.Established, _talk.Connection.State);
    }

    [Fact]
    public void T8_AWindowThatShrinksBelowWhatIsOutIsSurvived()
    {
        _talk.Write(new byte[10_000]);
        _talk.Link.Device.Sent.Clear();
        _talk.Send(Ack, 1, 1461, window: 100);
        _talk.ExpectSilence();
        _talk.Link.Run(300);
        Assert.InRange(_talk.Take().Payload.Length, 1, 1460);   // only the retransmission
        _talk.Link.Device.Sent.Clear();
        _talk.Send(Ack, 1, 10_001);
        _talk.Link.Run(20_000);
        _talk.Link.Device.Sent.Clear();
        _talk.Send(Ack, 1, 10_001, "ok");
        Assert.Equal("ok", _talk.Read());
    }

    [Fact]
    public void T11_FinWithText()
    {
        _talk.Send(Ack | Fin | Psh, 1, 1, "bye");
        _talk.Expect(Ack, 1, 5);
        Assert.Equal("bye", _talk.Read());
        Assert.Equal("", _talk.Read());
    }

    [Fact]
    public void T11_FinBeforeAHole()
    {
        _talk.Send(Ack | Fin, 4, 1, "def");
        _talk.Expect(Ack, 1, 1);
        Assert.Equal(TcpState.Established, _talk.Connection.State);
        _talk.Send(Ack, 1, 1, "abc");
        _talk.Expect(Ack, 1, 8);
        Assert.Equal(TcpState.CloseWait, _talk.Connection.State);
        Assert.Equal("abcdef", _talk.Read());
        Assert.Equal("", _talk.Read());
    }

    [Fact]
    public void T11_ASecondFinAndTextBehindIt()
    {
        _talk.Send(Ack | Fin, 1, 1, "abc");
        _talk.Expect(Ack, 1, 5);
        _talk.Send(Ack | Fin, 1, 1, "abc");
        _talk.Expect(Ack, 1, 5);
        _talk.Send(Ack | Fin, 4, 1);
        _talk.Expect(Ack, 1, 5);
        _talk.Send(Ack, 5, 1, "more");
        _talk.Send(Ack | Fin, 9, 1, "and more");
        Assert.Equal("abc", _talk.Read());
        Assert.Equal("", _talk.Read());
        Assert.Equal(TcpState.CloseWait, _talk.Connection.State);
    }

    [Fact]
    public void T11_TwoFinsAtDifferentPlaces()
    {
        _talk.Send(Ack | Fin, 10, 1);
        _talk.Send(Ack | Fin, 4, 1);
        _talk.Send(Ack, 1, 1, "abcdefghijkl");
        _talk.Link.Device.Sent.Clear();
        Assert.Equal("abcdefghi", _talk.Read());   // the first one said counts
        Assert.Equal("", _talk.Read());
    }

    [Fact]
    public void T12_AnOldDuplicateWithAWrappedTimestamp()
    {
        // We offer no timestamps, so none can be used against us: only the window decides.
        Assert.False(_talk.SynSegment.Options.HasTimestamps);
        _talk.Send(Ack, 1, 1, "abc");
        _talk.Expect(Ack, 1, 4);
        var options = default(TcpOptions);
        options.SetTimestamps(uint.MaxValue, 0);
        _talk.Send(Ack, -100_000, 1, "old", options: options);
        _talk.Expect(Ack, 1, 4);
        Assert.Equal("abc", _talk.Read());
        Assert.Equal(1, _talk.Refused);
    }

    [Fact]
    public void T16_TenThousandConnectionsClosedByThePeer()
    {
        var lan = new StackTalk();
        lan.Introduce();
        for (int i = 0; i < 10_000; i++)
        {
            Task<TcpConnection> connecting = lan.Stack.ConnectAsync(Cast.PeerIp, 80, CancellationToken.None);
            lan.Stack.Poll(lan.Clock.Now);
            Assert.True(TryReadSegment(lan.TakeSent(), out SeqNumber iss, out ushort port));
            lan.Device.Deliver(Segment(port, 100, iss + 1, Syn | Ack));
            lan.Device.Deliver(Segment(port, 101, iss + 1, Fin | Ack));
            lan.Device.Deliver(Segment(port, 102, iss + 1, Rst));
            lan.Run(0);
            Assert.Equal(TcpState.Closed, Result(connecting).State);
            lan.Device.Sent.Clear();
        }
        Assert.Null(lan.Fault);
    }

    [Fact]
    public void T16_TooManyConnectionsAreRefusedAndRoomComesBack()
    {
        var lan = new StackTalk();
        lan.Introduce();
        Task<TcpConnection>[] all =
            [.. Enumerable.Range(0, 100).Select(_ => lan.Stack.ConnectAsync(Cast.PeerIp, 80, CancellationToken.None))];
        Assert.Equal(36, all.Count(task => task.IsFaulted));
        Assert.Equal(
            NetFailure.TooManyConnections, Assert.IsType<BootFailure>(all[99].Exception!.InnerException).Kind);
        lan.Run(20_000);
        Assert.False(lan.Stack.ConnectAsync(Cast.PeerIp, 80, CancellationToken.None).IsFaulted);
    }

    [Fact]
    public void T17_AResetWithoutAWayBackIsNotSent()
    {
        var header = new TcpHeader { SourcePort = 80, TargetPort = 50_000, Flags = Ack };
        byte[] segment = new byte[header.Bytes];
        header.Emit(segment, Cast.FarIp, Cast.OurIp);
        byte[] frame = Frames.Ipv4(new Ipv4Header(Cast.FarIp, Cast.OurIp, IpProtocol.Tcp, 1), segment);
        var lan = new StackTalk();
        lan.Net0.Configure(new Ipv4Configuration(Cast.OurIp, 24));   // no gateway
        lan.Device.Sent.Clear();
        lan.Deliver(frame);
        lan.ExpectSilence(untilMs: 1000);
        var unconfigured = new StackTalk(configured: false);
        unconfigured.Deliver(frame);
        unconfigured.ExpectSilence(untilMs: 1000);
    }

    [Fact]
    public void RandomSegmentsNeverBreakAConnection()
    {
        var random = new Random(77);
        byte[] text = [.. Enumerable.Range(0, 3000).Select(i => (byte)i)];
        for (int round = 0; round < 300; round++)
        {
            var talk = Established();
            byte[] target = new byte[3000];
            Task<int> fill = talk.StartFill(target);
            for (int i = 0; i < 60; i++)
            {
                int start = random.Next(-200, 3000), length = random.Next(0, 500);
                int from = Math.Clamp(start, 0, 3000), to = Math.Clamp(start + length, from, 3000);
                TcpFlags flags = (TcpFlags)(random.Next(4) == 0 ? random.Next(256) & ~(int)(Rst | Fin) : (int)Ack);
                talk.Link.Deliver(talk.Frame(
                    flags, 1 + from, random.Next(5) == 0 ? random.Next(-5, 5) : 1, text[from..to],
                    (ushort)random.Next(65536)));
            }
            for (int at = 0; at < 3000; at += 500) talk.Link.Deliver(talk.Frame(Ack, 1 + at, 1, text[at..(at + 500)]));
            Assert.Equal(3000, talk.Finish(fill));
            Assert.Equal(text, target);
        }
    }

    private static T Result<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static bool TryReadSegment(byte[] frame, out SeqNumber sequence, out ushort port)
    {
        sequence = default;
        port = 0;
        if (!Ipv4View.TryRead(frame.AsSpan(14), out Ipv4View packet, out _)) return false;
        if (!TcpView.TryRead(packet.Payload, packet.Source, packet.Target, out TcpView view, out _, out _))
            return false;
        (sequence, port) = (view.Sequence, view.SourcePort);
        return true;
    }

    private static byte[] Segment(ushort port, uint seq, SeqNumber ack, TcpFlags flags)
    {
        var header = new TcpHeader
        {
            SourcePort = 80, TargetPort = port, Sequence = new SeqNumber(seq), Acknowledgement = ack, Flags = flags,
            Window = 1000,
        };
        byte[] segment = new byte[header.Bytes];
        header.Emit(segment, Cast.PeerIp, Cast.OurIp);
        return Frames.Ipv4(new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Tcp, 1), segment);
    }
}
