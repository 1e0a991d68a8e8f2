using System;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>.NET's TLS server, connections to it in memory, and somebody who trusts its root. The pump keeps timers
/// and is not run.</summary>
internal sealed class TlsServer : IDisposable
{
    public const string Host = ChainTalk.Host;
    public static readonly byte[] NoTicket = [];

    private readonly X509Certificate2 _certificate;
    private readonly SslServerAuthenticationOptions _options;
    private ClientOptions? _client;

    public TlsServer(SslProtocols version, string names = "dns:" + Host, bool isTrusted = true)
    {
        TestIdentity root = ChainTalk.Root(), own = ChainTalk.Server(root, names);
        Chains = new ChainTalk(isTrusted ? root : ChainTalk.Root("Another"));
        _certificate = own.Certificate.CopyWithPrivateKey((ECDsa)own.Key);
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true),
            EnabledSslProtocols = version,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            AllowTlsResume = true,
        };
    }

    public static TheoryData<SslProtocols> Versions => [SslProtocols.Tls12, SslProtocols.Tls13];

    public ChainTalk Chains { get; }

    public Pump Pump { get; } = new(new ManualClock());

    public TlsOptions Options { get; } = new(isAesFaster: true, "http/1.1");

    /// <summary>The client certificate that is set.</summary>
    public OwnFiles Own { get; set; } = OwnFiles.None;

    /// <summary>What a connector takes.</summary>
    public ClientOptions Client =>
        _client ??= new ClientOptions(new TickingClock(microsecondsALook: 1000), "http/1.1", () => Own);

    /// <summary>What is asked once a chain is trusted.</summary>
    public ChainCheck? Check { get; set; }

    public ServerTrust Trust => new(Chains.Trust, Chains.Time, Check) { OtherGeneration = () => Policy };

    /// <summary>What else verdicts rest on.</summary>
    public int Policy { get; set; }

    /// <summary>Demands a client certificate.</summary>
    public bool DemandsCertificate
    {
        set
        {
            _options.ClientCertificateRequired = value;
            _options.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null || !value;
        }
    }

    /// <summary>The latest connection: our end, the server's, its TLS, and its handshake.</summary>
    public TestWire Wire { get; private set; } = null!;
    public DuplexStream Far { get; private set; } = null!;
    public SslStream Peer { get; private set; } = null!;
    public Task Accepting { get; private set; } = null!;

    public void Listen(int pieceMax = int.MaxValue)
    {
        (DuplexStream near, Far) = DuplexStream.CreatePair();
        Wire = new TestWire(near) { PieceMax = pieceMax };
        Peer = new SslStream(Far);
        Accepting = AcceptAsync(Peer, Far);
    }

    /// <summary>A stream to it, both handshakes done.</summary>
    public async Task<TlsStream> ConnectAsync(int pieceMax = int.MaxValue)
    {
        Listen(pieceMax);
        TlsStream stream = await StartAsync(Host, CancellationToken.None);
        await Accepting;
        return stream;
    }

    /// <summary>A connector whose every connection is a new one to it.</summary>
    public TlsConnector Connector(TlsJournal? journal = null)
    {
        return new TlsConnector(Pump, Connect, Client, Trust) { Journal = journal };

        Task<IByteStream> Connect(string host, ushort port, CancellationToken stop)
        {
            Listen();
            return Task.FromResult<IByteStream>(Wire);
        }
    }

    /// <summary>A connector's connection, which has heard something, and so got its ticket.</summary>
    public async Task<TlsStream> TalkAsync(TlsConnector connector, string host = Host, ushort port = 443)
    {
        TlsStream stream = await connector.ConnectAsync(host, port, CancellationToken.None);
        await Accepting;
        await Peer.WriteAsync("x"u8.ToArray());
        Assert.Equal(1, await stream.ReadAsync(new byte[10], CancellationToken.None));
        return stream;
    }

    /// <summary>Our handshake alone.</summary>
    public Task<TlsStream> StartAsync(string host, CancellationToken stop) =>
        TlsStream.ConnectAsync(Pump, Wire, Options, Trust, host, NoTicket, null, stop);

    public void Dispose()
    {
        Peer?.Dispose();
        Options.Dispose();
        _client?.Dispose();
        _certificate.Dispose();
    }

    private async Task AcceptAsync(SslStream peer, DuplexStream far)
    {
        try
        {
            await peer.AuthenticateAsServerAsync(_options);
        }
        catch
        {
            far.Dispose();   // or we would wait for it for ever
            throw;
        }
    }
}
