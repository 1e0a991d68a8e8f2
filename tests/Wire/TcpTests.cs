using System;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects TCP segments, their options and sequence numbers that wrap.</summary>
public class TcpTests
{
    [Fact]
    public void ASynIsReadAndWritten()
    {
        Assert.True(TryRead(Samples.TcpSyn, out TcpView view, out TcpOptions options, out _));
        Assert.Equal((49152, 80), (view.SourcePort, view.TargetPort));
        Assert.Equal(new SeqNumber(0x11223344), view.Sequence);
        Assert.Equal(TcpFlags.Syn, view.Flags);
        Assert.Equal(65532, view.Window);
        Assert.Equal(1, view.SequenceLength);
        Assert.Equal(
            (1460, 9, true), ((int)options.MaxSegmentBytes!, (int)options.WindowScale!, options.SackPermitted));
        Assert.True(options.HasTimestamps && options is { TimestampValue: 1, TimestampEcho: 0 });
        Assert.Equal(Samples.TcpSyn, Written(view, options));
    }

    [Fact]
    public void SackBlocksAreReadAndWritten()
    {
        Assert.True(TryRead(Samples.TcpSack, out TcpView view, out TcpOptions options, out _));
        Assert.Equal(new SeqNumber(0x1000), view.Acknowledgement);
        Assert.Equal("hi"u8.ToArray(), view.Payload.ToArray());
        Assert.Equal(2, view.SequenceLength);
        Assert.Equal(2, options.SackBlockCount);
        Assert.Equal(new SackBlock(new SeqNumber(0x2000), new SeqNumber(0x3000)), options.SackBlockAt(0));
        Assert.Equal(new SackBlock(new SeqNumber(0xfffffff0), new SeqNumber(0x10)), options.SackBlockAt(1));
        Assert.Equal(Samples.TcpSack, Written(view, options));
    }

    [Fact]
    public void NoMoreSackBlocksAreAddedThanFit()
    {
        var options = new TcpOptions();
        options.SetTimestamps(1, 2);
        for (int i = 0; i < 9; i++) options.AddSackBlock(default);
        Assert.Equal(3, options.SackBlockCount);
        Assert.Equal(TcpOptions.BytesMax, options.Bytes);
        Assert.Equal(TcpOptions.BytesMax, options.Emit(new byte[40]));
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x40)]
    [InlineData(0xf0)]
    public void T1_ADataOffsetThatCannotBeIsRefused(byte offset)
    {
        byte[] bytes = (byte[])Samples.TcpSyn.Clone();
        bytes[12] = offset;
        Assert.False(TryRead(bytes, out _, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Theory]
    [InlineData("0200")]
    [InlineData("0201")]
    [InlineData("02")]
    [InlineData("020405")]
    [InlineData("0205050505")]
    [InlineData("030411")]
    [InlineData("fe00")]
    [InlineData("fe01")]
    [InlineData("fe07")]
    [InlineData("0101fe")]
    [InlineData("04030000")]
    [InlineData("080b0000000000000000000000")]
    [InlineData("050900000000000000")]
    public void T1_AMalformedOptionIsRefused(string hex)
    {
        Assert.False(TcpOptions.TryRead(Convert.FromHexString(hex), out _, out ParseError error));
        Assert.Equal(ParseError.BadOption, error);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("00ff", null, null)]
    [InlineData("010101", null, null)]
    [InlineData("fe0300", null, null)]
    [InlineData("02040000", 0, null)]
    [InlineData("02040001", 1, null)]
    [InlineData("02040030", 48, null)]
    [InlineData("03030f", null, 14)]
    [InlineData("0303ff", null, 14)]
    public void T2_OddValuesAreReadAsTheyAreAndTheScaleIsCapped(string hex, int? maxSegmentBytes, int? scale)
    {
        Assert.True(TcpOptions.TryRead(Convert.FromHexString(hex), out TcpOptions options, out _));
        Assert.Equal(maxSegmentBytes, (int?)options.MaxSegmentBytes);
        Assert.Equal(scale, (int?)options.WindowScale);
    }

    [Fact]
    public void T3_EveryCombinationOfFlagsIsRead()
    {
        var bytes = new byte[20];
        for (int flags = 0; flags < 256; flags++)
        {
            new TcpHeader { SourcePort = 1, TargetPort = 2, Flags = (TcpFlags)flags }
                .Emit(bytes, Samples.OurAddress, Samples.TheirAddress);
            Assert.True(TryRead(bytes, out TcpView view, out _, out _));
            Assert.Equal((TcpFlags)flags, view.Flags);
        }
    }

    [Fact]
    public void T5_InvertedSackBlocksComeThroughForTheStackToJudge()
    {
        Assert.True(TcpOptions.TryRead([5, 10, 0, 0, 0, 9, 0, 0, 0, 3], out TcpOptions options, out _));
        Assert.True(options.SackBlockAt(0).Start > options.SackBlockAt(0).End);
    }

    [Fact]
    public void T6_AnUrgentPointerChangesNothing()
    {
        byte[] bytes = (byte[])Samples.TcpSack.Clone();
        (bytes[18], bytes[19]) = (0xff, 0xff);
        (bytes[16], bytes[17]) = (0, 0);
        InternetChecksum checksum = InternetChecksum.OfPseudoHeader(
            Samples.OurAddress, Samples.TheirAddress, IpProtocol.Tcp, bytes.Length);
        checksum.Add(bytes);
        (bytes[16], bytes[17]) = ((byte)(checksum.Value >> 8), (byte)checksum.Value);
        Assert.True(TryRead(bytes, out TcpView view, out _, out _));
        Assert.Equal("hi"u8.ToArray(), view.Payload.ToArray());
    }

    [Fact]
    public void SequenceNumbersWrap()
    {
        var end = new SeqNumber(0xffff_fffe);
        SeqNumber next = end + 5;
        Assert.Equal(3u, next.Value);
        Assert.True(end < next && next > end && end <= next && next >= end && end != next);
        Assert.Equal(5, next - end);
        Assert.Equal(-5, end - next);
        Assert.Equal(end, next - 5);
        Assert.Equal(next, SeqNumber.Later(end, next));
        Assert.Equal(end, SeqNumber.Earlier(end, next));
        Assert.True(new SeqNumber(1).IsInside(end, 10));
        Assert.False(next.IsInside(end, 5));
        Assert.False((end - 1).IsInside(end, 5));
        Assert.False(end.IsInside(end, 0));
    }

    private static bool TryRead(byte[] bytes, out TcpView view, out TcpOptions options, out ParseError error) =>
        TcpView.TryRead(bytes, Samples.OurAddress, Samples.TheirAddress, out view, out options, out error);

    private static byte[] Written(in TcpView view, in TcpOptions options)
    {
        var header = new TcpHeader
        {
            SourcePort = view.SourcePort,
            TargetPort = view.TargetPort,
            Sequence = view.Sequence,
            Acknowledgement = view.Acknowledgement,
            Flags = view.Flags,
            Window = view.Window,
            Options = options,
        };
        var bytes = new byte[header.Bytes + view.Payload.Length];
        bytes.AsSpan().Fill(0xcc);
        view.Payload.CopyTo(bytes.AsSpan(header.Bytes));
        Assert.Equal(header.Bytes, header.Emit(bytes, Samples.OurAddress, Samples.TheirAddress));
        return bytes;
    }
}
