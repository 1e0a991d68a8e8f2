using System;
using System.Text;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects TFTP packets of all kinds, with the options servers grant and the nonsense they say.</summary>
public class TftpTests
{
    private static readonly TftpOptions Wanted = new() { BlockBytes = 1432, FileBytes = 0, WindowBlocks = 16 };

    [Fact]
    public void AReadRequestIsWrittenAndRead()
    {
        var bytes = new byte[512];
        Assert.True(TftpMessage.TryEmitReadRequest(bytes, "boot/kernel", Wanted, out int length));
        Assert.Equal(Samples.TftpReadRequest, bytes[..length]);
        Assert.True(TftpView.TryRead(Samples.TftpReadRequest, out TftpView view, out _));
        Assert.Equal(TftpOpcode.ReadRequest, view.Opcode);
        Assert.Equal("boot/kernel", Encoding.ASCII.GetString(view.FileName));
        Assert.Equal(Wanted, view.Options);
    }

    [Fact]
    public void F7_AFileNameThatDoesNotFitOrHoldsANulIsNotWritten()
    {
        var bytes = new byte[1432];
        Assert.True(TftpMessage.TryEmitReadRequest(bytes, new string('x', 512), Wanted, out _));
        Assert.False(TftpMessage.TryEmitReadRequest(bytes, new string('x', 1432), Wanted, out _));
        Assert.False(TftpMessage.TryEmitReadRequest(bytes, "a\0b", Wanted, out _));
        for (int room = 2; room < Samples.TftpReadRequest.Length; room++)
        {
            Assert.False(TftpMessage.TryEmitReadRequest(new byte[room], "boot/kernel", Wanted, out _));
        }
    }

    [Fact]
    public void BlocksAndAcksAreWrittenAndRead()
    {
        Assert.True(TftpView.TryRead(Samples.TftpData, out TftpView view, out _));
        Assert.Equal((TftpOpcode.Data, 65535), (view.Opcode, view.Block));
        Assert.Equal("abc"u8.ToArray(), view.Data.ToArray());
        var bytes = new byte[4];
        Assert.Equal(4, TftpMessage.EmitDataHeader(bytes, 65535));
        Assert.Equal(Samples.TftpData[..4], bytes);
        Assert.Equal(4, TftpMessage.EmitAck(bytes, 258));
        Assert.Equal([0, 4, 1, 2], bytes);
        Assert.True(TftpView.TryRead(bytes, out view, out _));
        Assert.Equal((TftpOpcode.Ack, 258), (view.Opcode, view.Block));
    }

    [Fact]
    public void AnOptionAckIsWrittenAndRead()
    {
        Assert.True(TftpView.TryRead(Samples.TftpOptionAck, out TftpView view, out _));
        Assert.Equal(new TftpOptions { BlockBytes = 1432, FileBytes = 8_200_000 }, view.Options);
        var bytes = new byte[100];
        int length = TftpMessage.EmitOptionAck(bytes, view.Options);
        Assert.Equal(Samples.TftpOptionAck, bytes[..length]);
    }

    [Fact]
    public void F5_AnErrorIsReadWithoutItsNulAndWithoutText()
    {
        Assert.True(TftpView.TryRead(Samples.TftpError, out TftpView view, out _));
        Assert.Equal(TftpErrorCode.FileNotFound, view.ErrorCode);
        Assert.Equal("File not found", Encoding.ASCII.GetString(view.ErrorText));
        Assert.True(TftpView.TryRead(Samples.TftpError.AsSpan(0, 8), out view, out _));
        Assert.Equal("File", Encoding.ASCII.GetString(view.ErrorText));
        Assert.True(TftpView.TryRead([0, 5, 1, 0], out view, out _));
        Assert.Equal((256, 0), (view.ErrorCode.Value, view.ErrorText.Length));
        var bytes = new byte[100];
        int length = TftpMessage.EmitError(bytes, TftpErrorCode.FileNotFound, "File not found");
        Assert.Equal(Samples.TftpError, bytes[..length]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("00 03")]
    [InlineData("00 03 00")]
    [InlineData("00 04 00")]
    [InlineData("00 05 00")]
    public void AShortPacketIsRefused(string text)
    {
        Assert.False(TftpView.TryRead(Golden.Bytes(text), out _, out ParseError error));
        Assert.Equal(ParseError.TooShort, error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(65535)]
    public void F9_AnUnknownOpcodeIsRefused(int opcode)
    {
        Assert.False(TftpView.TryRead([(byte)(opcode >> 8), (byte)opcode, 0, 1], out _, out ParseError error));
        Assert.Equal(ParseError.BadKind, error);
    }

    [Theory]
    [InlineData("blksize", "0")]
    [InlineData("blksize", "7")]
    [InlineData("blksize", "65465")]
    [InlineData("blksize", "70000")]
    [InlineData("blksize", "text")]
    [InlineData("blksize", "")]
    [InlineData("blksize", "-8")]
    [InlineData("blksize", "4294967808")]
    [InlineData("windowsize", "0")]
    [InlineData("windowsize", "65536")]
    [InlineData("windowsize", "1x")]
    [InlineData("timeout", "0")]
    [InlineData("timeout", "256")]
    public void F3_ANumberOutOfRangeIsRefused(string name, string value)
    {
        Assert.False(
            TftpView.TryRead(Golden.Bytes($"00 06 \"{name}\" 00 \"{value}\" 00"), out _, out ParseError error));
        Assert.Equal(ParseError.BadOption, error);
    }

    [Theory]
    [InlineData("0", 0ul)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("18446744073709551616", null)]
    [InlineData("-1", null)]
    [InlineData("lots", null)]
    public void F3_AFileLengthThatIsNoneIsLeftOut(string text, ulong? expected)
    {
        Assert.True(TftpView.TryRead(Golden.Bytes($"00 06 \"TSize\" 00 \"{text}\" 00"), out TftpView view, out _));
        Assert.Equal(expected, view.Options.FileBytes);
    }

    [Theory]
    [InlineData("00 06 \"blksize\"")]
    [InlineData("00 06 \"blksize\" 00")]
    [InlineData("00 06 \"blksize\" 00 \"512\"")]
    [InlineData("00 01 \"name\"")]
    [InlineData("00 01 \"name\" 00 \"octet\"")]
    [InlineData("00 01 \"name\" 00 \"netascii\" 00")]
    public void TextWithoutItsNulIsRefused(string text) =>
        Assert.False(TftpView.TryRead(Golden.Bytes(text), out _, out _));

    [Fact]
    public void UnknownOptionsAreSkippedUpToALimit()
    {
        Assert.True(TftpView.TryRead(
            Golden.Bytes("00 06 \"multicast\" 00 00 \"BLKSIZE\" 00 \"1024\" 00"), out TftpView view, out _));
        Assert.Equal(1024, view.Options.BlockBytes);
        byte[] many = new byte[2 + 2 * 33];
        many[1] = 6;
        Assert.False(TftpView.TryRead(many, out _, out ParseError error));
        Assert.Equal(ParseError.TooMany, error);
    }
}
