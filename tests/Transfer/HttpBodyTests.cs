using System;
using System.Linq;
using System.Text;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects the reading of responses: whole at every split, refused when malformed, never a hang.</summary>
public class HttpBodyTests : HttpTalk
{
    public static TheoryData<string, string, string, bool> Bodies => new()
    {
        // name, response, body, whether the connection can be used again
        { "length", Response("hello"), "hello", true },
        { "empty", Response(""), "", true },
        { "until close", $"{Ok}\r\nhello", "hello", false },
        { "old server", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", false },
        { "old server that keeps", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 5\r\n\r\nhello",
            "hello", true },
        { "closing", Response("hello", "Connection: close\r\n"), "hello", false },
        { "LF only", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "hello", true },
        { "lower case", "HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello", "hello", true },
        { "no reason", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", "hello", true },
        { "no content", "HTTP/1.1 204 No Content\r\n\r\n", "", true },
        { "same length twice", $"{Ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "hello", true },
        { "chunks", $"{Ok}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello", true },
        { "upper case chunks", $"{Ok}Transfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n", "0123456789",
            true },
        { "chunk extensions", $"{Ok}Transfer-Encoding: chunked\r\n\r\n5;a=\"b\";c\r\nhello\r\n0;d\r\n\r\n", "hello",
            true },
        { "trailers", $"{Ok}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\nContent-Length: 9\r\n\r\n",
            "hello", true },
        { "leading zeros", $"{Ok}Transfer-Encoding: chunked\r\n\r\n005\r\nhello\r\n000\r\n\r\n", "hello", true },
        { "chunks with LF", $"{Ok}Transfer-Encoding: chunked\n\n5\nhello\n0\n\n", "hello", true },
        { "chunks and length", $"{Ok}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "hello", false },
        { "interim", $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n{Response("hello")}",
            "hello", true },
        { "identity", Response("hello", "Transfer-Encoding: identity\r\n"), "hello", true },
        { "content coding is stored as it is", Response("hello", "Content-Encoding: gzip\r\n"), "hello", true },
        { "created", "HTTP/1.1 201 Created\r\nLocation: /other\r\nContent-Length: 5\r\n\r\nhello", "hello", true },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void H1_EveryResponseIsReadTheSameCutAtEveryByte(string name, string response, string body, bool isKept)
    {
        for (int cut = 0; cut <= response.Length; cut++)
        {
            var test = new HttpTalk();
            test.Server.Add(response[..cut], response[cut..], isKept ? Hang : Close);
            Assert.True(body == test.Get(), $"{name} cut at {cut}");
            Assert.True(isKept == (test.Server.OpenCount == 1), $"{name} cut at {cut}: kept");
        }
        var slow = new HttpTalk();
        slow.Server.Add([.. response.Select(c => (Step)c.ToString()), Close]);
        Assert.Equal(body, slow.Get());
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void H8_AResponseEndingAnywhereEarlyFailsAndNeverHangs(string name, string response, string body,
        bool isKept)
    {
        _ = isKept;
        for (int cut = 0; cut < response.Length; cut++)
        {
            foreach (Step end in new[] { Close, Reset, Hang })
            {
                var test = new HttpTalk();
                test.Server.Answer = _ => [response[..cut], end];
                try
                {
                    string got = test.Get();
                    // Only a body that has no announced end may be taken for whole.
                    Assert.True(body.StartsWith(got) && (got == body || name == "until close"),
                        $"{name} cut at {cut}: {got}");
                }
                catch (BootFailure failure)
                {
                    Assert.True(failure.Kind == HttpFailure.ConnectionLost || failure.Kind == HttpFailure.TimedOut
                        || failure.Kind == HttpFailure.KeepsChanging || failure.Kind == NetFailure.ConnectionReset,
                        $"{name} cut at {cut}: {failure.Message}");
                }
                Assert.True(test.Clock.Now < new Instant(1_000_000) + Duration.FromSeconds(1_500));
            }
        }
    }

    [Fact]
    public void ALargeBodyArrivesInLargePiecesAndProgressIsReported()
    {
        byte[] large = new byte[5_000_000];
        new Random(1).NextBytes(large);
        Server.Add($"{Ok}Content-Length: {large.Length}\r\n\r\n", large);
        Body = new MemoryBody(1 << 20);
        FetchedBody fetched = Fetch("http://h/f");
        Assert.Equal(large, Body.Bytes);
        Assert.Equal((ulong)large.Length, fetched.SizeBytes);
        Assert.Equal((ulong)large.Length, Body.Expected);
        Assert.Equal(((ulong)large.Length, (ulong)large.Length), Body.Reports[^1]);
        Assert.InRange(Body.Reports.Count, 2, 20);
    }

    [Fact]
    public void MegabytesOfTinyChunksAreJoined()
    {
        var chunks = new StringBuilder();
        var random = new Random(2);
        var body = new StringBuilder();
        for (int i = 0; i < 5_000; i++)
        {
            string data = new((char)('a' + i % 26), random.Next(1, 400));
            chunks.Append($"{data.Length:x}\r\n{data}\r\n");
            body.Append(data);
        }
        Server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n", chunks.ToString(), "0\r\n\r\n");
        Assert.Equal(body.ToString(), Get());
    }

    [Fact]
    public void ATargetWithoutRoomEndsTheTransfer()
    {
        var full = new BootFailure(new FailureKind(0x31090001, "out of memory", "none"));
        Server.Add(Response("hello"));
        Body = new MemoryBody { Refusal = full };
        Assert.Same(full, Assert.Throws<BootFailure>(() => Fetch("http://h/f")));
        Assert.Equal(0, Server.OpenCount);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("ICY 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n: x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n")]
    public void H1_AMalformedHeadIsRefused(string response)
    {
        Server.Add(response);
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H1_AHeadWithoutEndIsRefused()
    {
        Server.Add(Ok, "X: " + new string('a', 100_000));
        GetFails(HttpFailure.HeadTooLong);
        Server.Add(Ok, string.Concat(Enumerable.Repeat("X: y\r\n", 20_000)));
        GetFails(HttpFailure.HeadTooLong);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+5")]
    [InlineData("18446744073709551616")]
    [InlineData("99999999999999999999999999")]
    [InlineData("5 5")]
    [InlineData("5, 6")]
    [InlineData("0x5")]
    [InlineData("five")]
    [InlineData("")]
    [InlineData("5\r\nContent-Length: 6")]
    public void H2_ABadContentLengthIsRefused(string length)
    {
        Server.Add($"{Ok}Content-Length: {length}\r\n\r\nhello");
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H2_ABodyLongerThanItsLengthIsCutAndItsConnectionNotUsedAgain()
    {
        Server.Add(Response("hello") + " and more");
        Assert.Equal("hello", Get());
        Assert.Equal(0, Server.OpenCount);
    }

    [Fact]
    public void H2_ABodyShorterThanItsLengthIsAFailure()
    {
        Server.Answer = _ => [$"{Ok}Content-Length: 9\r\n\r\nhello", Close];
        GetFails(HttpFailure.KeepsChanging);
    }

    [Fact]
    public void H2_AnAbsurdLengthReachesTheTargetWhichMayRefuseIt()
    {
        Server.Add($"{Ok}Content-Length: 18446744073709551615\r\n\r\nhello", Hang);
        Body = new MemoryBody { Refusal = new BootFailure(new FailureKind(0x31090001, "out of memory", "none")) };
        Assert.Throws<BootFailure>(() => Fetch("http://h/f"));
    }

    [Theory]
    [InlineData("-1\r\n")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("00000000000000005\r\nhello\r\n")]
    [InlineData("\r\n")]
    [InlineData("x\r\n")]
    [InlineData(" 5\r\nhello\r\n")]
    [InlineData("5 x\r\nhello\r\n")]
    [InlineData("5\r\nhelloo\r\n")]
    [InlineData("5\r\nhello0\r\n")]
    [InlineData("0\r\nno field\r\n\r\n")]
    public void H3_ABadChunkIsRefused(string chunk)
    {
        Server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n{chunk}", Close);
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H3_ExtensionsAndTrailersWithoutEndAreRefused()
    {
        Server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n5;" + new string('a', 100_000));
        GetFails(HttpFailure.Malformed);
        Server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n"
            + string.Concat(Enumerable.Repeat("X: y\r\n", 50_000)));
        GetFails(HttpFailure.Malformed);
    }

    [Theory]
    [InlineData("Transfer-Encoding: gzip\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    public void ATransferCodingOtherThanChunkedIsRefused(string fields)
    {
        Server.Add($"{Ok}{fields}\r\n0\r\n\r\n");
        GetFails(HttpFailure.CodingNotSupported);
    }

    [Fact]
    public void H7_InterimResponsesWithoutEndAreRefused()
    {
        Server.Add(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1_000)));
        GetFails(HttpFailure.UnexpectedStatus);
    }

    [Fact]
    public void H7_A204WithABodyHasNoneAndItsConnectionIsNotUsedAgain()
    {
        Server.Add("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello");
        Assert.Equal("", Get());
        Assert.Equal(0, Server.OpenCount);
    }
}
