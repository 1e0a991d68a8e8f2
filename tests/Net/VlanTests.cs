using System;
using Bootlace.Net;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects VLANs on a trunk: tags on what is sent, only the own VLAN's frames received, and an end that
/// leaves nothing behind.</summary>
public class VlanTests
{
    private readonly StackTalk _talk = new();
    private readonly NetworkInterface _vlan;

    public VlanTests()
    {
        _vlan = _talk.Stack.AddVlan(_talk.Net0, VlanTag.Of(5, 3));
        _talk.Net0.Configure(null);
        _vlan.Configure(new Ipv4Configuration(Cast.OurIp, 24));
        _talk.Device.Sent.Clear();
    }

    private static byte[] Echo() => Frames.IcmpEcho(1, 1, "ping"u8);

    private static byte[] Tagged(byte[] frame, params ushort[] typesAndTags)
    {
        byte[] tags = new byte[2 * typesAndTags.Length];
        for (int i = 0; i < typesAndTags.Length; i++) BigEndian.WriteU16(tags, 2 * i, typesAndTags[i]);
        return [.. frame[..12], .. tags, .. frame[12..]];
    }

    private bool IsAnswered(byte[] frame)
    {
        _talk.Device.Sent.Clear();
        _talk.Deliver(frame);
        return _talk.Device.Sent.Count > 0;
    }

    [Theory]
    [InlineData(true, 0x8100, 0x0005)]
    [InlineData(true, 0x8100, 0xe005)]                   // any priority
    [InlineData(true, 0x8100, 0x1005)]                   // droppable
    [InlineData(false, 0x8100, 0x0006)]
    [InlineData(false, 0x8100, 0x0fff)]
    [InlineData(false, 0x8100, 0x0000)]                  // a priority alone is the trunk's, which has no address
    [InlineData(false, 0x88a8, 0x0005)]                  // a provider's VLAN is another matter
    [InlineData(false, 0x88a8, 0x0005, 0x8100, 0x0005)]
    [InlineData(false, 0x8100, 0x0005, 0x8100, 0x0005)]
    [InlineData(false)]
    public void OnlyFramesOfTheVlanArriveThere(bool expected, params int[] typesAndTags)
    {
        Assert.Equal(expected, IsAnswered(Tagged(Echo(), Array.ConvertAll(typesAndTags, it => (ushort)it))));
        Assert.Equal(expected ? 1 : 0, _vlan.Counters.ReceivedFrames);
    }

    [Fact]
    public void WhatIsSentCarriesTagAndPriority()
    {
        Assert.True(IsAnswered(Tagged(Echo(), 0x8100, 5)));
        byte[] arp = _talk.TakeSent();
        Assert.Equal([0x81, 0x00, 0x60, 0x05, 0x08, 0x06], arp[12..18]);
        Assert.Equal(64, arp.Length);   // padded before it was tagged: whoever takes the tag off has a whole frame
        Assert.True(EthernetView.TryRead(arp, out EthernetView frame, out _));
        Assert.Equal(Cast.OurMac, frame.Source);

        Assert.Same(_vlan, _talk.Stack.AddVlan(_talk.Net0, VlanTag.Of(5, 7)));
        _talk.Run(200);
        Assert.Equal([0x81, 0x00, 0xe0, 0x05], _talk.TakeSent()[12..16]);
    }

    [Fact]
    public void ThePacketIsShorterByTheTag()
    {
        Assert.Equal(1496, _vlan.MtuBytes);
        _talk.Net0.Configure(new Ipv4Configuration(new Ipv4Address(10, 9, 0, 1), 24));
        Assert.Equal(1500, _talk.Net0.MtuBytes);
    }

    [Fact]
    public void AClosedTrunkStillCarriesItsVlans()
    {
        _talk.Net0.Close();
        Assert.True(IsAnswered(Tagged(Echo(), 0x8100, 5)));
        Assert.False(IsAnswered(Echo()));
        Assert.Equal(1, _talk.Drops(DropReason.InterfaceClosed));
        _vlan.Close();
        Assert.False(IsAnswered(Tagged(Echo(), 0x8100, 5)));
        Assert.Equal(1, _vlan.Counters.Drops(DropReason.InterfaceClosed));
    }

    [Fact]
    public void TrunkAndVlanMayHaveTheSameNeighbors()
    {
        NetworkInterface other = _talk.Stack.AddVlan(_talk.Net0, VlanTag.Of(6, 0));
        other.Configure(new Ipv4Configuration(Cast.OurIp, 24));
        _talk.Device.Sent.Clear();
        Assert.True(IsAnswered(Tagged(Echo(), 0x8100, 6)));
        Assert.Equal([0x81, 0x00, 0x00, 0x06], _talk.TakeSent()[12..16]);
    }

    [Fact]
    public void ADestroyedVlanEndsItsConnectionsAndHearsNothing()
    {
        UdpSocket socket = _talk.Stack.BindUdp(_vlan, 0);
        _talk.Stack.RemoveVlan(_vlan);
        Assert.False(_vlan.IsOpen);
        Assert.Null(_talk.Stack.FindVlan(_talk.Net0, 5));
        Assert.False(IsAnswered(Tagged(Echo(), 0x8100, 5)));
        Assert.Equal(1, _talk.Drops(DropReason.OtherVlan));
        BootFailure failure = Assert.Throws<BootFailure>(() => socket.Send(Cast.PeerIp, 9, []));
        Assert.Equal(NetFailure.InterfaceClosed, failure.Kind);
        _talk.Stack.RemoveVlan(_vlan);   // twice is harmless
        Assert.Single(_talk.Stack.Interfaces);
    }

    [Fact]
    public void EveryTruncationOfATaggedFrameIsRefused()
    {
        byte[] frame = Tagged(Echo(), 0x8100, 5);
        for (int length = 1; length < 14 + 4 + 20 + 8; length++) Assert.False(IsAnswered(frame[..length]));
    }
}
