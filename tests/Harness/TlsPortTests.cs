using System;
using System.Net.Http;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Bootlace.Harness;
using Xunit;

namespace Bootlace.Tests.Harness;

/// <summary>Protects the meaning of the HTTPS scenarios: the server shows the certificates it was given, speaks the
/// versions it was told to, and lets nobody in without the certificate it asks for.</summary>
public sealed class TlsPortTests
{
    private static readonly TestIdentity s_root = TestIdentity.Make("Root", isAuthority: true);
    private static readonly TestIdentity s_between = TestIdentity.Make("Between", s_root, isAuthority: true);
    private static readonly TestIdentity s_server =
        TestIdentity.MakeServer(s_between, ["127.0.0.1", "boot.example"], "rsa2048");
    private static readonly TestIdentity s_client =
        TestIdentity.Make("Guest", s_root, usage: TestIdentity.ClientAuth);

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task ShowsItsChainAndSpeaksOneVersion(SslProtocols version)
    {
        await using PayloadServer server = await PayloadServer.StartAsync();
        TlsPort port = await server.OpenTlsAsync(new TlsSetup(s_server, s_between) { Versions = version });
        server["/a"] = ServedFile.FromText("hello");
        using HttpClient client = ClientOf(port, SslProtocols.Tls12 | SslProtocols.Tls13);
        Assert.Equal("hello", await client.GetStringAsync("/a"));

        LoggedHandshake handshake = Assert.Single(port.Handshakes);
        Assert.Equal((version, "", ""), (handshake.Version, handshake.ServerName, handshake.ClientName));
        Assert.Equal((1, port.Port), (port.HandshakesBegun, Assert.Single(server.Requests).Port));
        SslProtocols other = version == SslProtocols.Tls12 ? SslProtocols.Tls13 : SslProtocols.Tls12;
        using HttpClient stranger = ClientOf(port, other);
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetStringAsync("/a"));
        Assert.Equal((2, 1), (port.HandshakesBegun, port.Handshakes.Count));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task LetsInOnlyClientsWithACertificateOfItsAuthority(SslProtocols version)
    {
        await using PayloadServer server = await PayloadServer.StartAsync();
        TlsPort port = await server.OpenTlsAsync(
            new TlsSetup(s_server, s_between) { Versions = version, ClientAuthority = s_root });
        server["/a"] = ServedFile.FromText("hello");
        TestIdentity impostor = TestIdentity.Make(
            "Guest", TestIdentity.Make("Another", isAuthority: true), usage: TestIdentity.ClientAuth);
        TestIdentity[] refused = [impostor, TestIdentity.Make("Signer", s_root)];
        using HttpClient stranger = ClientOf(port, version);
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetStringAsync("/a"));
        foreach (TestIdentity one in refused)
        {
            using HttpClient other = ClientOf(port, version, one);
            await Assert.ThrowsAsync<HttpRequestException>(() => other.GetStringAsync("/a"));
        }

        using HttpClient client = ClientOf(port, version, s_client);
        Assert.Equal("hello", await client.GetStringAsync("/a"));
        Assert.Equal("Guest", Assert.Single(port.Handshakes).ClientName);
        Assert.True(port.HandshakesBegun >= refused.Length + 2);   // clients may try again
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task CutsAnEncryptedBodyOffWithoutAGoodbye()
    {
        await using PayloadServer server = await PayloadServer.StartAsync();
        TlsPort port = await server.OpenTlsAsync(new TlsSetup(s_server, s_between));
        server["/a"] = ServedFile.OfZeros(1 << 20) with { DiesAfterBytes = 1 << 19 };
        using HttpClient client = ClientOf(port, SslProtocols.None);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync("/a"));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync("/a"));
        Assert.Single(port.Handshakes);
    }

    private static HttpClient ClientOf(TlsPort port, SslProtocols versions, TestIdentity? own = null)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTimeIgnored = false,
            VerificationTime = TestIdentity.Now.UtcDateTime,
        };
        policy.CustomTrustStore.Add(s_root.Certificate);
        SslClientAuthenticationOptions options = new()
        {
            CertificateChainPolicy = policy,
            EnabledSslProtocols = versions,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => own?.WithKey()!,
        };
        SocketsHttpHandler handler = new() { SslOptions = options };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{port.Port}") };
    }
}
