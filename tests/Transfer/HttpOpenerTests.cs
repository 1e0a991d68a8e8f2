using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects HTTP transfers: the body arrives whole and unmixed, whatever the server and the connection do, or the
/// failure says why; and it always ends.</summary>
public class HttpOpenerTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private static readonly Step Close = new Step.Close();
    private static readonly Step Reset = new Step.Reset();
    private static readonly Step Hang = new Step.Hang();

    private readonly ManualClock _clock = new();
    private readonly Pump _pump;
    private readonly ScriptedServer _server;
    private readonly HttpOpener _opener;
    private MemoryBody _body = new();

    public HttpOpenerTests()
    {
        _pump = new Pump(_clock);
        _server = new ScriptedServer(_pump);
        _opener = new HttpOpener(_pump, _server, new HttpOptions { UserAgent = "test/1" });
    }

    private static Step Wait(long seconds) => new Step.Wait(Duration.FromSeconds(seconds));

    private FetchedBody Fetch(string uri, CancellationToken stop = default)
    {
        var fetcher = new UriFetcher([_opener]);
        return _pump.Run(() => fetcher.FetchAsync(BootUri.Parse(uri), _body, _body, stop));
    }

    private string Get(string uri = "http://h/f")
    {
        _body = new MemoryBody();
        Fetch(uri);
        return Encoding.Latin1.GetString(_body.Bytes);
    }

    private BootFailure GetFails(FailureKind kind, string uri = "http://h/f")
    {
        _body = new MemoryBody();
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch(uri));
        Assert.Same(kind, failure.Kind);
        Assert.Equal(0, _server.OpenCount);
        return failure;
    }

    private static string Response(string body, string fields = "") =>
        $"{Ok}Content-Length: {body.Length}\r\n{fields}\r\n{body}";

    private static string Header(string request, string name)
    {
        string? line = request.Split("\r\n").FirstOrDefault(field => field.StartsWith(name + ": "));
        return line is null ? "" : line[(name.Length + 2)..];
    }

    // ---- requests

    [Fact]
    public void TheRequestHasItsFieldsInTheExpectedOrder()
    {
        _server.Add(Response(""));
        Get("http://h/a%20b/c?d=e&f=g%26#x");
        Assert.Equal("GET /a%20b/c?d=e&f=g%26 HTTP/1.1\r\nConnection: keep-alive\r\nUser-Agent: test/1\r\nHost: h\r\n\r\n",
            _server.Requests[0]);
        Assert.Equal("h:80", _server.Connections[0]);
    }

    [Theory]
    [InlineData("http://h", "/", "h")]
    [InlineData("http://h?q", "/?q", "h")]
    [InlineData("http://h:8080/x", "/x", "h:8080")]
    [InlineData("http://h:80/x", "/x", "h:80")]
    [InlineData("http://[fd00::1]:81/x", "/x", "[fd00::1]:81")]
    [InlineData("http://[fe80::1%25net0]/x", "/x", "[fe80::1]")]
    [InlineData("http://h/a b", "/a%20b", "h")]
    [InlineData("http://h/a\r\nEvil: x", "/a%0D%0AEvil:%20x", "h")]
    [InlineData("http://h/%00", "/%00", "h")]
    [InlineData("http://h/%", "/%", "h")]
    [InlineData("http://h/ä?ö", "/%C3%A4?%C3%B6", "h")]
    public void H10_OddUrisMakeProperRequests(string uri, string path, string host)
    {
        _server.Add(Response(""));
        Get(uri);
        Assert.StartsWith($"GET {path} HTTP/1.1\r\n", _server.Requests[0]);
        Assert.Equal(host, Header(_server.Requests[0], "Host"));
        Assert.Equal(6, _server.Requests[0].Split("\r\n").Length);
    }

    [Fact]
    public void H10_AUriOf64KilobytesIsSentWhole()
    {
        _server.Add(Response("x"));
        string path = "/" + new string('a', 65_000);
        Assert.Equal("x", Get("http://h" + path));
        Assert.StartsWith($"GET {path} HTTP", _server.Requests[0]);
    }

    [Theory]
    [InlineData("http:///f")]
    [InlineData("http://user@/f")]
    [InlineData("http:/f")]
    [InlineData("http:f")]
    public void H10_AUriWithoutAServerIsRefused(string uri) => GetFails(UriFailure.NoHost, uri);

    // ---- bodies

    public static TheoryData<string, string, string, bool> Bodies => new()
    {
        // name, response, body, whether the connection can be used again
        { "length", Response("hello"), "hello", true },
        { "empty", Response(""), "", true },
        { "until close", $"{Ok}\r\nhello", "hello", false },
        { "old server", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello", false },
        { "old server that keeps", "HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 5\r\n\r\nhello", "hello", true },
        { "closing", Response("hello", "Connection: close\r\n"), "hello", false },
        { "LF only", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "hello", true },
        { "lower case", "HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello", "hello", true },
        { "no reason", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", "hello", true },
        { "no content", "HTTP/1.1 204 No Content\r\n\r\n", "", true },
        { "same length twice", $"{Ok}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "hello", true },
        { "chunks", $"{Ok}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", "hello", true },
        { "upper case chunks", $"{Ok}Transfer-Encoding: Chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n", "0123456789", true },
        { "chunk extensions", $"{Ok}Transfer-Encoding: chunked\r\n\r\n5;a=\"b\";c\r\nhello\r\n0;d\r\n\r\n", "hello", true },
        { "trailers", $"{Ok}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\nContent-Length: 9\r\n\r\n", "hello", true },
        { "leading zeros", $"{Ok}Transfer-Encoding: chunked\r\n\r\n005\r\nhello\r\n000\r\n\r\n", "hello", true },
        { "chunks with LF", $"{Ok}Transfer-Encoding: chunked\n\n5\nhello\n0\n\n", "hello", true },
        { "chunks and length", $"{Ok}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "hello", false },
        { "interim", $"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n{Response("hello")}", "hello", true },
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
            var test = new HttpOpenerTests();
            test._server.Add(response[..cut], response[cut..], isKept ? Hang : Close);
            Assert.True(body == test.Get(), $"{name} cut at {cut}");
            Assert.True(isKept == (test._server.OpenCount == 1), $"{name} cut at {cut}: kept");
        }
        var slow = new HttpOpenerTests();
        slow._server.Add([.. response.Select(c => (Step)c.ToString()), Close]);
        Assert.Equal(body, slow.Get());
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void H8_AResponseEndingAnywhereEarlyFailsAndNeverHangs(string name, string response, string body, bool isKept)
    {
        _ = isKept;
        for (int cut = 0; cut < response.Length; cut++)
        {
            foreach (Step end in new[] { Close, Reset, Hang })
            {
                var test = new HttpOpenerTests();
                test._server.Answer = _ => [response[..cut], end];
                try
                {
                    string got = test.Get();
                    // Only a body that has no announced end may be taken for whole.
                    Assert.True(body.StartsWith(got) && (got == body || name == "until close"), $"{name} cut at {cut}: {got}");
                }
                catch (BootFailure failure)
                {
                    Assert.True(failure.Kind == HttpFailure.ConnectionLost || failure.Kind == HttpFailure.TimedOut
                        || failure.Kind == HttpFailure.KeepsChanging || failure.Kind == NetFailure.ConnectionReset,
                        $"{name} cut at {cut}: {failure.Message}");
                }
                Assert.True(test._clock.Now < new Instant(1_000_000) + Duration.FromSeconds(1_500));
            }
        }
    }

    [Fact]
    public void ALargeBodyArrivesInLargePiecesAndProgressIsReported()
    {
        byte[] large = new byte[5_000_000];
        new Random(1).NextBytes(large);
        _server.Add($"{Ok}Content-Length: {large.Length}\r\n\r\n", large);
        _body = new MemoryBody(1 << 20);
        FetchedBody fetched = Fetch("http://h/f");
        Assert.Equal(large, _body.Bytes);
        Assert.Equal((ulong)large.Length, fetched.SizeBytes);
        Assert.Equal((ulong)large.Length, _body.Expected);
        Assert.Equal(((ulong)large.Length, (ulong)large.Length), _body.Reports[^1]);
        Assert.InRange(_body.Reports.Count, 2, 20);
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
        _server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n", chunks.ToString(), "0\r\n\r\n");
        Assert.Equal(body.ToString(), Get());
    }

    [Fact]
    public void ATargetWithoutRoomEndsTheTransfer()
    {
        var full = new BootFailure(new FailureKind(0x31090001, "out of memory", "none"));
        _server.Add(Response("hello"));
        _body = new MemoryBody { Refusal = full };
        Assert.Same(full, Assert.Throws<BootFailure>(() => Fetch("http://h/f")));
        Assert.Equal(0, _server.OpenCount);
    }

    // ---- malformed responses

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
        _server.Add(response);
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H1_AHeadWithoutEndIsRefused()
    {
        _server.Add(Ok, "X: " + new string('a', 100_000));
        GetFails(HttpFailure.HeadTooLong);
        _server.Add(Ok, string.Concat(Enumerable.Repeat("X: y\r\n", 20_000)));
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
        _server.Add($"{Ok}Content-Length: {length}\r\n\r\nhello");
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H2_ABodyLongerThanItsLengthIsCutAndItsConnectionNotUsedAgain()
    {
        _server.Add(Response("hello") + " and more");
        Assert.Equal("hello", Get());
        Assert.Equal(0, _server.OpenCount);
    }

    [Fact]
    public void H2_ABodyShorterThanItsLengthIsAFailure()
    {
        _server.Answer = _ => [$"{Ok}Content-Length: 9\r\n\r\nhello", Close];
        GetFails(HttpFailure.KeepsChanging);
    }

    [Fact]
    public void H2_AnAbsurdLengthReachesTheTargetWhichMayRefuseIt()
    {
        _server.Add($"{Ok}Content-Length: 18446744073709551615\r\n\r\nhello", Hang);
        _body = new MemoryBody { Refusal = new BootFailure(new FailureKind(0x31090001, "out of memory", "none")) };
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
        _server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n{chunk}", Close);
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H3_ExtensionsAndTrailersWithoutEndAreRefused()
    {
        _server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n5;" + new string('a', 100_000));
        GetFails(HttpFailure.Malformed);
        _server.Add($"{Ok}Transfer-Encoding: chunked\r\n\r\n0\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 50_000)));
        GetFails(HttpFailure.Malformed);
    }

    [Theory]
    [InlineData("Transfer-Encoding: gzip\r\n")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")]
    public void ATransferCodingOtherThanChunkedIsRefused(string fields)
    {
        _server.Add($"{Ok}{fields}\r\n0\r\n\r\n");
        GetFails(HttpFailure.CodingNotSupported);
    }

    [Fact]
    public void H7_InterimResponsesWithoutEndAreRefused()
    {
        _server.Add(string.Concat(Enumerable.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 1_000)));
        GetFails(HttpFailure.UnexpectedStatus);
    }

    [Fact]
    public void H7_A204WithABodyHasNoneAndItsConnectionIsNotUsedAgain()
    {
        _server.Add("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello");
        Assert.Equal("", Get());
        Assert.Equal(0, _server.OpenCount);
    }

    // ---- statuses

    [Theory]
    [InlineData(400, 0x1d070004u)]
    [InlineData(401, 0x02070002u)]
    [InlineData(403, 0x41070003u)]
    [InlineData(404, 0x2d070001u)]
    [InlineData(410, 0x1d070004u)]
    [InlineData(416, 0x1d070004u)]
    [InlineData(500, 0x1d070005u)]
    [InlineData(503, 0x1d070005u)]
    [InlineData(304, 0x4307000bu)]
    [InlineData(302, 0x4307000bu)]
    [InlineData(999, 0x4307000bu)]
    public void AnErrorStatusFailsWithItsOwnCode(int status, uint code)
    {
        _server.Add($"HTTP/1.1 {status} Reason\r\nContent-Length: 5\r\n\r\nerror");
        _body = new MemoryBody();
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch("http://u:secret@h/f"));
        Assert.Equal(code, failure.Kind.Code);
        Assert.DoesNotContain("secret", failure.Message);
        Assert.Empty(_body.Bytes);
    }

    [Fact]
    public void RedirectsAreFollowedOnTheSameConnectionWhereThatIsPossible()
    {
        _server.Add("HTTP/1.1 302 Found\r\nLocation: ../other?x=y\r\nContent-Length: 4\r\n\r\nthis");
        _server.Add("HTTP/1.1 308 Permanent Redirect\r\nLocation: http://h/third\r\nContent-Length: 0\r\n\r\n");
        _server.Add(Response("hello"));
        _body = new MemoryBody();
        Assert.Equal("http://h/third", Fetch("http://h/dir/f").Uri.Text);
        Assert.Equal("hello", Encoding.Latin1.GetString(_body.Bytes));
        Assert.Single(_server.Connections);
        Assert.StartsWith("GET /other?x=y ", _server.Requests[1]);
    }

    [Fact]
    public void ARedirectWhoseBodyBreaksOffIsFollowedAllTheSame()
    {
        _server.Add("HTTP/1.1 302 Found\r\nLocation: /g\r\nContent-Length: 400\r\n\r\nthis", Reset);
        _server.Add(Response("hello"));
        Assert.Equal("hello", Get());
        Assert.Equal(2, _server.Connections.Count);
    }

    [Fact]
    public void ARedirectLoopEnds()
    {
        _server.Answer = _ => ["HTTP/1.1 302 Found\r\nLocation: /f\r\nContent-Length: 0\r\n\r\n"];
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch("http://h/f"));
        Assert.Same(UriFailure.Loop, failure.Kind);
        Assert.Equal(11, _server.Requests.Count);
    }

    [Fact]
    public void TheUrisPasswordIsSentOnlyWhenAskedForByBasic()
    {
        _server.Add("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\"\r\nWWW-Authenticate: Basic realm=\"y\"\r\nContent-Length: 2\r\n\r\nno");
        _server.Add(Response("hello"));
        Assert.Equal("hello", Get("http://user:p%40ss@h/f"));
        Assert.Equal("", Header(_server.Requests[0], "Authorization"));
        Assert.Equal("Basic " + Convert.ToBase64String("user:p@ss"u8), Header(_server.Requests[1], "Authorization"));
        Assert.Single(_server.Connections);
    }

    [Theory]   // the digest part of H7 comes with Digest itself
    [InlineData("Basic realm=\"x\"", "http://u:p@h/f", 2)]
    [InlineData("Basic", "http://u:p@h/f", 2)]
    [InlineData("Digest realm=\"x\", nonce=\"Basic y\"", "http://u:p@h/f", 1)]
    [InlineData("Digest", "http://u:p@h/f", 1)]
    [InlineData("Negotiate, Basic", "http://u:p@h/f", 2)]
    [InlineData("", "http://u:p@h/f", 1)]
    [InlineData("Basic realm=\"x\"", "http://h/f", 1)]
    public void H7_A401ThatStaysIsAFailureAfterOneTry(string challenge, string uri, int requests)
    {
        _server.Answer = _ => [$"HTTP/1.1 401 No\r\nWWW-Authenticate: {challenge}\r\nContent-Length: 0\r\n\r\n"];
        _body = new MemoryBody();
        Assert.Same(HttpFailure.Unauthorized, Assert.Throws<BootFailure>(() => Fetch(uri)).Kind);
        Assert.Equal(requests, _server.Requests.Count);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("100000", 60)]
    [InlineData("Fri, 31 Dec 1999 23:59:59 GMT", 5)]
    public void RetryAfterIsRespectedWithinReason(string value, int seconds)
    {
        Instant start = _clock.Now;
        _server.Add($"HTTP/1.1 503 Busy\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n");
        _server.Add(Response("hello"));
        Assert.Equal("hello", Get());
        Assert.Equal(seconds, (_clock.Now - start).Milliseconds / 1000);
    }

    [Fact]
    public void RetryAfterWithoutEndIsAFailure()
    {
        _server.Answer = _ => ["HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"];
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch("http://h/f"));
        Assert.Same(HttpFailure.ServerError, failure.Kind);
        Assert.Equal(11, _server.Requests.Count);
    }

    // ---- kept connections

    [Fact]
    public void TheNextRequestUsesTheConnectionOfTheLast()
    {
        _server.Add(Response("one"));
        _server.Add(Response("two"));
        Assert.Equal("one", Get());
        Assert.Equal("two", Get());
        Assert.Single(_server.Connections);
        _opener.CloseIdle();
        Assert.Equal(0, _server.OpenCount);
    }

    [Theory]
    [InlineData("http://h:81/f")]
    [InlineData("http://i/f")]
    public void H11_AKeptConnectionServesOnlyItsOwnHostAndPort(string other)
    {
        _server.Add(Response("one"));
        _server.Add(Response("two"));
        Get("http://h/f");
        Get(other);
        Assert.Equal(2, _server.Connections.Count);
        Assert.Equal(2, _server.OpenCount);
    }

    [Fact]
    public void AnIdleConnectionIsClosedAfterAWhile()
    {
        _server.Add(Response("one"));
        Get();
        _pump.Run(() => _pump.Delay(Duration.FromSeconds(11), CancellationToken.None));
        Assert.Equal(0, _server.OpenCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AKeptConnectionThatTheServerHasClosedIsReplacedWithoutFuss(bool isReset)
    {
        _server.Add(Response("one"), isReset ? Reset : Close);
        _server.Add(Response("two"));
        Get();
        Assert.Equal("two", Get());
        Assert.Equal(2, _server.Connections.Count);
    }

    [Fact]
    public void AFreshConnectionClosedBeforeTheAnswerIsAFailure()
    {
        _server.Add(Close);
        GetFails(HttpFailure.ConnectionLost);
        Assert.Single(_server.Requests);
    }

    // ---- resume

    private const string Whole = "0123456789abcdefghij";

    /// <summary>A server with ranges for <see cref="Whole"/> that breaks off each body after so many bytes.</summary>
    private Step[] Ranged(string request, string fields, int breakAfter, Step end)
    {
        string range = Header(request, "Range");
        if (range.Length == 0)
            return [$"{Ok}Content-Length: {Whole.Length}\r\n{fields}\r\n{Whole[..breakAfter]}", end];
        int first = int.Parse(range["bytes=".Length..^1]);
        string rest = Whole[first..];
        string sent = rest[..Math.Min(rest.Length, breakAfter)];
        return [$"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {first}-{Whole.Length - 1}/{Whole.Length}\r\n"
            + $"Content-Length: {rest.Length}\r\n{fields}\r\n{sent}", end];
    }

    [Theory]
    [InlineData("ETag: \"v1\"\r\n", "\"v1\"")]
    [InlineData("Last-Modified: Mon, 02 Jan 2023 03:04:05 GMT\r\n", "Mon, 02 Jan 2023 03:04:05 GMT")]
    [InlineData("ETag: W/\"v1\"\r\nLast-Modified: Mon, 02 Jan 2023 03:04:05 GMT\r\n", "Mon, 02 Jan 2023 03:04:05 GMT")]
    public void ABrokenBodyGoesOnWhereItWas(string fields, string validator)
    {
        foreach (Step end in new[] { Close, Reset, Hang })
        {
            _server.Requests.Clear();
            _server.Answer = request => Ranged(request, fields, breakAfter: 7, end);
            Assert.Equal(Whole, Get());
            Assert.Equal(0, _body.Restarts);
            Assert.Equal(["", "bytes=7-", "bytes=14-"], _server.Requests.Select(request => Header(request, "Range")));
            Assert.Equal(["", validator, validator], _server.Requests.Select(request => Header(request, "If-Range")));
            Assert.Equal(2, _body.Resumes.Count);
        }
    }

    [Fact]
    public void EveryByteMayBeTheLastOfItsConnection()
    {
        for (int breakAfter = 1; breakAfter <= Whole.Length; breakAfter++)
        {
            _server.Answer = request => Ranged(request, "ETag: \"v\"\r\n", breakAfter, Reset);
            Assert.Equal(Whole, Get());
            Assert.Equal(0, _body.Restarts);
        }
    }

    [Fact]
    public void AChunkedBodyResumesToo()
    {
        _server.Add($"{Ok}ETag: \"v\"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n567", Reset);
        _server.Answer = null;
        _server.Add("HTTP/1.1 206 P\r\nETag: \"v\"\r\nContent-Range: bytes 8-19/20\r\nContent-Length: 12\r\n\r\n" + Whole[8..]);
        Assert.Equal(Whole, Get());
        Assert.Equal("bytes=8-", Header(_server.Requests[1], "Range"));
    }

    [Fact]
    public void ABodyThatLostOnlyItsEndMarkIsWhole()
    {
        _server.Add($"{Ok}ETag: \"v\"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n", Reset);
        _server.Add("HTTP/1.1 416 R\r\nContent-Range: bytes */5\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("01234", Get());
    }

    [Fact]
    public void AShortPartIsFollowedByTheNext()
    {
        _server.Answer = request =>
        {
            string range = Header(request, "Range");
            if (range.Length == 0) return [$"{Ok}ETag: \"v\"\r\nContent-Length: 20\r\n\r\n01", Reset];
            int first = int.Parse(range["bytes=".Length..^1]);
            int last = Math.Min(first + 4, 19);
            return [$"HTTP/1.1 206 P\r\nContent-Range: bytes {first}-{last}/20\r\n\r\n{Whole[first..(last + 1)]}"];
        };
        Assert.Equal(Whole, Get());
        Assert.Equal(0, _body.Restarts);
    }

    [Fact]
    public void WithoutAValidatorItBeginsAgainRatherThanMixTwoFiles()
    {
        _server.Add($"{Ok}Content-Length: 20\r\n\r\n0123", Reset);
        _server.Add(Response(Whole));
        Assert.Equal(Whole, Get());
        Assert.Equal(1, _body.Restarts);
        Assert.Equal("", Header(_server.Requests[1], "Range"));
    }

    [Fact]
    public void H6_A200ToARangeRequestBeginsAgainWithTheNewFile()
    {
        _server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        _server.Add(Response("new file", "ETag: \"v2\"\r\n"));
        Assert.Equal("new file", Get());
        Assert.Equal(1, _body.Restarts);
        Assert.Equal(8ul, _body.Expected);
    }

    [Theory]
    [InlineData("Content-Range: bytes 5-19/20\r\n")]
    [InlineData("Content-Range: bytes 3-19/20\r\n")]
    [InlineData("Content-Range: bytes 4-19/21\r\n")]
    [InlineData("Content-Range: bytes 4-20/*\r\n")]
    [InlineData("Content-Range: bytes 4-3/20\r\n")]
    [InlineData("Content-Range: bytes 4-18446744073709551615/*\r\n")]
    [InlineData("Content-Range: bytes */20\r\n")]
    [InlineData("Content-Range: lines 4-19/20\r\n")]
    [InlineData("Content-Range: bytes 4-19\r\n")]
    [InlineData("Content-Range: bytes 4-19/20\r\nContent-Length: 3\r\n")]
    [InlineData("Content-Range: bytes 4-19/20\r\nETag: \"v2\"\r\n")]
    [InlineData("Content-Range: bytes 4-19/20\r\nContent-Type: multipart/byteranges; boundary=x\r\n")]
    [InlineData("")]
    public void H6_AWrongPartIsNotUsed(string fields)
    {
        _server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        _server.Add($"HTTP/1.1 206 P\r\n{fields}\r\nXXXXXXXXXXXXXXXX", Close);
        _server.Add(Response(Whole));
        Assert.Equal(Whole, Get());
        Assert.Equal("", Header(_server.Requests[2], "Range"));
    }

    [Fact]
    public void H6_A416BeginsAgain()
    {
        _server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        _server.Add("HTTP/1.1 416 R\r\nContent-Range: bytes */2\r\nContent-Length: 0\r\n\r\n");
        _server.Add(Response("no"));
        Assert.Equal("no", Get());
    }

    [Fact]
    public void H6_A206NobodyAskedForIsRefused()
    {
        _server.Add("HTTP/1.1 206 P\r\nContent-Range: bytes 0-4/9\r\nContent-Length: 5\r\n\r\nhello");
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H6_AFileThatChangesEachTimeEndsInAFailure()
    {
        int version = 0;
        _server.Answer = _ => [$"{Ok}ETag: \"v{version++}\"\r\nContent-Length: 20\r\n\r\n0123", Reset];
        GetFails(HttpFailure.KeepsChanging);
    }

    [Fact]
    public void ARedirectDuringResumeIsFollowedFromTheStart()
    {
        _server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        _server.Add("HTTP/1.1 302 F\r\nLocation: http://mirror/f\r\nContent-Length: 0\r\n\r\n");
        _server.Add(Response(Whole));
        Assert.Equal(Whole, Get());
        Assert.Equal("mirror:80", _server.Connections[^1]);
    }

    [Fact]
    public void AServerThatIsBeingRestartedIsWaitedFor()
    {
        _server.Add($"{Ok}ETag: \"v\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        _server.Add("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        _server.Add(Close);
        _server.Add("HTTP/1.1 206 P\r\nETag: \"v\"\r\nContent-Range: bytes 4-19/20\r\nContent-Length: 16\r\n\r\n" + Whole[4..]);
        Instant start = _clock.Now;
        Assert.Equal(Whole, Get());
        Assert.Equal(3_500, (_clock.Now - start).Milliseconds);   // 0.5 + 1 + 2 seconds
    }

    [Fact]
    public void AServerThatDiesAtHalfIsGivenUpWithAClearSentence()
    {
        _server.RefusesFrom = 1;
        _server.Add($"{Ok}ETag: \"v\"\r\nContent-Length: 20\r\n\r\n0123456789", Reset);
        Instant start = _clock.Now;
        BootFailure failure = GetFails(HttpFailure.ConnectionLost);
        Assert.Contains("broke off after 10 of 20 bytes and 6 attempts to go on failed", failure.Message);
        Assert.Equal(23_500, (_clock.Now - start).Milliseconds);
    }

    // ---- time

    [Fact]
    public void AServerThatNeverAnswersTimesOut()
    {
        _server.Add(Hang);
        Instant start = _clock.Now;
        GetFails(HttpFailure.TimedOut);
        Assert.Equal(20, (_clock.Now - start).Milliseconds / 1000);
    }

    [Fact]
    public void SilenceInTheMiddleTimesOutAfterItsOwnLimit()
    {
        _server.Answer = request => Ranged(request, "ETag: \"v\"\r\n", Header(request, "Range").Length == 0 ? 5 : 0, Hang);
        Instant start = _clock.Now;
        GetFails(HttpFailure.TimedOut);
        Assert.Equal(7 * 120 + 23, (_clock.Now - start).Milliseconds / 1000);
    }

    [Fact]
    public void H8_AServerThatDripsIsSlowButNotDead()
    {
        var drip = new List<Step> { $"{Ok}Content-Length: 200\r\n\r\n" };
        for (int i = 0; i < 200; i++)
        {
            drip.Add(Wait(10));
            drip.Add("x");
        }
        _server.Add([.. drip]);
        Assert.Equal(new string('x', 200), Get());
        Assert.Single(_server.Connections);
    }

    [Fact]
    public void H8_AServerThatSlowsDownFromFullSpeedIsFollowed()
    {
        byte[] fast = new byte[4_000_000];
        var steps = new List<Step> { $"{Ok}ETag: \"v\"\r\nContent-Length: {fast.Length + 100}\r\n\r\n", fast };
        for (int i = 0; i < 100; i++)
        {
            steps.Add(Wait(10));
            steps.Add("x");
        }
        bool isFirst = true;
        _server.Answer = request =>
        {
            if (isFirst)
            {
                isFirst = false;
                return [.. steps];
            }
            int first = int.Parse(Header(request, "Range")["bytes=".Length..^1]);
            int left = fast.Length + 100 - first;
            return [$"HTTP/1.1 206 P\r\nContent-Range: bytes {first}-{fast.Length + 99}/{fast.Length + 100}\r\n\r\n", new byte[left]];
        };
        _body = new MemoryBody(1 << 20);
        Fetch("http://h/f");
        Assert.Equal(fast.Length + 100, _body.Bytes.Length);
        Assert.Equal(0, _body.Restarts);
    }

    [Fact]
    public void CancellationEndsItAtAnyPointAtOnce()
    {
        foreach (Step[] answer in new Step[][] { [Hang], [Ok, Hang], [$"{Ok}Content-Length: 9\r\n\r\n1234", Hang],
            ["HTTP/1.1 503 B\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n"] })
        {
            _server.Add(answer);
            using var stop = new CancellationTokenSource();
            _pump.Schedule(Duration.FromSeconds(1), stop.Cancel);
            Instant start = _clock.Now;
            Assert.ThrowsAny<OperationCanceledException>(() => Fetch("http://h/f", stop.Token));
            Assert.Equal(1, (_clock.Now - start).Milliseconds / 1000);
            _opener.CloseIdle();
            Assert.Equal(0, _server.OpenCount);
        }
    }

    [Fact]
    public void RandomResponsesNeverHangOrCrash()
    {
        string[] words = ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 206 P\r\n", "\r\n", "Content-Length: 5\r\n", "5\r\n", "hello", "0\r\n",
            "Transfer-Encoding: chunked\r\n", "Content-Range: bytes 5-9/10\r\n", "ETag: \"v\"\r\n", "\0", "x", "HTTP/1.1 100 C\r\n",
            "HTTP/1.1 416 N\r\n", "Connection: close\r\n"];
        for (int seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var test = new HttpOpenerTests();
            test._server.Answer = _ =>
            {
                var text = new StringBuilder(random.Next(4) > 0 ? Ok : "");
                for (int i = random.Next(12); i > 0; i--) text.Append(words[random.Next(words.Length)]);
                return [text.ToString(), random.Next(3) switch { 0 => Close, 1 => Reset, _ => Hang }];
            };
            try
            {
                test.Get();
            }
            catch (BootFailure)
            {
            }
            Assert.InRange(test._server.Requests.Count, 1, 300);
        }
    }
}
