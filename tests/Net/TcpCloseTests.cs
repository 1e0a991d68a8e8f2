using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;
using static Bootlace.Tests.Net.TcpTalk;

namespace Bootlace.Tests.Net;

/// <summary>Protects the end of connections, whoever begins it, and the refusal of forged ends.</summary>
public class TcpCloseTests
{
    private readonly TcpTalk _talk = Established();
    private readonly TcpConnection _connection;

    public TcpCloseTests() => _connection = _talk.Connection;

    private void Close()
    {
        _connection.Close();
        _talk.Link.Run(0);
    }

    [Fact]
    public void WeCloseThenThePeer()
    {
        Close();
        _talk.Expect(Ack | Fin, 1, 1);
        Assert.Equal(TcpState.FinWait1, _connection.State);
        _talk.Send(Ack, 1, 2);
        Assert.Equal(TcpState.FinWait2, _connection.State);
        _talk.Send(Ack | Fin, 1, 2);
        _talk.Expect(Ack, 2, 2);
        Assert.Equal(TcpState.TimeWait, _connection.State);
        _talk.Send(Ack | Fin, 1, 2);
        _talk.Expect(Ack, 2, 2);
        _talk.Link.Run(2_000);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void ThePeerAcknowledgesAndClosesInOneSegment()
    {
        Close();
        _talk.Expect(Ack | Fin, 1, 1);
        _talk.Send(Ack | Fin, 1, 2);
        _talk.Expect(Ack, 2, 2);
        Assert.Equal(TcpState.TimeWait, _connection.State);
    }

    [Fact]
    public void BothCloseAtOnce()
    {
        Close();
        _talk.Expect(Ack | Fin, 1, 1);
        _talk.Send(Ack | Fin, 1, 1);
        _talk.Expect(Ack, 2, 2);
        Assert.Equal(TcpState.Closing, _connection.State);
        _talk.Send(Ack, 2, 2);
        Assert.Equal(TcpState.TimeWait, _connection.State);
    }

    [Fact]
    public void ThePeerClosesThenWe()
    {
        _talk.Send(Ack | Fin, 1, 1, "bye");
        _talk.Expect(Ack, 1, 5);
        Assert.Equal(TcpState.CloseWait, _connection.State);
        Assert.Equal("bye", _talk.Read());
        Assert.Equal("", _talk.Read());
        _talk.Write("thanks");
        _talk.Expect(Ack | Psh, 1, 5, "thanks");
        Close();
        _talk.Expect(Ack | Fin, 7, 5);
        Assert.Equal(TcpState.LastAck, _connection.State);
        _talk.Send(Ack, 5, 8);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void CloseSendsWhatWasWrittenFirst()
    {
        _connection.WriteAsync(new byte[3000], CancellationToken.None);
        Close();
        _talk.Expect(Ack, 1, 1, 1460);
        _talk.Expect(Ack, 1461, 1, 1460);
        _talk.Expect(Ack | Psh | Fin, 2921, 1, 80);
        _talk.Link.Run(200);
        _talk.Expect(Ack, 1, 1, 1460);   // all of it is repeated until it is acknowledged
        _talk.Send(Ack, 1, 3002);
        Assert.Equal(TcpState.FinWait2, _connection.State);
    }

    [Fact]
    public void ALostFinIsRepeated()
    {
        Close();
        _talk.Expect(Ack | Fin, 1, 1);
        _talk.Link.Run(200);
        _talk.Expect(Ack | Fin, 1, 1);
        _talk.Send(Ack, 1, 2);
        _talk.ExpectSilence(untilMs: 5_000);
    }

    [Fact]
    public void APeerThatNeverClosesIsForgotten()
    {
        Close();
        _talk.Take();
        _talk.Send(Ack, 1, 2);
        _talk.Link.Run(10_000);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void APeerThatAnswersNothingIsForgotten()
    {
        Close();
        _talk.Link.Run(70_000);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void TextForAClosedReaderIsReset()
    {
        Close();
        _talk.Take();
        _talk.Send(Ack, 1, 2, "more and more");
        _talk.Expect(Rst | Ack, 2, 1);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void ClosingOverUnreadTextResets()
    {
        _talk.Send(Ack, 1, 1, "unread");
        _talk.Take();
        Close();
        _talk.Expect(Rst | Ack, 1, 7);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void AbortResetsAndFailsWhoWaits()
    {
        Task<int> fill = _talk.StartFill(new byte[10]);
        _connection.Abort();
        _talk.Link.Run(0);
        _talk.Expect(Rst | Ack, 1, 1);
        Assert.Equal(NetFailure.NotConnected, Assert.Throws<BootFailure>(() => _talk.Finish(fill)).Kind);
        _talk.FailsWith(
            NetFailure.NotConnected, () => _connection.WriteAsync(new byte[1], CancellationToken.None).AsTask());
    }

    [Fact]
    public void OnlyAResetWithTheExactNumberCounts()
    {
        _talk.Send(Rst, 2, 0);
        _talk.Expect(Ack, 1, 1);   // the challenge of RFC 5961
        _talk.Send(Rst, 70_000, 0);
        _talk.Send(Rst, 0, 0);
        _talk.ExpectSilence();
        Assert.Equal(TcpState.Established, _connection.State);
        Assert.Equal(3, _talk.Refused);
        _talk.Send(Rst, 1, 0);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void ASynInTheWindowIsChallengedAndNoMore()
    {
        _talk.Send(Syn, 1, 0);
        _talk.Expect(Ack, 1, 1);
        _talk.Send(Syn | Ack, 5, 1);
        _talk.Expect(Ack, 1, 1);
        Assert.Equal(TcpState.Established, _connection.State);
    }

    [Fact]
    public void ChallengesAreFew()
    {
        for (int i = 0; i < 100; i++) _talk.Send(Syn, 1, 0);
        Assert.InRange(_talk.Link.Device.Sent.Count, 5, 11);
    }

    [Fact]
    public void ASegmentForNoConnectionIsResetButNotTooOften()
    {
        byte[] stranger = _talk.Frame(Ack, 1, 1, []);
        stranger = Frames.Ipv4(
            new Ipv4Header(Cast.PeerIp, Cast.OurIp, IpProtocol.Tcp, 1), Segment(TcpFlags.Ack));
        for (int i = 0; i < 200; i++) _talk.Link.Deliver(stranger);
        Assert.InRange(_talk.Link.Device.Sent.Count, 10, 51);
        Assert.Equal(200, _talk.Link.Drops(DropReason.NoConnection));
        TcpTalk.Segment reset = _talk.Take();
        Assert.Equal(Rst, reset.Flags);
        Assert.Equal(22u, reset.Sequence.Value);
    }

    [Fact]
    public void ClosingAllConnectionsWaitsForThePeersButNotForEver()
    {
        Task closing = null!;
        Instant start = _talk.Link.Clock.Now;
        _talk.Link.Pump.Run(() => closing = _talk.Link.Stack.CloseConnectionsAsync(Duration.FromSeconds(1)));
        Assert.InRange((_talk.Link.Clock.Now - start).Milliseconds, 1000, 1020);
        Assert.Equal(TcpState.Closed, _connection.State);
    }

    [Fact]
    public void AKeptConnectionOutlivesTheOthers()
    {
        _connection.IsKept = true;
        Instant start = _talk.Link.Clock.Now;
        _talk.Link.Pump.Run(() => _talk.Link.Stack.CloseConnectionsAsync(Duration.FromSeconds(1)));
        Assert.InRange((_talk.Link.Clock.Now - start).Milliseconds, 0, 20);
        Assert.Equal(TcpState.Established, _connection.State);
    }

    [Fact]
    public void WhenTheMachineIsHandedOverKeptConnectionsAreResetToo()
    {
        _connection.IsKept = true;
        _talk.Link.Stack.HangUp();
        Assert.Equal(TcpState.Closed, _connection.State);
        Assert.Equal(Rst | Ack, _talk.Take().Flags);
    }

    private static byte[] Segment(TcpFlags flags)
    {
        var header = new TcpHeader
        {
            SourcePort = 81, TargetPort = 50_000, Sequence = new SeqNumber(11), Acknowledgement = new SeqNumber(22),
            Flags = flags, Window = 100,
        };
        byte[] segment = new byte[header.Bytes];
        header.Emit(segment, Cast.PeerIp, Cast.OurIp);
        return segment;
    }
}
