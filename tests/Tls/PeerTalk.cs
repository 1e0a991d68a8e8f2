using System;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Us as a visitor of real servers: a connector over this machine's TCP, whose earlier sessions go
/// on.</summary>
internal sealed class PeerTalk : IDisposable
{
    private readonly ClientOptions _options;
    private readonly TlsConnector _connector;

    /// <param name="server">Whom to visit.</param>
    /// <param name="root">Whom to trust.</param>
    /// <param name="client">The client certificate; null: none.</param>
    /// <param name="port">The server's, where it has more than one.</param>
    public PeerTalk(PeerServer server, TestIdentity root, TestIdentity? client = null, int? port = null)
        : this(() => server, root, client, port)
    {
    }

    /// <summary>The same where the server changes.</summary>
    public PeerTalk(Func<PeerServer> server, TestIdentity root, TestIdentity? client = null, int? port = null)
    {
        Chains = new ChainTalk(root);
        OwnFiles own = client is null ? OwnFiles.None : new(client.Der, client.Key.ExportPkcs8PrivateKey());
        _options = new ClientOptions(new TickingClock(microsecondsALook: 1000), "http/1.1", () => own);
        _connector = new TlsConnector(
            Loop.Pump, (_, _, _) => Task.FromResult<IByteStream>(Wire(server().Connect(Loop, port))), _options,
            new ServerTrust(Chains.Trust, Chains.Time, null));
    }

    public Loopback Loop { get; } = new();

    public ChainTalk Chains { get; }

    /// <summary>Puts somebody between us and the server.</summary>
    public Func<IByteStream, IByteStream> Wire { get; init; } = stream => stream;

    public TlsStream Connect(string host = ChainTalk.Host) =>
        Loop.Pump.Run(() => _connector.ConnectAsync(host, 443, default));

    public void Write(TlsStream stream, byte[] bytes) =>
        Loop.Pump.Run(() => stream.WriteAsync(bytes, default).AsTask());

    /// <summary>Reads so many bytes, or fewer up to the end.</summary>
    public byte[] Read(TlsStream stream, int count)
    {
        byte[] got = new byte[count];
        return got[..Loop.Pump.Run(() => stream.FillAsync(got, default).AsTask())];
    }

    /// <summary>Why there is no connection.</summary>
    public BootFailure RefusalOf(string host = ChainTalk.Host) => Assert.Throws<BootFailure>(() => Connect(host));

    /// <summary>Asserts that there is no connection, and why.</summary>
    public void Refuses(FailureKind kind, string host = ChainTalk.Host) => IsKind(kind, RefusalOf(host));

    /// <summary>Asserts that a read fails, and why.</summary>
    public void FailsToRead(FailureKind kind, TlsStream stream)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => Read(stream, 1));
        IsKind(kind, failure);
    }

    public void Dispose()
    {
        _options.Dispose();
    }

    private static void IsKind(FailureKind kind, BootFailure failure) =>
        Assert.True(failure.Kind == kind, $"wanted {kind.Sentence}, got {failure.Describe()}");
}
