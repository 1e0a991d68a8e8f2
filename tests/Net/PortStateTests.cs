using System;
using Bootlace.Net;
using Bootlace.Tests.Wire;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Net;

/// <summary>Protects what is made of a switch that lets nothing through a port: how long it counts, and that LACP is
/// answered without flooding anybody.</summary>
public class PortStateTests
{
    private const int TreeFlags = 7, LacpStateOffset = 18;
    private const byte Forwarding = 0x3c, Ready = 0x3d;

    private readonly StackTalk _talk = new();

    [Fact]
    public void ADiscardingPortIsBlockedForTwoHellos()
    {
        _talk.Deliver(Tree());
        Assert.True(_talk.Net0.IsBlocked);
        _talk.Run(3_999);
        Assert.True(_talk.Net0.IsBlocked);
        _talk.Run(1);
        Assert.False(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void AForwardingPortIsOpenAtOnce()
    {
        _talk.Deliver(Tree());
        _talk.Deliver(Tree(Forwarding));
        Assert.False(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void OldSpanningTreeSaysNothingOfThePort()
    {
        byte[] old = Tree();
        old[14 + 3 + 2] = old[14 + 3 + 3] = 0;
        _talk.Deliver(old);
        Assert.False(_talk.Net0.IsBlocked);
        Assert.Equal(0, _talk.Net0.Counters.ReceivedFramesRefused);
    }

    [Fact]
    public void LacpIsAnsweredAndBlocksUntilTheOtherEndIsReady()
    {
        _talk.Deliver(Lacp());
        Assert.True(_talk.Net0.IsBlocked);
        Assert.True(EthernetView.TryRead(_talk.TakeSent(), out EthernetView frame, out _));
        Assert.Equal(("01:80:c2:00:00:02", Cast.OurMac), (frame.Target.ToString(), frame.Source));
        Assert.True(LacpView.TryRead(frame.Payload, out LacpView answer, out _));
        Assert.Equal(Cast.OurMac, answer.System);
        _talk.Deliver(Lacp(Ready));
        Assert.False(_talk.Net0.IsBlocked);
        Assert.NotEmpty(_talk.TakeSent());
    }

    [Theory]
    [InlineData(0x47, 2)]     // fast
    [InlineData(0x05, 31)]    // slow
    [InlineData(0x2d, 31)]    // takes nothing
    public void AnEndThatFallsSilentBlocksNoLongerThanItsNextMessageWouldTake(byte state, int seconds)
    {
        _talk.Deliver(Lacp(state));
        _talk.Run(seconds * 1000 - 1);
        Assert.True(_talk.Net0.IsBlocked);
        _talk.Run(1);
        Assert.False(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void OurOwnLacpLoopedBackIsNotAnswered()
    {
        byte[] looped = Lacp();
        Cast.OurMac.Write(looped.AsSpan(14 + 6));
        _talk.Deliver(looped);
        _talk.ExpectSilence();
        Assert.False(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void AFloodOfLacpIsNotAnsweredByAnother()
    {
        for (int i = 0; i < 100; i++) _talk.Deliver(Lacp());
        Assert.Equal(3, _talk.Device.Sent.Count);
    }

    [Fact]
    public void AMarkerIsNobodysBusiness()
    {
        byte[] marker = Lacp();
        marker[14] = 2;
        _talk.Deliver(marker);
        _talk.ExpectSilence();
        Assert.Equal(0, _talk.Drops(DropReason.MalformedPortState));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void AnAuthenticatorThatAsksBlocksUntilItHasDecided(byte code)
    {
        _talk.Deliver(Eapol(SwitchingTests.EapQuestion));
        Assert.True(_talk.Net0.IsBlocked);
        _talk.ExpectSilence();   // who answers without credentials is sent to another VLAN by some switches
        _talk.Deliver(Eapol([2, 0, 0, 4, code, 7, 0, 4]));
        Assert.False(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void AnAuthenticatorThatGivesUpBlocksNoLonger()
    {
        _talk.Deliver(Eapol(SwitchingTests.EapQuestion));
        _talk.Run(44_999);
        Assert.True(_talk.Net0.IsBlocked);
        _talk.Run(1);
        Assert.False(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void AnAuthenticatorMayKnowOurAddress()
    {
        byte[] frame = Eapol(SwitchingTests.EapQuestion);
        Cast.OurMac.Write(frame);
        _talk.Deliver(frame);
        Assert.True(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void OneProtocolDoesNotOpenWhatAnotherBlocks()
    {
        _talk.Deliver(Eapol(SwitchingTests.EapQuestion), Tree(Forwarding));
        Assert.True(_talk.Net0.IsBlocked);
    }

    [Fact]
    public void AVlanIsBlockedWithItsTrunkThoughThatIsClosed()
    {
        NetworkInterface vlan = _talk.Stack.AddVlan(_talk.Net0, VlanTag.Of(7, 0));
        _talk.Net0.Close();
        _talk.Deliver(Tree());
        Assert.True(vlan.IsBlocked);
    }

    [Fact]
    public void AClosedInterfaceHasForgottenIt()
    {
        _talk.Deliver(Tree());
        _talk.Net0.Close();
        Assert.False(_talk.Net0.IsBlocked);
        _talk.Deliver(Tree());
        Assert.False(_talk.Net0.IsBlocked);
    }

    [Theory]
    [InlineData(0x00, 13, 0xff)]     // longer than the frame
    [InlineData(0x00, 13, 0x06)]     // shorter than a header
    [InlineData(0x02, 15, 0x00)]
    [InlineData(0x03, 17, 0xff)]
    public void DamagedMessagesAreCountedAndChangeNothing(byte group, int offset, byte value)
    {
        byte[] frame = group == 0 ? Tree() : group == 2 ? Lacp() : Eapol(SwitchingTests.EapQuestion);
        frame[offset] = value;
        _talk.Deliver(frame);
        Assert.False(_talk.Net0.IsBlocked);
        Assert.Equal(1, _talk.Drops(DropReason.MalformedPortState));
        _talk.ExpectSilence();
    }

    [Theory]
    [InlineData(0x0e)]
    [InlineData(0x10)]
    public void OtherGroupsAreOfNoInterest(byte last)
    {
        byte[] frame = Tree();
        frame[5] = last;
        _talk.Deliver(frame);
        Assert.False(_talk.Net0.IsBlocked);
        Assert.Equal(1, _talk.Drops(DropReason.OtherStation));
    }

    /// <summary>A bridge's frame; the type is its length.</summary>
    internal static byte[] Tree(byte flags = 0x0e)
    {
        byte[] message = (byte[])SwitchingTests.Discarding.Clone();
        message[TreeFlags] = flags;
        return [.. Header(0x00), 0, (byte)message.Length, .. message, .. new byte[7]];
    }

    private static byte[] Lacp(byte state = 0x47)
    {
        byte[] message = (byte[])SwitchingTests.LacpQuestion.Clone();
        message[LacpStateOffset] = state;
        return [.. Header(0x02), 0x88, 0x09, .. message];
    }

    private static byte[] Eapol(ReadOnlySpan<byte> message) => [.. Header(0x03), 0x88, 0x8e, .. message];

    private static byte[] Header(byte group) => [0x01, 0x80, 0xc2, 0, 0, group, 0x52, 0x54, 0, 0xfe, 0xdc, 0xbb];
}
