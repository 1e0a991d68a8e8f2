using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;
using static Bootlace.Tests.Net.TcpTalk;

namespace Bootlace.Tests.Net;

/// <summary>Protects the opening of connections: SynSent and everything a peer can answer.</summary>
public class TcpConnectTests
{
    [Fact]
    public void TheSynOffersWhatWeCanDo()
    {
        var talk = new TcpTalk();
        Assert.Equal((ushort)1460, talk.SynSegment.Options.MaxSegmentBytes);
        Assert.Equal((byte)5, talk.SynSegment.Options.WindowScale);
        Assert.True(talk.SynSegment.Options.SackPermitted);
        Assert.Equal(65535, talk.SynSegment.Window);
        Assert.InRange(talk.SynSegment.SourcePort, 49152, 65535);
    }

    [Fact]
    public void TheHandshakeEndsTheWait()
    {
        var talk = new TcpTalk();
        talk.Send(Syn | Ack, 0, 1, options: UsualOptions);
        talk.Expect(Ack, 1, 1);
        Assert.Equal(TcpState.Established, talk.Connection.State);
        Assert.Equal(Cast.PeerIp, talk.Connection.RemoteAddress.Ipv4);
        talk.ExpectSilence(untilMs: 14_000);
    }

    [Fact]
    public void ALostSynIsRepeatedAndThenGivenUp()
    {
        var talk = new TcpTalk();
        foreach (int delay in new[] { 500, 1000, 2000, 4000 })
        {
            talk.ExpectSilence(untilMs: delay - 1);
            talk.Link.Run(1);
            talk.Expect(Syn, 0, 0);
        }
        talk.Link.Run(7_500);
        Assert.Equal(NetFailure.ConnectTimedOut, Assert.Throws<BootFailure>(() => talk.Connection).Kind);
        talk.Link.Device.Sent.Clear();
        talk.ExpectSilence(untilMs: 30_000);
    }

    [Fact]
    public void AResetRefuses()
    {
        var talk = new TcpTalk();
        talk.Send(Rst | Ack, 0, 1);
        Assert.Equal(NetFailure.ConnectionRefused, Assert.Throws<BootFailure>(() => talk.Connection).Kind);
        talk.ExpectSilence(untilMs: 20_000);
    }

    [Fact]
    public void AResetThatDoesNotKnowOurNumberIsIgnored()
    {
        var talk = new TcpTalk();
        talk.Send(Rst | Ack, 0, 2);
        talk.Send(Rst | Ack, 0, 0);
        talk.Send(Rst, 0, 0);
        Assert.False(talk.Connecting.IsCompleted);
        Assert.Equal(3, talk.Refused);
        talk.ExpectSilence();
    }

    [Fact]
    public void AnAnswerToSomethingElseIsReset()
    {
        var talk = new TcpTalk();
        talk.Send(Syn | Ack, 0, 77);
        talk.Expect(Rst, 77, 0);
        Assert.False(talk.Connecting.IsCompleted);
        talk.Send(Syn | Ack, 0, 1);
        Assert.Equal(TcpState.Established, talk.Connection.State);
    }

    [Fact]
    public void ASynThatCrossesOursIsIgnored()
    {
        var talk = new TcpTalk();
        talk.Send(Syn, 0, 0);
        Assert.Equal(1, talk.Refused);
        talk.ExpectSilence();
    }

    [Fact]
    public void AnUnreachablePortRefuses()
    {
        var talk = new TcpTalk();
        talk.Link.Run(500);
        byte[] syn = talk.Link.TakeSent();
        talk.Link.Deliver(Frames.Unreachable(UnreachableCode.Port, syn));
        Assert.Equal(NetFailure.ConnectionRefused, Assert.Throws<BootFailure>(() => talk.Connection).Kind);
    }

    [Fact]
    public void AnUnreachableHostFails()
    {
        var talk = new TcpTalk();
        talk.Link.Run(500);
        byte[] syn = talk.Link.TakeSent();
        talk.Link.Deliver(Frames.Unreachable(UnreachableCode.Host, syn));
        Assert.Equal(NetFailure.Unreachable, Assert.Throws<BootFailure>(() => talk.Connection).Kind);
    }

    [Fact]
    public void ConnectingCanBeCancelled()
    {
        var talk = new TcpTalk();
        talk.CancelConnecting();
        talk.Link.Run(0);
        Assert.Throws<OperationCanceledException>(() => talk.Connection);
        talk.ExpectSilence(untilMs: 20_000);
    }

    [Fact]
    public void WithoutARouteConnectingFailsAtOnce()
    {
        var talk = new StackTalk(configured: false);
        Task<TcpConnection> connecting = talk.Stack.ConnectAsync(Cast.PeerIp, 80, CancellationToken.None);
        Assert.Equal(NetFailure.NoRoute, Assert.Throws<BootFailure>(() => connecting.GetAwaiter().GetResult()).Kind);
    }

    [Fact]
    public void ASilentNextHopFailsTheConnection()
    {
        var talk = new StackTalk();
        Task<TcpConnection> connecting = talk.Stack.ConnectAsync(Cast.PeerIp, 80, CancellationToken.None);
        talk.Run(12_000);
        BootFailure failure = Assert.Throws<BootFailure>(() => connecting.GetAwaiter().GetResult());
        Assert.Equal(NetFailure.NeighborSilent, failure.Kind);
        Assert.Equal(7, talk.Device.Sent.Count);   // questions, and nothing else
    }

    [Fact]
    public void PortsAndNumbersOfTwoConnectionsCannotBeGuessed()
    {
        var first = new TcpTalk();
        Task<TcpConnection> second = first.Link.Stack.ConnectAsync(Cast.PeerIp, 80, CancellationToken.None);
        first.Link.Run(0);
        Segment syn = first.Take();
        Assert.NotEqual(first.SynSegment.SourcePort, syn.SourcePort);
        Assert.True(Math.Abs((long)first.SynSegment.Sequence.Value - syn.Sequence.Value) > 1 << 16);
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public void OnWeakCardsTheWindowIsWhatTheCardHolds()
    {
        var talk = new TcpTalk(receiveFramesMax: 16);
        Assert.Equal(16 * 1460, talk.SynSegment.Window);
    }
}
