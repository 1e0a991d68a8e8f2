using System.Linq;
using System.Text;
using System.Threading;
using Bootlace.Net;
using Bootlace.Tests.Support;
using Bootlace.Transfer;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Transfer;

/// <summary>An HTTP transfer and the scripted server it talks to; a test is a talk of its own.</summary>
public class HttpTalk
{
    protected internal const string Ok = "HTTP/1.1 200 OK\r\n";
    protected internal static readonly Step Close = new Step.Close();
    protected internal static readonly Step Reset = new Step.Reset();
    protected internal static readonly Step Cut = new Step.Cut();
    protected internal static readonly Step Hang = new Step.Hang();

    protected internal readonly ManualClock Clock = new();
    protected internal readonly Pump Pump;
    protected internal readonly ScriptedServer Server;
    protected internal readonly HttpOpener Opener;
    protected internal MemoryBody Body = new();

    public HttpTalk()
    {
        Pump = new Pump(Clock);
        Server = new ScriptedServer(Pump);
        Opener = new HttpOpener(Pump, Server, new HttpOptions { UserAgent = "test/1" });
    }

    protected internal static Step Wait(long seconds) => new Step.Wait(Duration.FromSeconds(seconds));

    protected internal FetchedBody Fetch(string uri, CancellationToken stop = default)
    {
        var fetcher = new UriFetcher([Opener]);
        return Pump.Run(() => fetcher.FetchAsync(BootUri.Parse(uri), Body, Body, stop));
    }

    protected internal string Get(string uri = "http://h/f")
    {
        Body = new MemoryBody();
        Fetch(uri);
        return Encoding.Latin1.GetString(Body.Bytes);
    }

    protected internal BootFailure GetFails(FailureKind kind, string uri = "http://h/f")
    {
        Body = new MemoryBody();
        BootFailure failure = Assert.Throws<BootFailure>(() => Fetch(uri));
        Assert.Same(kind, failure.Kind);
        Assert.Equal(0, Server.OpenCount);
        return failure;
    }

    protected internal static string Response(string body, string fields = "") =>
        $"{Ok}Content-Length: {body.Length}\r\n{fields}\r\n{body}";

    protected internal static string Header(string request, string name)
    {
        string? line = request.Split("\r\n").FirstOrDefault(field => field.StartsWith(name + ": "));
        return line is null ? "" : line[(name.Length + 2)..];
    }
}
