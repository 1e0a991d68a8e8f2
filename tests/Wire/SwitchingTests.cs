using System;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the reading of what switches say of a port: spanning tree (IEEE 802.1D), LACP (IEEE 802.1AX) and
/// IEEE 802.1X; and our answer to LACP.</summary>
public class SwitchingTests
{
    /// <summary>Rapid spanning tree from a designated port that discards.</summary>
    public static readonly byte[] Discarding = Golden.Bytes("""
        42 42 03                     ; LLC
        0000 02 02                   ; protocol, version, type: rapid
        0e                           ; a proposal of a designated port
        1000 4c1fcc5544dc 00000000   ; root, cost
        1000 4c1fcc5544dc 8001       ; bridge, port
        0000 1400 0200 0f00 00       ; age, oldest age, hello, forward delay; length of version 1
        """);

    /// <summary>A switch that waits for our answer.</summary>
    public static readonly byte[] LacpQuestion = Golden.Bytes("""
        01 01                        ; LACP, version 1
        01 14 8000 525400fedcba 0011 8000 0007 47 00*3   ; the switch: active, fast, aggregatable, defaulted
        02 14 0000 000000000000 0000 0000 0000 00 00*3   ; of us it knows nothing
        03 10 0000 00*12
        00 00 00*50
        """);

    private static readonly byte[] LacpReady = Golden.Bytes("""
        01 01
        01 14 ffff 525400123456 0001 ffff 0001 3e 00*3   ; we: fast, aggregatable, in sync, collecting, distributing
        02 14 8000 525400fedcba 0011 8000 0007 47 00*3   ; what it said
        03 10 0000 00*12
        00 00 00*50
        """);

    /// <summary>Who is there?</summary>
    public static readonly byte[] EapQuestion = [2, 0, 0, 5, 1, 7, 0, 5, 1];

    [Fact]
    public void ARapidBridgeSaysWhetherThePortForwards()
    {
        Assert.True(SpanningTreeView.TryRead(Discarding, out SpanningTreeView tree, out _));
        Assert.True(tree.IsRapid && !tree.IsForwarding);
        Assert.Equal(2000, tree.HelloMilliseconds);
        byte[] forwarding = With(Discarding, 7, 0x7c);
        forwarding[5] = 3;   // multiple spanning tree
        Assert.True(SpanningTreeView.TryRead(forwarding, out tree, out _));
        Assert.True(tree.IsRapid && tree.IsForwarding);
    }

    [Fact]
    public void OtherBridgesDoNotSay()
    {
        byte[] old = With(Discarding, 5, 0);
        old[6] = 0;
        Assert.True(SpanningTreeView.TryRead(old, out SpanningTreeView tree, out _));
        Assert.False(tree.IsRapid);
        Assert.True(SpanningTreeView.TryRead([0x42, 0x42, 3, 0, 0, 0, 0x80], out tree, out _));   // topology change
        Assert.False(tree.IsRapid);
    }

    [Theory]
    [InlineData(0, 0xaa)]   // SNAP
    [InlineData(3, 1)]
    public void OtherMessagesToBridgesAreRefused(int offset, byte value)
    {
        Assert.False(SpanningTreeView.TryRead(With(Discarding, offset, value), out _, out ParseError error));
        Assert.Equal(ParseError.BadKind, error);
    }

    [Fact]
    public void WhatASwitchSaysOfItsEndIsReadAndAnswered()
    {
        Assert.True(LacpView.TryRead(LacpQuestion, out LacpView lacp, out _));
        Assert.Equal("52:54:00:fe:dc:ba", lacp.System.ToString());
        Assert.Equal(LacpState.Active | LacpState.Fast | LacpState.Aggregatable | LacpState.Defaulted, lacp.State);
        byte[] answer = new byte[LacpView.Bytes];
        new LacpAnswer(MacAddress.Read([0x52, 0x54, 0, 0x12, 0x34, 0x56])).Emit(lacp, answer);
        Assert.Equal(Convert.ToHexString(LacpReady), Convert.ToHexString(answer));
        Assert.True(LacpView.TryRead(answer, out lacp, out _));
        Assert.Equal("52:54:00:12:34:56", lacp.System.ToString());
    }

    [Theory]
    [InlineData(0, 2, ParseError.BadKind)]       // a marker
    [InlineData(1, 0, ParseError.BadVersion)]
    [InlineData(2, 2, ParseError.BadKind)]
    [InlineData(3, 21, ParseError.BadLength)]
    [InlineData(22, 1, ParseError.BadKind)]
    [InlineData(23, 0, ParseError.BadLength)]
    public void LacpThatIsPutTogetherOtherwiseIsRefused(int offset, byte value, ParseError expected)
    {
        Assert.False(LacpView.TryRead(With(LacpQuestion, offset, value), out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("020000050107000501", true, false)]
    [InlineData("0200000501070005010000", true, false)]   // padding
    [InlineData("0200000403070004", false, true)]
    [InlineData("0200000404070004", false, true)]
    [InlineData("020000050207000501", false, false)]      // an answer of somebody else
    [InlineData("02010000", false, false)]                // start
    [InlineData("0203000101", false, false)]              // a key
    public void EapolIsReadAsFarAsItAsksOrDecides(string hex, bool isQuestion, bool isDecision)
    {
        Assert.True(EapolView.TryRead(Convert.FromHexString(hex), out EapolView eapol, out _));
        Assert.Equal((isQuestion, isDecision), (eapol.IsQuestion, eapol.IsDecision));
    }

    [Theory]
    [InlineData("020000060107000501")]   // there is less of it than the frame says
    [InlineData("020000030107000501")]
    [InlineData("020000050107000601")]
    [InlineData("020000050107000301")]
    public void EapolWhoseLengthsContradictIsRefused(string hex)
    {
        Assert.False(EapolView.TryRead(Convert.FromHexString(hex), out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void EveryTruncationIsRefused()
    {
        for (int length = 0; length < Discarding.Length - 1; length++)   // the last byte nobody needs
            Assert.False(SpanningTreeView.TryRead(Discarding.AsSpan(0, length), out _, out _), $"{length}");
        for (int length = 0; length < LacpQuestion.Length; length++)
            Assert.False(LacpView.TryRead(LacpQuestion.AsSpan(0, length), out _, out _), $"{length}");
        for (int length = 0; length < EapQuestion.Length; length++)
            Assert.False(EapolView.TryRead(EapQuestion.AsSpan(0, length), out _, out _), $"{length}");
    }

    [Fact]
    public void NoBitFlipIsReadOutOfBounds()
    {
        byte[] answer = new byte[LacpView.Bytes];
        Flip(Discarding, bytes =>
        {
            if (SpanningTreeView.TryRead(bytes, out SpanningTreeView tree, out _) && tree.IsRapid)
                Assert.InRange(tree.HelloMilliseconds + (tree.IsForwarding ? 1 : 0), 0, 256_000);
        });
        Flip(LacpQuestion, bytes =>
        {
            if (LacpView.TryRead(bytes, out LacpView lacp, out _))
                Assert.Equal(LacpView.Bytes, new LacpAnswer(lacp.System).Emit(lacp, answer));
        });
        Flip(EapQuestion, bytes =>
            Assert.False(EapolView.TryRead(bytes, out EapolView eapol, out _) && eapol.IsQuestion && eapol.IsDecision));
    }

    private static void Flip(byte[] bytes, Action<byte[]> read)
    {
        for (int bit = 0; bit < bytes.Length * 8; bit++)
            read(With(bytes, bit / 8, (byte)(bytes[bit / 8] ^ 1 << bit % 8)));
    }

    private static byte[] With(byte[] bytes, int offset, byte value)
    {
        byte[] changed = (byte[])bytes.Clone();
        changed[offset] = value;
        return changed;
    }
}
