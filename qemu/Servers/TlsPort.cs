using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Bootlace.Harness;

/// <summary>A port of the HTTP server that speaks TLS, with a certificate of its own, and logs each
/// handshake.</summary>
public sealed class TlsPort
{
    private readonly TlsSetup _setup;
    private readonly SslServerAuthenticationOptions _options;
    private readonly ConcurrentQueue<LoggedHandshake> _handshakes = new();
    private int _begun;

    internal TlsPort(TlsSetup setup)
    {
        _setup = setup;
        // The same options and certificate object for all: .NET keeps its sessions with it.
        _options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(
                setup.Server.WithKey(), [.. setup.Between.Select(it => it.Certificate)], offline: true),
            EnabledSslProtocols = setup.Versions,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            ClientCertificateRequired = setup.ClientAuthority is not null,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };
        if (setup.ClientAuthority is not null)
            _options.RemoteCertificateValidationCallback = IsWelcome;
        if (setup.Suites is { } suites && OperatingSystem.IsLinux())
            _options.CipherSuitesPolicy = new CipherSuitesPolicy(suites);
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; internal set; }

    /// <summary>Handshakes that began, those that failed among them.</summary>
    public int HandshakesBegun => _begun;

    /// <summary>Handshakes that came to their end.</summary>
    public IReadOnlyList<LoggedHandshake> Handshakes => [.. _handshakes];

    /// <summary>A file's address as the guest has to write it.</summary>
    /// <param name="path">Path in the URL, with its slash.</param>
    /// <param name="host">Another name for the host.</param>
    public string GuestUrl(string path, string host = MachineNetwork.User.HostAddress) =>
        $"https://{host}:{Port}{path}";

    internal void Listen(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = Begin });
        listen.Use(Log);
    }

    private ValueTask<SslServerAuthenticationOptions> Begin(TlsHandshakeCallbackContext context)
    {
        Interlocked.Increment(ref _begun);
        return ValueTask.FromResult(_options);
    }

    private ConnectionDelegate Log(ConnectionDelegate next) => connection =>
    {
        ITlsHandshakeFeature handshake = connection.Features.Get<ITlsHandshakeFeature>()!;
        X509Certificate2? client = connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        _handshakes.Enqueue(new LoggedHandshake(
            handshake.Protocol, handshake.NegotiatedCipherSuite!.Value, handshake.HostName ?? "",
            client?.GetNameInfo(X509NameType.SimpleName, forIssuer: false) ?? ""));
        return next(connection);
    };

    private bool IsWelcome(object sender, X509Certificate? shown, X509Chain? sent, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 client)
            return false;
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_setup.ClientAuthority!.Certificate);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TestIdentity.ClientAuth));
        return chain.Build(client);
    }
}
