using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects files that are read in parts: one version of the file, few requests, broken connections made
/// again, and servers that cannot do it refused in plain words.</summary>
public class HttpFileTests : HttpTalk
{
    private readonly byte[] _content = new byte[300_000];
    private readonly List<string> _ranges = [];
    private readonly ScriptedServer _secure;
    private string _fields = "ETag: \"v1\"\r\nLast-Modified: Sat, 01 Nov 2025 10:00:00 GMT\r\n";

    public HttpFileTests()
    {
        new Random(7).NextBytes(_content);
        Server.Answer = request => [Part(request)];
        _secure = new ScriptedServer(Pump) { Answer = request => [Part(request)] };
    }

    [Theory]
    [InlineData("https://h/disk.img", "h:443")]
    [InlineData("https://h:8443/disk.img", "h:8443")]
    [InlineData("http://h/old", "other:443")]
    public void AFileOnAnHttpsServerIsReadOverTls(string uri, string connection)
    {
        Server.Answer = _ => ["HTTP/1.1 302 Found\r\nLocation: https://other/disk.img\r\nContent-Length: 0\r\n\r\n"];
        HttpFile file = Open(uri);
        Check(file, 5, 10);
        Assert.Equal([connection], _secure.Connections);
        file.Close();
        Assert.Equal((0, 0), (Server.OpenCount, _secure.OpenCount));
    }

    [Fact]
    public void ARedirectAwayFromHttpsIsRefused()
    {
        _secure.Answer = _ => ["HTTP/1.1 302 Found\r\nLocation: http://h/disk.img\r\nContent-Length: 0\r\n\r\n"];
        OpenFails(UriFailure.RedirectUnprotected, "https://h/disk.img");
        Assert.Empty(Server.Connections);
        Assert.Equal(0, _secure.OpenCount);
    }

    [Fact]
    public void PartsComeOverOneConnectionWithOneRequestEach()
    {
        HttpFile file = Open();
        Assert.Equal(300_000ul, file.SizeBytes);
        Check(file, 0, 65_536);
        Check(file, 65_536, 65_536);
        Check(file, 299_999, 1);
        Assert.Equal(["bytes=0-0", "bytes=0-65535", "bytes=65536-131071", "bytes=299999-299999"], _ranges);
        Assert.Single(Server.Connections);
        Assert.StartsWith("GET /disk.img HTTP/1.1\r\nConnection: keep-alive\r\n", Server.Requests[1]);
        Assert.Contains("\r\nUser-Agent: test/1\r\nHost: h\r\nRange: ", Server.Requests[1]);
        file.Close();
        Assert.Equal(0, Server.OpenCount);
    }

    [Fact]
    public void RedirectsAreFollowedOnceAndRemembered()
    {
        const string elsewhere =
            "HTTP/1.1 302 Found\r\nLocation: http://other:81/disk.img\r\nContent-Length: 0\r\n\r\n";
        Server.Answer = request => request.StartsWith("GET /old ") ? [elsewhere] : [Part(request)];
        HttpFile file = Open("http://h/old");
        Assert.Equal("http://other:81/disk.img", file.Uri.ToString());
        Check(file, 5, 10);
        Check(file, 50, 10);
        Assert.Single(Server.Requests, request => request.StartsWith("GET /old "));
        Assert.Equal(["h:80", "other:81"], Server.Connections);
    }

    [Fact]
    public void ARedirectLoopEnds()
    {
        Server.Answer = _ => ["HTTP/1.1 301 Moved\r\nLocation: /disk.img\r\n\r\n"];
        OpenFails(UriFailure.Loop);
        Server.Answer = _ => ["HTTP/1.1 301 Moved\r\nLocation: file:/x\r\n\r\n"];
        OpenFails(UriFailure.RedirectRefused);
    }

    [Fact]
    public void AServerThatSendsFilesOnlyWholeIsRefused()
    {
        Server.Answer = _ => [Response("everything")];
        BootFailure failure = OpenFails(HttpFailure.NoRanges);
        Assert.Equal("h sends http://h/disk.img only as a whole", failure.Message);
        Assert.Equal(0, Server.OpenCount);
    }

    [Fact]
    public void AnAbsentFileAndAnEmptyOneAreRefused()
    {
        Server.Answer = _ => ["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"];
        OpenFails(HttpFailure.NotFound);
        Server.Answer = _ => ["HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */0\r\n\r\n"];
        OpenFails(HttpFailure.RequestRefused);
    }

    [Fact]
    public void APasswordIsSentWhereItIsAskedFor()
    {
        Server.Answer = request => Header(request, "Authorization") == "Basic dTpw" ? [Part(request)]
            : ["HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"];
        HttpFile file = Open("http://u:p@h/disk.img");
        Check(file, 1, 100);
        OpenFails(HttpFailure.Unauthorized, "http://h/disk.img");
    }

    [Theory]
    [InlineData("ETag: \"v2\"\r\nLast-Modified: Sat, 01 Nov 2025 10:00:00 GMT\r\n")]
    [InlineData("ETag: \"v1\"\r\nLast-Modified: Sat, 01 Nov 2025 10:00:01 GMT\r\n")]
    public void AnotherVersionOfTheFileIsAFailure(string fields)
    {
        HttpFile file = Open();
        _fields = fields;
        ReadFails(file, HttpFailure.FileChanged);
    }

    [Fact]
    public void AFileThatIsGoneOrOfAnotherLengthHasChanged()
    {
        HttpFile file = Open();
        Server.Answer = _ => ["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"];
        ReadFails(file, HttpFailure.FileChanged);
        Server.Answer = _ => [Response("all of the new one")];
        ReadFails(file, HttpFailure.FileChanged);
        const string fields = "Content-Range: bytes 0-9/300001\r\nContent-Length: 10\r\n";
        Server.Answer = _ => [$"HTTP/1.1 206 Part\r\n{fields}\r\n0123456789"];
        ReadFails(file, HttpFailure.FileChanged);
    }

    [Theory]
    [InlineData("Content-Range: bytes 1-10/300000\r\nContent-Length: 10\r\n")]
    [InlineData("Content-Range: bytes 0-10/300000\r\nContent-Length: 11\r\n")]
    [InlineData("Content-Range: bytes 0-9/300000\r\nContent-Length: 11\r\n")]
    [InlineData("Content-Range: bytes 0-9/5\r\nContent-Length: 10\r\n")]
    [InlineData("Content-Type: multipart/byteranges; boundary=x\r\nContent-Length: 11\r\n")]
    [InlineData("Content-Range: bytes 0-9/300000\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n")]
    [InlineData("Content-Range: bytes */300000\r\nContent-Length: 10\r\n")]
    public void AnAnswerThatIsNotThePartAskedForIsMalformed(string fields)
    {
        HttpFile file = Open();
        Server.Answer = _ => [$"HTTP/1.1 206 Part\r\n{fields}\r\n0123456789a"];
        ReadFails(file, HttpFailure.Malformed);
    }

    [Fact]
    public void AServerMayGiveLessThanWasAskedForAndIsAskedAgain()
    {
        HttpFile file = Open();
        Server.Answer = request => [Part(request, bytesMax: 1000)];
        Check(file, 100, 2500);
        Assert.Equal(["bytes=0-0", "bytes=100-2599", "bytes=1100-2599", "bytes=2100-2599"], _ranges);
    }

    [Fact]
    public void AConnectionThatTheServerHasClosedMeanwhileIsMadeAgainAtOnce()
    {
        HttpFile file = Open();
        Check(file, 0, 100);
        int served = 0;
        Server.Answer = request => ++served == 1 ? [Close] : [Part(request)];
        Instant before = Clock.Now;
        Check(file, 100, 100);
        Assert.Equal(before, Clock.Now);
        Assert.Equal(2, Server.Connections.Count);
    }

    [Fact]
    public void AConnectionThatBreaksInTheMiddleGoesOnWhereItWas()
    {
        HttpFile file = Open();
        int served = 0;
        Server.Answer = request => ++served == 1 ? [Part(request)[..^50_000], Reset] : [Part(request)];
        Check(file, 0, 100_000);
        Assert.Matches("^bytes=[1-9][0-9]{4}-99999$", _ranges[^1]);
        Assert.Equal(3, _ranges.Count);
    }

    [Fact]
    public void AServerThatStaysAwayIsGivenUpAfterSomeTries()
    {
        HttpFile file = Open();
        Server.Answer = _ => [Hang];
        ReadFails(file, HttpFailure.TimedOut);
        Assert.InRange(Server.Requests.Count, 6, 9);
        Server.Answer = _ => ["HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"];
        ReadFails(file, HttpFailure.ServerError);
        Server.Answer = request => [Part(request)];
        Check(file, 0, 100);
    }

    [Fact]
    public void ACancelledReadEndsAtOnceAndTheFileGoesOn()
    {
        HttpFile file = Open();
        Server.Answer = _ => [Hang];
        using var stop = new CancellationTokenSource();
        Pump.Schedule(Duration.FromMilliseconds(500), stop.Cancel);
        Instant before = Clock.Now;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            using (Pump.Enter()) Pump.RunUntil(file.ReadAsync(0, new byte[100], stop.Token));
        });
        Assert.Equal(500, (Clock.Now - before).Milliseconds);
        Server.Answer = request => [Part(request)];
        Check(file, 0, 100);
    }

    [Fact]
    public void ServersThatCloseAfterEachAnswerOrSendChunksServeToo()
    {
        _fields += "Connection: close\r\n";
        HttpFile file = Open();
        Check(file, 10, 1000);
        Assert.Equal(2, Server.Connections.Count);
        _fields = "";
        Server.Answer = request => [Part(request, isChunked: true)];
        Check(file, 10, 1000);
        Check(file, 1010, 1000);
        Assert.Equal(3, Server.Connections.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnAnswerMayBeCutAnywhere(bool isChunked)
    {
        HttpFile file = Open();
        byte[] whole = [.. "HTTP/1.1 100 Continue\r\n\r\n"u8, .. Part("Range: bytes=7-46", isChunked: isChunked)];
        for (int cut = 1; cut < whole.Length; cut++)
        {
            int at = cut;
            Server.Answer = _ => [whole[..at], whole[at..]];
            Check(file, 7, 40);
        }
        Server.Answer = _ => [.. whole.Select(value => (Step)new byte[] { value })];
        Check(file, 7, 40);
        Assert.Single(Server.Connections);
    }

    private HttpFile Open(string uri = "http://h/disk.img") => Pump.Run(() => HttpFile.OpenAsync(
        Pump, new HttpConnectors(Server, _secure), new HttpOptions { UserAgent = "test/1" }, BootUri.Parse(uri),
        CancellationToken.None));

    private BootFailure OpenFails(FailureKind kind, string uri = "http://h/disk.img")
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => Open(uri));
        Assert.Same(kind, failure.Kind);
        return failure;
    }

    private void Check(HttpFile file, int first, int count)
    {
        var target = new byte[count];
        using (Pump.Enter()) Pump.RunUntil(file.ReadAsync((ulong)first, target, CancellationToken.None));
        Assert.True(target.AsSpan().SequenceEqual(_content.AsSpan(first, count)));
    }

    private void ReadFails(HttpFile file, FailureKind kind)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() =>
        {
            using (Pump.Enter()) Pump.RunUntil(file.ReadAsync(0, new byte[10], CancellationToken.None));
        });
        Assert.Same(kind, failure.Kind);
    }

    private byte[] Part(string request, int bytesMax = int.MaxValue, bool isChunked = false)
    {
        string range = Header(request, "Range");
        _ranges.Add(range);
        string[] ends = range["bytes=".Length..].Split('-');
        int first = int.Parse(ends[0]), last = Math.Min(int.Parse(ends[1]), _content.Length - 1);
        last = (int)Math.Min(last, (long)first + bytesMax - 1);
        byte[] body = _content[first..(last + 1)];
        string length = isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        string head = $"HTTP/1.1 206 Partial Content\r\n{_fields}"
            + $"Content-Range: bytes {first}-{last}/{_content.Length}\r\n{length}\r\n\r\n";
        if (!isChunked) return [.. Encoding.ASCII.GetBytes(head), .. body];
        int half = body.Length / 2;
        return
        [
            .. Encoding.ASCII.GetBytes($"{head}{half:x}\r\n"), .. body[..half],
            .. Encoding.ASCII.GetBytes($"\r\n{body.Length - half:x};x=y\r\n"), .. body[half..],
            .. "\r\n0\r\nTrailer: x\r\n\r\n"u8,
        ];
    }
}
