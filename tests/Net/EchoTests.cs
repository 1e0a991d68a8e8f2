using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects our pings: only the very echo that was sent, from whom it was sent to, is an answer.</summary>
public class EchoTests
{
    private readonly StackTalk _talk = new();
    private readonly CancellationTokenSource _stop = new();
    private Task<Duration>? _echo;
    private byte[] _request = [];

    public EchoTests() => _talk.Introduce();

    private void Begin(int dataBytes = 20, int limitMs = 1000)
    {
        using (_talk.Pump.Enter())
            _echo = _talk.Stack.EchoAsync(Cast.PeerIp, 7, dataBytes, Duration.FromMilliseconds(limitMs), _stop.Token);
    }

    private void Send(int dataBytes = 20, int limitMs = 1000)
    {
        Begin(dataBytes, limitMs);
        _request = _talk.TakeSent();
    }

    /// <summary>The ICMP message of our frame as the peer gives it back.</summary>
    private byte[] Message()
    {
        Assert.True(EthernetView.TryRead(_request, out EthernetView frame, out _));
        Assert.True(Ipv4View.TryRead(frame.Payload, out Ipv4View packet, out _));
        Assert.Equal((Cast.OurIp, Cast.PeerIp), (packet.Source, packet.Target));
        Assert.True(IcmpView.TryRead(packet.Payload, out IcmpView echo, out _));
        Assert.Equal(IcmpType.Echo, echo.Type);
        Assert.Equal(7, echo.Sequence);
        return packet.Payload.ToArray();
    }

    private void Reply(byte[] message, Action<byte[]>? spoil = null, Ipv4Address? from = null)
    {
        byte[] reply = [.. message];
        reply[0] = 0;
        spoil?.Invoke(reply);
        reply[2] = reply[3] = 0;
        BigEndian.WriteU16(reply, 2, InternetChecksum.Of(reply));
        _talk.Deliver(Frames.Ipv4(new Ipv4Header(from ?? Cast.PeerIp, Cast.OurIp, IpProtocol.Icmp, 1), reply));
    }

    private BootFailure Failure()
    {
        Assert.True(_echo!.IsCompleted);
        return Assert.Throws<BootFailure>(() => _talk.Pump.Run(() => _echo));
    }

    [Fact]
    public void TheAnswerTellsHowLongItTook()
    {
        Send();
        _talk.Run(30);
        Reply(Message());
        Assert.Equal(30, _talk.Pump.Run(() => _echo!).Milliseconds);
    }

    [Theory]
    [InlineData(4)]    // identifier
    [InlineData(7)]    // sequence
    [InlineData(8)]    // data
    [InlineData(27)]
    public void AnotherEchoIsNoAnswer(int offset)
    {
        Send();
        Reply(Message(), it => it[offset] ^= 1);
        Assert.False(_echo!.IsCompleted);
        Assert.Equal(1, _talk.Drops(DropReason.UnaskedIcmp));
        Reply(Message(), from: Cast.StrangerIp);
        Reply([.. Message(), 0]);
        Reply(Message()[..20]);
        Assert.False(_echo.IsCompleted);
        Reply(Message());
        Assert.True(_echo.IsCompletedSuccessfully);
        Reply(Message());   // twice is one too many
        Assert.Equal(5, _talk.Drops(DropReason.UnaskedIcmp));
    }

    [Fact]
    public void SilenceIsAFailureInTime()
    {
        Send(limitMs: 500);
        _talk.Run(499);
        Assert.False(_echo!.IsCompleted);
        _talk.Run(1);
        Assert.Equal(NetFailure.EchoUnanswered, Failure().Kind);
    }

    [Fact]
    public void ARouterMayRefuseIt()
    {
        Send();
        _talk.Deliver(Frames.Unreachable(UnreachableCode.Host, _request));
        Assert.Equal(NetFailure.Unreachable, Failure().Kind);
    }

    [Fact]
    public void ARefusalOfAnotherEchoIsNotOurs()
    {
        Send();
        byte[] other = [.. _request];
        other[14 + 20 + 4] ^= 1;   // the identifier
        _talk.Deliver(Frames.Unreachable(UnreachableCode.Host, other));
        Assert.False(_echo!.IsCompleted);
    }

    [Fact]
    public void CtrlCEndsTheWait()
    {
        Send();
        _stop.Cancel();
        _talk.Run(0);
        Assert.True(_echo!.IsCanceled);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1472, true)]
    [InlineData(1473, false)]
    public void AnEchoIsOnePacket(int dataBytes, bool fits)
    {
        if (!fits)
        {
            Begin(dataBytes);
            Assert.Equal(NetFailure.DatagramTooLong, Failure().Kind);
            return;
        }
        Send(dataBytes);
        Reply(Message());
        Assert.True(_echo!.IsCompletedSuccessfully);
    }

    [Fact]
    public void WithoutARouteNothingIsSent()
    {
        _talk.Net0.Configure(null);
        Begin();
        Assert.Equal(NetFailure.NoRoute, Failure().Kind);
        _talk.ExpectSilence();
    }
}
