using System;
using System.Text;
using System.Threading;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects what servers are asked, over which connection, and what each status leads to.</summary>
public class HttpRequestTests : HttpTalk
{
    [Fact]
    public void TheRequestHasItsFieldsInTheExpectedOrder()
    {
        Server.Add(Response(""));
        Get("http://h/a%20b/c?d=e&f=g%26#x");
        Assert.Equal(
            "GET /a%20b/c?d=e&f=g%26 HTTP/1.1\r\nConnection: keep-alive\r\nUser-Agent: test/1\r\nHost: h\r\n\r\n",
            Server.Requests[0]);
        Assert.Equal("h:80", Server.Connections[0]);
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
        Server.Add(Response(""));
        Get(uri);
        Assert.StartsWith($"GET {path} HTTP/1.1\r\n", Server.Requests[0]);
        Assert.Equal(host, Header(Server.Requests[0], "Host"));
        Assert.Equal(6, Server.Requests[0].Split("\r\n").Length);
    }

    [Fact]
    public void H10_AUriOf64KilobytesIsSentWhole()
    {
        Server.Add(Response("x"));
        string path = "/" + new string('a', 65_000);
        Assert.Equal("x", Get("http://h" + path));
        Assert.StartsWith($"GET {path} HTTP", Server.Requests[0]);
    }

    [Theory]
    [InlineData("http:///f")]
    [InlineData("http://user@/f")]
    [InlineData("http:/f")]
    [InlineData("http:f")]
    public void H10_AUriWithoutAServerIsRefused(string uri) => GetFails(UriFailure.NoHost, uri);

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
        Server.Add($"HTTP/1.1 {status} Reason\r\nContent-Length: 5\r\n\r\nerror");
        Body = new MemoryBody();
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch("http://u:secret@h/f"));
        Assert.Equal(code, failure.Kind.Code);
        Assert.DoesNotContain("secret", failure.Message);
        Assert.Empty(Body.Bytes);
    }

    [Fact]
    public void RedirectsAreFollowedOnTheSameConnectionWhereThatIsPossible()
    {
        Server.Add("HTTP/1.1 302 Found\r\nLocation: ../other?x=y\r\nContent-Length: 4\r\n\r\nthis");
        Server.Add("HTTP/1.1 308 Permanent Redirect\r\nLocation: http://h/third\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Response("hello"));
        Body = new MemoryBody();
        Assert.Equal("http://h/third", Fetch("http://h/dir/f").Uri.Text);
        Assert.Equal("hello", Encoding.Latin1.GetString(Body.Bytes));
        Assert.Single(Server.Connections);
        Assert.StartsWith("GET /other?x=y ", Server.Requests[1]);
    }

    [Fact]
    public void ARedirectWhoseBodyBreaksOffIsFollowedAllTheSame()
    {
        Server.Add("HTTP/1.1 302 Found\r\nLocation: /g\r\nContent-Length: 400\r\n\r\nthis", Reset);
        Server.Add(Response("hello"));
        Assert.Equal("hello", Get());
        Assert.Equal(2, Server.Connections.Count);
    }

    [Fact]
    public void ARedirectLoopEnds()
    {
        Server.Answer = _ => ["HTTP/1.1 302 Found\r\nLocation: /f\r\nContent-Length: 0\r\n\r\n"];
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch("http://h/f"));
        Assert.Same(UriFailure.Loop, failure.Kind);
        Assert.Equal(11, Server.Requests.Count);
    }

    [Fact]
    public void TheUrisPasswordIsSentOnlyWhenAskedForByBasic()
    {
        Server.Add("HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\"\r\n"
            + "WWW-Authenticate: Basic realm=\"y\"\r\nContent-Length: 2\r\n\r\nno");
        Server.Add(Response("hello"));
        Assert.Equal("hello", Get("http://user:p%40ss@h/f"));
        Assert.Equal("", Header(Server.Requests[0], "Authorization"));
        Assert.Equal("Basic " + Convert.ToBase64String("user:p@ss"u8), Header(Server.Requests[1], "Authorization"));
        Assert.Single(Server.Connections);
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
        Server.Answer = _ => [$"HTTP/1.1 401 No\r\nWWW-Authenticate: {challenge}\r\nContent-Length: 0\r\n\r\n"];
        Body = new MemoryBody();
        Assert.Same(HttpFailure.Unauthorized, Assert.Throws<BootFailure>(() => Fetch(uri)).Kind);
        Assert.Equal(requests, Server.Requests.Count);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("100000", 60)]
    [InlineData("Fri, 31 Dec 1999 23:59:59 GMT", 5)]
    public void RetryAfterIsRespectedWithinReason(string value, int seconds)
    {
        Instant start = Clock.Now;
        Server.Add($"HTTP/1.1 503 Busy\r\nRetry-After: {value}\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Response("hello"));
        Assert.Equal("hello", Get());
        Assert.Equal(seconds, (Clock.Now - start).Milliseconds / 1000);
    }

    [Fact]
    public void RetryAfterWithoutEndIsAFailure()
    {
        Server.Answer = _ => ["HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"];
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch("http://h/f"));
        Assert.Same(HttpFailure.ServerError, failure.Kind);
        Assert.Equal(11, Server.Requests.Count);
    }

    [Fact]
    public void TheNextRequestUsesTheConnectionOfTheLast()
    {
        Server.Add(Response("one"));
        Server.Add(Response("two"));
        Assert.Equal("one", Get());
        Assert.Equal("two", Get());
        Assert.Single(Server.Connections);
        new UriFetcher([Opener]).CloseIdle();
        Assert.Equal(0, Server.OpenCount);
    }

    [Theory]
    [InlineData("http://h:81/f")]
    [InlineData("http://i/f")]
    public void H11_AKeptConnectionServesOnlyItsOwnHostAndPort(string other)
    {
        Server.Add(Response("one"));
        Server.Add(Response("two"));
        Get("http://h/f");
        Get(other);
        Assert.Equal(2, Server.Connections.Count);
        Assert.Equal(2, Server.OpenCount);
    }

    [Fact]
    public void AKeptConnectionIsNotUsedAnyMoreOnceItsServerWouldBeJudgedAnew()
    {
        Server.Answer = _ => [Response("x")];
        Get();
        Get();
        Assert.Single(Server.Connections);
        Server.Generation++;
        Get();
        Get();
        Assert.Equal(2, Server.Connections.Count);
        Assert.Equal(1, Server.OpenCount);
    }

    [Fact]
    public void AnIdleConnectionIsClosedAfterAWhile()
    {
        Server.Add(Response("one"));
        Get();
        Pump.Run(() => Pump.Delay(Duration.FromSeconds(11), CancellationToken.None));
        Assert.Equal(0, Server.OpenCount);
    }

    public static TheoryData<string> Ends => ["reset", "close", "cut"];

    [Theory]
    [MemberData(nameof(Ends))]
    public void AKeptConnectionThatTheServerHasClosedIsReplacedWithoutFuss(string end)
    {
        Server.Add(Response("one"), end switch { "reset" => Reset, "cut" => Cut, _ => Close });
        Server.Add(Response("two"));
        Get();
        Assert.Equal("two", Get());
        Assert.Equal(2, Server.Connections.Count);
    }

    [Fact]
    public void AFreshConnectionClosedBeforeTheAnswerIsAFailure()
    {
        Server.Add(Close);
        GetFails(HttpFailure.ConnectionLost);
        Assert.Single(Server.Requests);
    }
}
