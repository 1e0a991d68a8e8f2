using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Tests.Harness;

/// <summary>Protects the meaning of the break-it scenarios: the HTTP server fails exactly as it is told to.</summary>
public sealed class PayloadServerTests
{
    [Fact]
    public async Task ServesWholeFilesAndRangesAndLogsThem()
    {
        await using PayloadServer server = await PayloadServer.StartAsync();
        using HttpClient client = ClientOf(server);
        server["/a"] = ServedFile.FromText("hello world");
        Assert.Equal("hello world", await client.GetStringAsync("/a"));

        using HttpRequestMessage request = new(HttpMethod.Get, "/a");
        request.Headers.Range = new RangeHeaderValue(6, null);
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("bytes 6-10/11", response.Content.Headers.ContentRange!.ToString());
        Assert.Equal("world", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/b")).StatusCode);
        Assert.Equal(["", "bytes=6-", ""], server.Requests.Select(it => it.Range));
    }

    [Fact]
    public async Task DiesInTheMiddleOfABodyAndStaysDead()
    {
        await using PayloadServer server = await PayloadServer.StartAsync();
        using HttpClient client = ClientOf(server);
        server["/a"] = ServedFile.OfZeros(10 << 20) with { DiesAfterBytes = 5 << 20 };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync("/a"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync("/a"));
    }

    private static HttpClient ClientOf(PayloadServer server) =>
        new() { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
}
