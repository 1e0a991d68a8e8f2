using System;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects the border to the cable: which frames are looked at, and that none of them can hurt.</summary>
public class FrameTests
{
    private readonly StackTalk _talk = new();

    private static byte[] Echo() => Frames.IcmpEcho(1, 1, "ping"u8);

    private static byte[] Tagged(byte[] frame, params ushort[] tags)
    {
        byte[] tagged = new byte[frame.Length + 4 * tags.Length];
        frame.AsSpan(0, 12).CopyTo(tagged);
        for (int i = 0; i < tags.Length; i++)
        {
            BigEndian.WriteU16(tagged, 12 + 4 * i, 0x8100);
            BigEndian.WriteU16(tagged, 14 + 4 * i, tags[i]);
        }
        frame.AsSpan(12).CopyTo(tagged.AsSpan(12 + 4 * tags.Length));
        return tagged;
    }

    private void IsAnswered(byte[] frame, bool expected)
    {
        _talk.Device.Sent.Clear();
        _talk.Deliver(frame);
        Assert.Equal(expected, _talk.Device.Sent.Count > 0);
    }

    [Fact]
    public void FramesForOtherStationsAreLeftAlone()
    {
        byte[] frame = Echo();
        Cast.StrangerMac.Write(frame);
        IsAnswered(frame, false);
        Assert.Equal(1, _talk.Drops(DropReason.OtherStation));
        frame[0] = 0x01;   // a group
        IsAnswered(frame, false);
        Assert.Equal(2, _talk.Drops(DropReason.OtherStation));
    }

    [Fact]
    public void FramesFromOurselvesOrAGroupAreRefused()
    {
        byte[] frame = Echo();
        Cast.OurMac.Write(frame.AsSpan(6));
        IsAnswered(frame, false);
        MacAddress.Broadcast.Write(frame.AsSpan(6));
        IsAnswered(frame, false);
        Assert.Equal(2, _talk.Drops(DropReason.BadStation));
    }

    [Fact]
    public void PaddingAndATrailingFcsAreLeftOut()
    {
        byte[] frame = Echo();
        Array.Resize(ref frame, frame.Length + 4);   // as e1000 under U-Boot delivers
        frame.AsSpan(frame.Length - 4).Fill(0xee);
        _talk.Introduce();
        IsAnswered(frame, true);
        Assert.True(Ipv4View.TryRead(_talk.TakeSent().AsSpan(14), out Ipv4View packet, out _));
        Assert.Equal("ping"u8.ToArray(), packet.Payload[8..].ToArray());
    }

    [Fact]
    public void APriorityTagIsNoVlan()
    {
        _talk.Introduce();
        IsAnswered(Tagged(Echo(), 0xe000), true);
        IsAnswered(Tagged(Echo(), 0x0005), false);
        Assert.Equal(1, _talk.Drops(DropReason.OtherVlan));
    }

    [Fact]
    public void E5_NestedTagsAreRefused()
    {
        IsAnswered(Tagged(Echo(), 0, 0), false);
        IsAnswered(Tagged(Echo(), 5, 6), false);
        Assert.Equal(2, _talk.Drops(DropReason.OtherVlan));
        IsAnswered(Tagged(Echo(), 0, 0, 0), false);
        Assert.Equal(1, _talk.Drops(DropReason.MalformedFrame));
    }

    [Fact]
    public void E5_AFrameThatEndsInsideItsTagIsRefused()
    {
        byte[] tagged = Tagged(Echo(), 0);
        for (int length = 1; length < 18; length++) IsAnswered(tagged[..length], false);
        Assert.Equal(17, _talk.Drops(DropReason.MalformedFrame));
    }

    [Fact]
    public void E6_FramesOfSwitchesAreLeftAlone()
    {
        byte[] lldp = Frames.Ethernet(Cast.PeerMac, Cast.OurMac, EtherType.Lldp, new byte[40]);
        byte[] cdp = Frames.Ethernet(Cast.PeerMac, Cast.OurMac, new EtherType(40), new byte[40]);
        for (byte length = 0; length < 4; length++)
        {
            lldp[15] = cdp[25] = length;
            IsAnswered(lldp, false);
            IsAnswered(cdp, false);
        }
        Assert.Equal(8, _talk.Drops(DropReason.OtherProtocol));
    }

    [Fact]
    public void ACardWithImpossibleLengthsIsSurvived()
    {
        _talk.Deliver(new byte[5000]);   // longer than any buffer
        Assert.Equal(1, _talk.Drops(DropReason.BadLength));
    }

    [Fact]
    public void AClosedInterfaceIsStillDrained()
    {
        _talk.Net0.Close();
        IsAnswered(Echo(), false);
        Assert.Equal(1, _talk.Drops(DropReason.InterfaceClosed));
        _talk.Net0.Open();
        _talk.Net0.Configure(new Ipv4Configuration(Cast.OurIp, 24));
        IsAnswered(Echo(), true);
    }

    [Fact]
    public void EveryTruncationAndEveryBitFlipOfAFrameIsSurvived()
    {
        _talk.Introduce();
        _talk.Stack.BindUdp(null, 5000);
        byte[][] frames = [Echo(), Frames.Udp(1, 5000, "x"u8), Frames.ArpReply(Cast.PeerMac, Cast.PeerIp)];
        foreach (byte[] frame in frames)
        {
            for (int length = 1; length < frame.Length; length++) _talk.Deliver(frame[..length]);
            for (int bit = 0; bit < 8 * frame.Length; bit++)
            {
                byte[] flipped = [.. frame];
                flipped[bit / 8] ^= (byte)(1 << bit % 8);
                _talk.Deliver(flipped);
            }
        }
    }

    [Fact]
    public void RandomFramesAreSurvived()
    {
        var random = new Random(20);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] frame = i % 2 == 0 ? new byte[random.Next(1, 120)] : Echo();
            if (i % 2 == 0) random.NextBytes(frame);
            else for (int n = random.Next(1, 6); n > 0; n--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
            Cast.OurMac.Write(frame.Length >= 6 ? frame : new byte[6]);
            if (frame.Length > 20 && i % 4 == 0) (frame[12], frame[13], frame[14]) = (8, 0, 0x45);
            _talk.Device.Deliver(frame);
            if (i % 100 == 0) _talk.Deliver();
        }
        _talk.Deliver();
    }
}
