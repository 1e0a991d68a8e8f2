using System;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;
using static Bootlace.Tests.Net.TcpTalk;

namespace Bootlace.Tests.Net;

/// <summary>Protects the sending half: segments, time-outs, fast retransmission, windows of the peer.</summary>
public class TcpSendTests
{
    private readonly TcpTalk _talk = Established();

    [Fact]
    public void WhatIsWrittenGoesOutAtOnce()
    {
        _talk.Write("GET /");
        _talk.Expect(Ack | Psh, 1, 1, "GET /");
        _talk.Send(Ack, 1, 6);
        _talk.ExpectSilence(untilMs: 14_000);
    }

    [Fact]
    public void LongTextIsCutToThePeersSegmentSize()
    {
        var talk = Established(options: new TcpOptions { MaxSegmentBytes = 1000 });
        talk.Write(new byte[2500]);
        talk.Expect(Ack, 1, 1, 1000);
        talk.Expect(Ack, 1001, 1, 1000);
        talk.Expect(Ack | Psh, 2001, 1, 500);
    }

    [Fact]
    public void WithoutAnOptionSegmentsAreSmall()
    {
        var talk = Established(options: default(TcpOptions));
        talk.Write(new byte[600]);
        talk.Expect(Ack, 1, 1, 536);
        talk.Expect(Ack | Psh, 537, 1, 64);
    }

    [Fact]
    public void UnacknowledgedTextIsSentAgainEverLaterAndThenGivenUp()
    {
        _talk.Write("x");
        _talk.Expect(Ack | Psh, 1, 1, "x");
        int[] delays = [200, 400, 800, 1600, 3200, 6400, 8000, 8000, 8000, 8000, 8000];
        foreach (int delay in delays)
        {
            _talk.ExpectSilence(untilMs: delay - 1);
            _talk.Link.Run(1);
            _talk.Expect(Ack | Psh, 1, 1, "x");
        }
        _talk.Link.Run(8_000);
        _talk.ReadFailsWith(NetFailure.PeerSilent);
    }

    [Fact]
    public void ThreeDuplicateAcknowledgementsSendOneSegmentAgain()
    {
        _talk.Write(new byte[5 * 1460]);
        for (int i = 0; i < 5; i++) _talk.Take();
        _talk.Send(Ack, 1, 1);
        _talk.Send(Ack, 1, 1);
        _talk.ExpectSilence();
        _talk.Send(Ack, 1, 1);
        _talk.Expect(Ack, 1, 1, 1460);
        _talk.Send(Ack, 1, 1);
        _talk.ExpectSilence();
        _talk.Send(Ack, 1, 1 + 2 * 1460);   // partial: the third is missing too
        _talk.Expect(Ack, 1 + 2 * 1460, 1, 1460);
        _talk.Send(Ack, 1, 1 + 5 * 1460);
        _talk.ExpectSilence(untilMs: 10_000);
    }

    [Fact]
    public void TheFirstFlightIsTenSegments()
    {
        ValueTask write = _talk.Connection.WriteAsync(new byte[64 * 1024], CancellationToken.None);
        _talk.Link.Run(0);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal(10, _talk.Link.Device.Sent.Count);
        _talk.Link.Device.Sent.Clear();
        _talk.Send(Ack, 1, 1 + 2 * 1460);
        Assert.Equal(4, _talk.Link.Device.Sent.Count);   // slow start: two acknowledged, two more
    }

    [Fact]
    public void AWriteLongerThanTheBufferWaitsForThePeer()
    {
        Task write = _talk.Connection.WriteAsync(new byte[100_000], CancellationToken.None).AsTask();
        int acked = 1;
        for (int i = 0; i < 200 && !write.IsCompleted; i++)
        {
            _talk.Link.Run(0);
            while (_talk.Link.Device.Sent.Count > 0) acked += _talk.Take().Payload.Length;
            _talk.Send(Ack, 1, acked);
        }
        Assert.True(write.IsCompletedSuccessfully);
        Assert.True(acked > 100_000 - 64 * 1024);
    }

    [Fact]
    public void AClosedWindowIsProbedUntilItOpens()
    {
        _talk.Send(Ack, 1, 1, window: 0);
        _talk.Write("hello");
        _talk.ExpectSilence(untilMs: 199);
        _talk.Link.Run(1);
        _talk.Expect(Ack, 1, 1, "h");
        _talk.Send(Ack, 1, 1, window: 0);
        _talk.ExpectSilence(untilMs: 399);
        _talk.Link.Run(1);
        _talk.Expect(Ack, 1, 1, "h");
        _talk.Send(Ack, 1, 2, window: 1000);
        _talk.Expect(Ack | Psh, 2, 1, "ello");
        _talk.Send(Ack, 1, 6);
        _talk.ExpectSilence(untilMs: 10_000);
    }

    [Fact]
    public void KarnARepeatedSegmentIsNotTimed()
    {
        _talk.Write("x");
        _talk.Take();
        _talk.Link.Run(200);
        _talk.Take();
        _talk.Link.Run(5);
        _talk.Send(Ack, 1, 2);    // of the first or of the second? nobody knows
        _talk.Write("y");
        _talk.Take();
        _talk.ExpectSilence(untilMs: 199);
        _talk.Link.Run(1);
        _talk.Expect(Ack | Psh, 2, 1, "y");
    }

    [Fact]
    public void ALongRoundTripMakesTheTimeoutLong()
    {
        for (int i = 0; i < 2; i++)
        {
            _talk.Write("x");
            _talk.Take();
            _talk.Link.Run(150);
            _talk.Send(Ack, 1, 2 + i);
        }
        _talk.Write("y");
        _talk.Take();
        _talk.ExpectSilence(untilMs: 275);
    }

    [Fact]
    public void NothingIsLostWhenTheCardIsFull()
    {
        _talk.Link.Device.IsFull = true;
        _talk.Write(new byte[20_000]);
        _talk.Link.Run(20);
        _talk.Link.Device.IsFull = false;
        int expected = 1;
        for (int i = 0; i < 100 && expected < 20_001; i++)
        {
            _talk.Link.Run(2);
            while (_talk.Link.Device.Sent.Count > 0)
            {
                int length = Math.Min(1460, 20_001 - expected);
                _talk.Expect(expected + length == 20_001 ? Ack | Psh : Ack, expected, 1, length);
                expected += length;
            }
            _talk.Send(Ack, 1, expected);
        }
        Assert.Equal(20_001, expected);
    }

    [Fact]
    public void AnAcknowledgementOfWhatWasNotSentIsChallenged()
    {
        _talk.Send(Ack, 1, 500);
        _talk.Expect(Ack, 1, 1);
        _talk.Send(Ack, 1, -70_000);
        _talk.Expect(Ack, 1, 1);
        Assert.Equal(2, _talk.Refused);
    }

    [Fact]
    public void LosingTheAddressFailsTheConnection()
    {
        _talk.Link.Net0.Configure(null);
        _talk.ReadFailsWith(NetFailure.AddressGone);
    }

    [Fact]
    public void RenewingTheSameAddressDoesNot()
    {
        _talk.Link.Net0.Configure(new Ipv4Configuration(Cast.OurIp, 24));
        _talk.Link.Device.Sent.Clear();
        _talk.Write("x");
        _talk.Expect(Ack | Psh, 1, 1, "x");
    }
}
