using System;
using System.Linq;
using System.Text;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects requests that carry more than a URI: forms, header fields, methods (spec/ipxe-compat.md 5.4).
/// </summary>
public class HttpParametersTests : HttpTalk
{
    private const string FormType = "application/x-www-form-urlencoded";

    [Fact]
    public void AFormIsPostedWithItsFieldsInTheExpectedOrder()
    {
        Server.Add(Response("hello"));
        RequestParameters parameters = new();
        parameters.AddField("user"u8, "a b&c=d+é/~"u8);
        parameters.AddField([0x00, 0xff], ""u8);
        parameters.AddHeader("X-Token", "one two");
        Assert.Equal("hello", Send(parameters, "http://u:p@h:8080/f?q#x"));
        Assert.Equal(
            "POST /f?q HTTP/1.1\r\nContent-Length: 39\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Connection: keep-alive\r\nUser-Agent: test/1\r\nHost: h:8080\r\nX-Token: one two\r\n\r\n"
                + "user=a%20b%26c%3Dd%2B%C3%A9%2F~&%00%FF=",
            Server.Requests.Single());
    }

    [Theory]
    [InlineData(null, false, "GET", "", "")]
    [InlineData(null, true, "POST", "3", FormType)]
    [InlineData("POST", false, "POST", "0", "")]
    [InlineData("PUT", false, "PUT", "0", "")]
    [InlineData("PUT", true, "PUT", "3", FormType)]
    [InlineData("GET", true, "GET", "3", FormType)]
    [InlineData("DELETE", false, "DELETE", "", "")]
    public void TheMethodIsTheOneAskedForElseTheUsualOne(
        string? method, bool hasForm, string sent, string length, string type)
    {
        Server.Add(Response("hello"));
        RequestParameters parameters = new() { Method = method };
        if (hasForm) parameters.AddField("a"u8, "b"u8);
        Assert.Equal("hello", Send(parameters));
        string request = Server.Requests.Single();
        Assert.StartsWith($"{sent} /f HTTP/1.1\r\n", request);
        Assert.Equal((length, type), (Header(request, "Content-Length"), Header(request, "Content-Type")));
    }

    [Theory]
    [InlineData("user-agent", "mine")]
    [InlineData("Host", "other.example")]
    [InlineData("AUTHORIZATION", "Bearer x")]
    public void AHeaderReplacesTheOneThatWouldBeSent(string name, string value)
    {
        Server.Add("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Response("hello"));
        RequestParameters parameters = new();
        parameters.AddHeader(name, value);
        Assert.Equal("hello", Send(parameters, "http://u:p@h/f"));
        Assert.Equal(
            [$"{name}: {value}"],
            Server.Requests[1].Split("\r\n").Where(it => IsCalled(it, name)));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    public void TheAnswerToAHeadEndsWithItsHead(int status)
    {
        Server.Add($"HTTP/1.1 {status} So\r\nContent-Length: 5000000000\r\n\r\n");
        Server.Add(Response("next"));
        RequestParameters parameters = new() { Method = "HEAD" };
        if (status == 200) Assert.Equal("", Send(parameters));
        else Assert.Same(HttpFailure.NotFound, Assert.Throws<BootFailure>(() => Send(parameters)).Kind);
        Assert.Equal("next", Get());
        Assert.Equal(status == 200 ? 1 : 2, Server.Connections.Count);
    }

    [Fact]
    public void ARedirectIsFollowedByAPlainGet()
    {
        Server.Add("HTTP/1.1 307 Elsewhere\r\nLocation: /g\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Response("hello"));
        Assert.Equal("hello", Send(Form()));
        Assert.StartsWith("GET /g ", Server.Requests[1]);
        Assert.DoesNotContain("X-Token", Server.Requests[1]);
    }

    [Fact]
    public void APasswordOrAPauseThatTheServerAsksForRepeatsTheForm()
    {
        Server.Add("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n");
        Server.Add("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Response("hello"));
        Assert.Equal("hello", Send(Form(), "http://u:p@h/f"));
        Assert.All(Server.Requests, it => Assert.EndsWith("\r\n\r\na=b", it));
        Assert.Equal(["", "Basic dTpw", "Basic dTpw"], Server.Requests.Select(it => Header(it, "Authorization")));
    }

    [Fact]
    public void AFormIsNeverSentTwiceBecauseOfTrouble()
    {
        Server.Add(Response("one"));
        Get();
        Server.Add($"{Ok}Content-Length: 9\r\n\r\nhalf", Reset);
        Assert.Equal(0x0f, (int)(Assert.Throws<BootFailure>(() => Send(Form())).Kind.Code >> 24));
        Assert.Equal(2, Server.Connections.Count);   // nor over a kept connection, which may have ended unnoticed
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public void AGetWithHeadersGoesOnWhereItBrokeOff()
    {
        Server.Add($"{Ok}Content-Length: 9\r\nETag: \"x\"\r\n\r\nhalf", Reset);
        Server.Add("HTTP/1.1 206 Part\r\nContent-Range: bytes 4-8/9\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\nwhole");
        RequestParameters parameters = new();
        parameters.AddHeader("X-Token", "t");
        Assert.Equal("halfwhole", Send(parameters));
        Assert.Equal(("t", "bytes=4-"), (Header(Server.Requests[1], "X-Token"), Header(Server.Requests[1], "Range")));
    }

    private static bool IsCalled(string line, string name) =>
        line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);

    private static RequestParameters Form()
    {
        RequestParameters parameters = new();
        parameters.AddField("a"u8, "b"u8);
        parameters.AddHeader("X-Token", "t");
        return parameters;
    }

    private string Send(RequestParameters parameters, string uri = "http://h/f")
    {
        Body = new MemoryBody();
        var fetcher = new UriFetcher([Opener]);
        Pump.Run(() => fetcher.FetchAsync(BootUri.Parse(uri).With(parameters), Body, Body, default));
        return Encoding.Latin1.GetString(Body.Bytes);
    }
}
