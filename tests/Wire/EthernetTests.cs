using System;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects frames and ARP: read equals what is on the wire, written equals it too, malformed ones are
/// refused.
/// </summary>
public class EthernetTests
{
    [Fact]
    public void TagsAreReadOutermostFirst()
    {
        Assert.True(EthernetView.TryRead(Samples.TaggedFrame, out EthernetView view, out _));
        Assert.Equal(Samples.Us, view.Target);
        Assert.Equal(Samples.Them, view.Source);
        Assert.Equal(2, view.TagCount);
        Assert.Equal(100, view.Tag(0).Id);
        Assert.Equal(10, view.Tag(1).Id);
        Assert.Equal(5, view.Tag(1).Priority);
        Assert.Equal(EtherType.Ipv4, view.Type);
        Assert.Equal([0x45, 0], view.Payload.ToArray());
    }

    [Fact]
    public void AHeaderIsWrittenAsItIsRead()
    {
        var frame = new byte[18];
        var header = new EthernetHeader(Samples.Us, Samples.Them, EtherType.Arp, new VlanTag(0xb00a));
        Assert.Equal(18, header.Emit(frame));
        Assert.Equal(18, header.Bytes);
        Assert.True(EthernetView.TryRead(frame, out EthernetView view, out _));
        Assert.Equal(header, new EthernetHeader(view.Target, view.Source, view.Type, view.Tag(0)));
        Assert.Equal(14, (header with { Tag = null }).Emit(frame));
        Assert.Equal([0x52, 0x54, 0, 0x12, 0x34, 0x56, 0x52, 0x55, 10, 0, 2, 2, 8, 6], frame[..14]);
    }

    [Fact]
    public void AnIeee8023FrameIsToldByItsLength()
    {
        byte[] frame = new byte[60];
        frame[13] = 46;
        Assert.True(EthernetView.TryRead(frame, out EthernetView view, out _));
        Assert.True(view.Type.IsLength);
    }

    [Fact]
    public void E5_AFrameThatEndsInItsTagsIsRefusedAndSoIsAThirdTag()
    {
        for (int length = 0; length < 22; length++)
        {
            Assert.False(EthernetView.TryRead(Samples.TaggedFrame.AsSpan(0, length), out _, out ParseError error));
            Assert.Equal(ParseError.TooShort, error);
        }
        byte[] three = [.. Samples.TaggedFrame[..20], 0x81, 0, 0, 1, 8, 0];
        Assert.False(EthernetView.TryRead(three, out _, out ParseError tooMany));
        Assert.Equal(ParseError.TooMany, tooMany);
    }

    [Fact]
    public void AnArpRequestIsReadAndWritten()
    {
        Assert.True(ArpView.TryRead(Samples.ArpRequest, out ArpView view, out _));
        var message = new ArpMessage(
            ArpOperation.Request, Samples.Us, Samples.OurAddress, default, Samples.TheirAddress);
        Assert.Equal(message, view.ToMessage());
        var bytes = new byte[ArpMessage.Bytes];
        Assert.Equal(ArpMessage.Bytes, message.Emit(bytes));
        Assert.Equal(Samples.ArpRequest, bytes);
    }

    [Theory]
    [InlineData(0, ParseError.BadKind)]
    [InlineData(1, ParseError.BadKind)]
    [InlineData(2, ParseError.BadKind)]
    [InlineData(4, ParseError.BadLength)]
    [InlineData(5, ParseError.BadLength)]
    public void E3_ArpOfOtherKindsOrLengthsIsRefused(int offset, ParseError expected)
    {
        byte[] bytes = (byte[])Samples.ArpRequest.Clone();
        bytes[offset] ^= 3;
        Assert.False(ArpView.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(expected, error);
    }
}
