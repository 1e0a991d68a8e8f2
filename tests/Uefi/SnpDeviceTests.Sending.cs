using System.Linq;
using Bootlace.Uefi;
using Bootlace.Uefi.Raw;
using Xunit;

namespace Bootlace.Tests.Uefi;

// Frames going out.
public sealed unsafe partial class SnpDeviceTests
{
    [Fact]
    public void AShortFrameIsPaddedWithZerosEvenInAUsedBuffer()
    {
        SnpDevice device = Open(isUBoot: false);
        for (int i = 0; i < 100; i++) Assert.True(device.Send(Enumerable.Repeat((byte)0xee, 1514).ToArray()));
        device.Flush();
        LookAtTheCable(device);
        _card.Sent.Clear();

        Assert.True(device.Send(Frame(7, 42)));
        device.Flush();
        LookAtTheCable(device);

        byte[] sent = Assert.Single(_card.Sent);
        Assert.Equal(60, sent.Length);
        Assert.Equal(Frame(7, 42), sent[..42]);
        Assert.All(sent[42..], padding => Assert.Equal(0, padding));
    }

    [Fact]
    public void OnEdk2ABufferIsNotTouchedUntilItIsHandedBack()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.KeepsBuffers = true;
        int accepted = 0;
        while (accepted < 100 && device.Send(Frame(accepted))) accepted++;
        Assert.Equal(64, accepted);

        _card.ReleaseBuffers();
        Assert.True(device.Send(Frame(64)));
        device.Flush();
        LookAtTheCable(device);

        Assert.Equal(Enumerable.Range(0, 65).Select(i => Frame(i)), _card.Sent);
    }

    [Fact]
    public void OnEdk2TheCardHearsOfManyFramesAtOnceOrOfFewAtTheFlush()
    {
        SnpDevice device = Open(isUBoot: false);
        for (int i = 0; i < 15; i++) Assert.True(device.Send(Frame(i)));
        Assert.Equal(0, _card.InFlightCount);
        Assert.True(device.Send(Frame(15)));
        Assert.Equal(16, _card.InFlightCount);

        Assert.True(device.Send(Frame(16)));
        device.Flush();

        Assert.Equal(17, _card.InFlightCount);
    }

    [Fact]
    public void FramesThatTheCardHasNoRoomForGoOutLaterInTheirOrder()
    {
        SnpDevice device = Open(isUBoot: false);
        _card.TransmitAnswer = Status.NotReady;
        for (int i = 0; i < 20; i++) Assert.True(device.Send(Frame(i)));
        device.Flush();
        Assert.Equal(0, _card.InFlightCount);

        _card.TransmitAnswer = null;
        device.Flush();
        LookAtTheCable(device);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => Frame(i)), _card.Sent);
    }

    [Fact]
    public void WhatIsQueuedGoesOutBeforeTheCardIsStopped()
    {
        SnpDevice device = Open(isUBoot: false);
        int sent = 0;
        Assert.True(device.Send(Frame(1)));
        _card.DuringShutdown = () => sent = _card.InFlightCount;

        device.Close(giveBack: true);

        Assert.Equal(1, sent);
    }

    [Fact]
    public void WaitingForFramesDoesNotAskTheCardForItsStatus()
    {
        SnpDevice device = Open(isUBoot: false);
        LookAtTheCable(device);
        Assert.True(device.Send(Frame(1)));
        device.Flush();
        _card.GetStatusCalls = 0;

        for (int i = 0; i < 100; i++) Assert.Equal(0, device.Receive(new byte[Room]));

        Assert.Equal(0, _card.GetStatusCalls);   // it reads a register of the card's, which an emulated one stops for
    }

    [Fact]
    public void OnUBootNoBufferIsEverWaitedFor()
    {
        SnpDevice device = Open(isUBoot: true);
        for (int i = 0; i < 200; i++) Assert.True(device.Send(Frame(i)));
        Assert.Equal(200, _card.Sent.Count);
    }
}
