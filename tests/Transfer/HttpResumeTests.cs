using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>Protects the resume: a broken body goes on where it was, two files are never mixed, and it always
/// ends.</summary>
public class HttpResumeTests : HttpTalk
{
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
            Server.Requests.Clear();
            Server.Answer = request => Ranged(request, fields, breakAfter: 7, end);
            Assert.Equal(Whole, Get());
            Assert.Equal(0, Body.Restarts);
            Assert.Equal(["", "bytes=7-", "bytes=14-"], Server.Requests.Select(request => Header(request, "Range")));
            Assert.Equal(["", validator, validator], Server.Requests.Select(request => Header(request, "If-Range")));
            Assert.Equal(2, Body.Resumes.Count);
        }
    }

    [Fact]
    public void ABodyThatIsCutOffUnderTlsGoesOnWhereItWas()
    {
        Server.Add($"{Ok}ETag: \"v\"\r\nContent-Length: 10\r\n\r\n0123", Cut);
        Server.Add("HTTP/1.1 206 Partial\r\nETag: \"v\"\r\nContent-Range: bytes 4-9/10\r\n"
            + "Content-Length: 6\r\n\r\n456789");
        Assert.Equal("0123456789", Get());
        Assert.Equal("bytes=4-", Header(Server.Requests[1], "Range"));
    }

    [Fact]
    public void ABodyThatIsCutOffUnderTlsAgainAndAgainFailsByTheCodeForThat()
    {
        Server.Answer = _ => [$"{Ok}ETag: \"v\"\r\nContent-Length: 10\r\n\r\n", Cut];
        GetFails(TlsFailure.Truncated);
    }

    [Fact]
    public void EveryByteMayBeTheLastOfItsConnection()
    {
        for (int breakAfter = 1; breakAfter <= Whole.Length; breakAfter++)
        {
            Server.Answer = request => Ranged(request, "ETag: \"v\"\r\n", breakAfter, Reset);
            Assert.Equal(Whole, Get());
            Assert.Equal(0, Body.Restarts);
        }
    }

    [Fact]
    public void AChunkedBodyResumesToo()
    {
        Server.Add($"{Ok}ETag: \"v\"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n567", Reset);
        Server.Answer = null;
        Server.Add("HTTP/1.1 206 P\r\nETag: \"v\"\r\nContent-Range: bytes 8-19/20\r\nContent-Length: 12\r\n\r\n"
            + Whole[8..]);
        Assert.Equal(Whole, Get());
        Assert.Equal("bytes=8-", Header(Server.Requests[1], "Range"));
    }

    [Fact]
    public void ABodyThatLostOnlyItsEndMarkIsWhole()
    {
        Server.Add($"{Ok}ETag: \"v\"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n", Reset);
        Server.Add("HTTP/1.1 416 R\r\nContent-Range: bytes */5\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("01234", Get());
    }

    [Fact]
    public void AShortPartIsFollowedByTheNext()
    {
        Server.Answer = request =>
        {
            string range = Header(request, "Range");
            if (range.Length == 0) return [$"{Ok}ETag: \"v\"\r\nContent-Length: 20\r\n\r\n01", Reset];
            int first = int.Parse(range["bytes=".Length..^1]);
            int last = Math.Min(first + 4, 19);
            return [$"HTTP/1.1 206 P\r\nContent-Range: bytes {first}-{last}/20\r\n\r\n{Whole[first..(last + 1)]}"];
        };
        Assert.Equal(Whole, Get());
        Assert.Equal(0, Body.Restarts);
    }

    [Fact]
    public void WithoutAValidatorItBeginsAgainRatherThanMixTwoFiles()
    {
        Server.Add($"{Ok}Content-Length: 20\r\n\r\n0123", Reset);
        Server.Add(Response(Whole));
        Assert.Equal(Whole, Get());
        Assert.Equal(1, Body.Restarts);
        Assert.Equal("", Header(Server.Requests[1], "Range"));
    }

    [Fact]
    public void H6_A200ToARangeRequestBeginsAgainWithTheNewFile()
    {
        Server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        Server.Add(Response("new file", "ETag: \"v2\"\r\n"));
        Assert.Equal("new file", Get());
        Assert.Equal(1, Body.Restarts);
        Assert.Equal(8ul, Body.Expected);
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
        Server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        Server.Add($"HTTP/1.1 206 P\r\n{fields}\r\nXXXXXXXXXXXXXXXX", Close);
        Server.Add(Response(Whole));
        Assert.Equal(Whole, Get());
        Assert.Equal("", Header(Server.Requests[2], "Range"));
    }

    [Fact]
    public void H6_A416BeginsAgain()
    {
        Server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        Server.Add("HTTP/1.1 416 R\r\nContent-Range: bytes */2\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Response("no"));
        Assert.Equal("no", Get());
    }

    [Fact]
    public void H6_A206NobodyAskedForIsRefused()
    {
        Server.Add("HTTP/1.1 206 P\r\nContent-Range: bytes 0-4/9\r\nContent-Length: 5\r\n\r\nhello");
        GetFails(HttpFailure.Malformed);
    }

    [Fact]
    public void H6_AFileThatChangesEachTimeEndsInAFailure()
    {
        int version = 0;
        Server.Answer = _ => [$"{Ok}ETag: \"v{version++}\"\r\nContent-Length: 20\r\n\r\n0123", Reset];
        GetFails(HttpFailure.KeepsChanging);
    }

    [Fact]
    public void ARedirectDuringResumeIsFollowedFromTheStart()
    {
        Server.Add($"{Ok}ETag: \"v1\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        Server.Add("HTTP/1.1 302 F\r\nLocation: http://mirror/f\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Response(Whole));
        Assert.Equal(Whole, Get());
        Assert.Equal("mirror:80", Server.Connections[^1]);
    }

    [Fact]
    public void AServerThatIsBeingRestartedIsWaitedFor()
    {
        Server.Add($"{Ok}ETag: \"v\"\r\nContent-Length: 20\r\n\r\n0123", Reset);
        Server.Add("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
        Server.Add(Close);
        Server.Add("HTTP/1.1 206 P\r\nETag: \"v\"\r\nContent-Range: bytes 4-19/20\r\nContent-Length: 16\r\n\r\n"
            + Whole[4..]);
        Instant start = Clock.Now;
        Assert.Equal(Whole, Get());
        Assert.Equal(3_500, (Clock.Now - start).Milliseconds);   // 0.5 + 1 + 2 seconds
    }

    [Fact]
    public void AServerThatDiesAtHalfIsGivenUpWithAClearSentence()
    {
        Server.RefusesFrom = 1;
        Server.Add($"{Ok}ETag: \"v\"\r\nContent-Length: 20\r\n\r\n0123456789", Reset);
        Instant start = Clock.Now;
        BootFailure failure = GetFails(HttpFailure.ConnectionLost);
        Assert.Contains("broke off after 10 of 20 bytes and 6 attempts to go on failed", failure.Message);
        Assert.Equal(23_500, (Clock.Now - start).Milliseconds);
    }

    [Fact]
    public void AServerThatNeverAnswersTimesOut()
    {
        Server.Add(Hang);
        Instant start = Clock.Now;
        GetFails(HttpFailure.TimedOut);
        Assert.Equal(20, (Clock.Now - start).Milliseconds / 1000);
    }

    [Fact]
    public void SilenceInTheMiddleTimesOutAfterItsOwnLimit()
    {
        Server.Answer = request =>
            Ranged(request, "ETag: \"v\"\r\n", Header(request, "Range").Length == 0 ? 5 : 0, Hang);
        Instant start = Clock.Now;
        GetFails(HttpFailure.TimedOut);
        Assert.Equal(7 * 120 + 23, (Clock.Now - start).Milliseconds / 1000);
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
        Server.Add([.. drip]);
        Assert.Equal(new string('x', 200), Get());
        Assert.Single(Server.Connections);
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
        Server.Answer = request =>
        {
            if (isFirst)
            {
                isFirst = false;
                return [.. steps];
            }
            int first = int.Parse(Header(request, "Range")["bytes=".Length..^1]);
            int left = fast.Length + 100 - first;
            return [$"HTTP/1.1 206 P\r\nContent-Range: bytes {first}-{fast.Length + 99}/{fast.Length + 100}\r\n\r\n",
                new byte[left]];
        };
        Body = new MemoryBody(1 << 20);
        Fetch("http://h/f");
        Assert.Equal(fast.Length + 100, Body.Bytes.Length);
        Assert.Equal(0, Body.Restarts);
    }

    [Fact]
    public void CancellationEndsItAtAnyPointAtOnce()
    {
        foreach (Step[] answer in new Step[][] { [Hang], [Ok, Hang], [$"{Ok}Content-Length: 9\r\n\r\n1234", Hang],
            ["HTTP/1.1 503 B\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n"] })
        {
            Server.Add(answer);
            using var stop = new CancellationTokenSource();
            Pump.Schedule(Duration.FromSeconds(1), stop.Cancel);
            Instant start = Clock.Now;
            Assert.ThrowsAny<OperationCanceledException>(() => Fetch("http://h/f", stop.Token));
            Assert.Equal(1, (Clock.Now - start).Milliseconds / 1000);
            Opener.CloseIdle();
            Assert.Equal(0, Server.OpenCount);
        }
    }

    [Fact]
    public void RandomResponsesNeverHangOrCrash()
    {
        string[] words = ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 206 P\r\n", "\r\n", "Content-Length: 5\r\n", "5\r\n",
            "hello", "0\r\n",
            "Transfer-Encoding: chunked\r\n", "Content-Range: bytes 5-9/10\r\n", "ETag: \"v\"\r\n", "\0", "x",
            "HTTP/1.1 100 C\r\n", "HTTP/1.1 416 N\r\n", "Connection: close\r\n"];
        for (int seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var test = new HttpTalk();
            test.Server.Answer = _ =>
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
            Assert.InRange(test.Server.Requests.Count, 1, 300);
        }
    }
}
