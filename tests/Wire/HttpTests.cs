using System;
using System.Text;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects HTTP heads and chunk headers: whatever way they are cut, and however servers bend the
/// rules.</summary>
public class HttpTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    [Fact]
    public void AHeadIsRead()
    {
        Assert.True(HttpHead.TryRead(Samples.HttpResponse, out HttpHead head, out _));
        Assert.Equal((200, 1, 12ul), (head.Status, head.MinorVersion, head.ContentLength!.Value));
        Assert.Equal("OK", Text(head.Reason));
        Assert.Equal("body", Text(Samples.HttpResponse.AsSpan(head.Bytes)));
        Assert.True(head.TryFind("SERVER", out ReadOnlySpan<byte> server));
        Assert.Equal("x", Text(server));
        Assert.False(head.TryFind("Location", out _));
        Assert.True(head.HasWord("connection", "close") && head.HasWord("Connection", "Keep-Alive"));
        Assert.False(head.HasWord("connection", "clos"));
        string names = "";
        foreach (HttpField field in head.Fields) names += Text(field.Name) + " ";
        Assert.Equal("Server content-length Connection ", names);
    }

    [Fact]
    public void H1_AHeadCutAnywhereConsumesNothing()
    {
        Assert.True(HttpHead.TryRead(Samples.HttpResponse, out HttpHead whole, out _));
        for (int cut = 0; cut < whole.Bytes; cut++)
        {
            byte[] start = Samples.HttpResponse[..cut];
            Assert.False(HttpHead.TryRead(start, out HttpHead head, out ParseError error));
            Assert.Equal((ParseError.Incomplete, 0), (error, head.Bytes));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nA: b\n\n")]
    [InlineData("HTTP/1.0 200\r\nA:b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 \r\nA: \tb\t \n\r\n")]
    [InlineData("HTTP/1.1 200 A long: reason\nA: b\r\n\n")]
    public void H1_LinesMayEndWithLineFeedAlone(string text)
    {
        Assert.True(TryRead(text, out HttpHead head, out _));
        Assert.Equal(200, head.Status);
        Assert.True(head.TryFind("a", out ReadOnlySpan<byte> value));
        Assert.Equal("b", Text(value));
        Assert.Equal(text.Length, head.Bytes);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 O\0K\r\n\r\n", ParseError.BadText)]
    [InlineData("HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", ParseError.BadText)]
    [InlineData("HTTP/1.1 200 OK\r\nA\0", ParseError.BadText)]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\rC: d\r\n\r\n", ParseError.BadText)]
    [InlineData("HTTP/1.1 200 OK\r\n folded: x\r\n\r\n", ParseError.BadText)]
    [InlineData("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", ParseError.BadText)]
    [InlineData("HTTP/1.1 200 OK\r\n: b\r\n\r\n", ParseError.BadText)]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", ParseError.BadText)]
    [InlineData("HTTP/2 200 OK\r\n\r\n", ParseError.BadVersion)]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n", ParseError.BadVersion)]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n", ParseError.BadVersion)]
    [InlineData("HTTP/1.1 +20 OK\r\n\r\n", ParseError.BadVersion)]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n", ParseError.BadVersion)]
    [InlineData("HTTP/1.x 200 OK\r\n\r\n", ParseError.BadVersion)]
    [InlineData("HTTP/1.1\t200 OK\r\n\r\n", ParseError.BadVersion)]
    [InlineData("\r\n", ParseError.BadVersion)]
    [InlineData("SSH-2.0-OpenSSH\r\n", ParseError.BadVersion)]
    public void H1_AHeadThatIsNoneIsRefused(string text, ParseError expected)
    {
        Assert.False(TryRead(text, out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("Content-Length: 5", 5ul)]
    [InlineData("content-length:5", 5ul)]
    [InlineData("CONTENT-LENGTH: 0005", 5ul)]
    [InlineData("Content-Length: 5, 5", 5ul)]
    [InlineData("Content-Length: 5,", 5ul)]
    [InlineData("Content-Length: 5\r\nContent-Length: 5", 5ul)]
    [InlineData("Content-Length: 18446744073709551615", ulong.MaxValue)]
    [InlineData("X-Content-Length: 7", null)]
    public void H2_ALengthIsReadWhateverItsCase(string fields, ulong? expected)
    {
        Assert.True(TryRead($"{Ok}{fields}\r\n\r\n", out HttpHead head, out _));
        Assert.Equal(expected, head.ContentLength);
    }

    [Theory]
    [InlineData("Content-Length: -5")]
    [InlineData("Content-Length: +5")]
    [InlineData("Content-Length: 18446744073709551616")]
    [InlineData("Content-Length: 99999999999999999999999")]
    [InlineData("Content-Length: 5, 6")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length:")]
    [InlineData("Content-Length: 0x5")]
    [InlineData("Content-Length: 5 5")]
    public void H2_ALengthThatIsNoneOrContradictsIsRefused(string fields)
    {
        bool isRead = TryRead($"{Ok}{fields}\r\n\r\n", out HttpHead head, out ParseError error);
        Assert.Equal((false, ParseError.BadLength), (isRead, error));
        Assert.Null(head.ContentLength);
    }

    [Fact]
    public void H3_ChunkedAndALengthAreBothReported()
    {
        string text = $"{Ok}Transfer-Encoding: gzip, Chunked\r\nContent-Length: 9\r\n\r\n";
        Assert.True(TryRead(text, out HttpHead head, out _));
        Assert.True(head.HasWord("Transfer-Encoding", "chunked"));
        Assert.Equal(9ul, head.ContentLength);
    }

    [Fact]
    public void AHeadThatNeverEndsIsRefusedAtItsLimit()
    {
        string text = Ok + "A: " + new string('x', HttpHead.BytesMax);
        Assert.False(TryRead(text[..(HttpHead.BytesMax - 1)], out _, out ParseError error));
        Assert.Equal(ParseError.Incomplete, error);
        Assert.False(TryRead(text[..HttpHead.BytesMax], out _, out error));
        Assert.Equal(ParseError.TooMany, error);
        Assert.False(TryRead(text + "\r\n\r\n", out _, out error));
        Assert.Equal(ParseError.TooMany, error);
    }

    [Fact]
    public void TooManyFieldsAreRefused()
    {
        var text = new StringBuilder(Ok);
        for (int i = 0; i < HttpHead.FieldsMax; i++) text.Append("A: b\r\n");
        Assert.True(TryRead(text + "\r\n", out _, out _));
        Assert.False(TryRead(text + "A: b\r\n\r\n", out _, out ParseError error));
        Assert.Equal(ParseError.TooMany, error);
    }

    [Theory]
    [InlineData("0\r\n", 0ul)]
    [InlineData("1aF;name=value\r\n", 0x1aful)]
    [InlineData("10\n", 16ul)]
    [InlineData("10  \r\n", 16ul)]
    [InlineData("10 ;x\r\n", 16ul)]
    [InlineData("7FFFFFFFFFFFFFFF\r\n", (ulong)long.MaxValue)]
    [InlineData("0000000000000001\r\n", 1ul)]
    public void AChunkHeaderIsReadAndCutAnywhereConsumesNothing(string text, ulong size)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text + "rest");
        Assert.True(HttpChunk.TryReadHeader(bytes, out ulong found, out int consumed, out _));
        Assert.Equal((size, text.Length), (found, consumed));
        for (int cut = 0; cut < text.Length; cut++)
        {
            Assert.False(HttpChunk.TryReadHeader(bytes.AsSpan(0, cut), out _, out consumed, out ParseError error));
            Assert.Equal((ParseError.Incomplete, 0), (error, consumed));
        }
    }

    [Theory]
    [InlineData("-1\r\n")]
    [InlineData("\r\n")]
    [InlineData(" 1\r\n")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("8000000000000000\r\n")]
    [InlineData("00000000000000001\r\n")]
    [InlineData("1x\r\n")]
    [InlineData("0x1\r\n")]
    [InlineData("1 1\r\n")]
    [InlineData(";x\r\n")]
    public void H3_AChunkSizeThatIsNoneIsRefused(string text)
    {
        Assert.False(HttpChunk.TryReadHeader(Encoding.ASCII.GetBytes(text), out _, out _, out ParseError error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void H3_AnExtensionOfTenKilobytesIsRefused()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("5;" + new string('x', 10240));
        Assert.False(HttpChunk.TryReadHeader(bytes, out _, out _, out ParseError error));
        Assert.Equal(ParseError.TooMany, error);
    }

    [Theory]
    [InlineData("\r\n", 2, ParseError.None)]
    [InlineData("\nx", 1, ParseError.None)]
    [InlineData("", 0, ParseError.Incomplete)]
    [InlineData("\r", 0, ParseError.Incomplete)]
    [InlineData("5\r\n", 0, ParseError.BadText)]
    [InlineData("\rx", 0, ParseError.BadText)]
    public void H3_AMissingLineEndBehindAChunkIsRefused(string text, int consumed, ParseError expected)
    {
        bool isRead = HttpChunk.TryReadEnd(Encoding.ASCII.GetBytes(text), out int found, out ParseError error);
        Assert.Equal((consumed > 0, consumed, expected), (isRead, found, error));
    }

    [Fact]
    public void ATrailerIsReadToItsEmptyLine()
    {
        byte[] bytes = "A: b\r\nC: d\n\r\nHTTP"u8.ToArray();
        Assert.True(HttpChunk.TryReadTrailer(bytes, out int consumed, out _));
        Assert.Equal(13, consumed);
        for (int cut = 0; cut < 13; cut++)
        {
            Assert.False(HttpChunk.TryReadTrailer(bytes.AsSpan(0, cut), out consumed, out ParseError error));
            Assert.Equal((ParseError.Incomplete, 0), (error, consumed));
        }
        Assert.False(HttpChunk.TryReadTrailer("no colon\r\n\r\n"u8, out _, out ParseError bad));
        Assert.Equal(ParseError.BadText, bad);
    }

    private static bool TryRead(string text, out HttpHead head, out ParseError error) =>
        HttpHead.TryRead(Encoding.Latin1.GetBytes(text), out head, out error);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
