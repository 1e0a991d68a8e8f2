using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Net;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects what connections are made with: nothing before the first one, ciphers timed once, and who we are
/// to servers as it was last set.</summary>
[Collection(NativeTests.Name)]
public class ClientOptionsTests
{
    private readonly TestIdentity _own = TestIdentity.Make("us"), _other = TestIdentity.Make("others", key: "rsa2048");

    [Fact]
    public void NothingIsMadeBeforeItIsNeededAndTheCiphersAreTimedOnce()
    {
        var clock = new TickingClock(microsecondsALook: 100);
        OwnFiles own = OwnFiles.None;
        using var options = new ClientOptions(clock, null, () => own);
        Assert.Equal((0, 0), (options.Generation, clock.Looks));
        TlsOptions first = options.Take();
        int looks = clock.Looks;
        Assert.InRange(looks, 4, 100_000);
        Assert.Same(first, options.Take());
        own = FilesOf(_own);
        Assert.NotSame(first, options.Take());
        Assert.Equal(looks, clock.Looks);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task TheCertificateOfTheMomentIsShownAndOneThatIsInUseLasts(SslProtocols version)
    {
        using var server = new TlsServer(version) { DemandsCertificate = true };
        server.Own = FilesOf(_own);
        (TlsStream stream, string shown) = await TalkAsync(server);
        Assert.Equal("CN=us", shown);
        server.Own = FilesOf(_other);
        (TlsStream second, string shownNext) = await TalkAsync(server);
        Assert.Equal("CN=others", shownNext);
        second.Abort();
        await stream.WriteAsync("still there"u8.ToArray(), CancellationToken.None);
        stream.Close();
    }

    [Fact]
    public async Task WhatIsNoPairIsAFailureUntilItIsSetRight()
    {
        using var server = new TlsServer(SslProtocols.Tls13) { DemandsCertificate = true };
        byte[] key = Encoding.ASCII.GetBytes(_own.KeyPem);
        await Fails(server, TlsFailure.BadOwnKey, new OwnFiles(_own.Der, []));
        await Fails(server, TlsFailure.BadOwnCertificate, new OwnFiles([], key));
        await Fails(server, TlsFailure.BadOwnCertificate, new OwnFiles(key, key));
        await Fails(server, TlsFailure.BadOwnKey, new OwnFiles(_own.Der, Encoding.ASCII.GetBytes(_own.Pem)));
        await Fails(server, TlsFailure.OwnKeyDoesNotMatch, new OwnFiles(_other.Der, key));
        byte[] both = Encoding.ASCII.GetBytes(_own.KeyPem + _own.Pem);
        server.Own = new OwnFiles(both, both);
        (TlsStream stream, string shown) = await TalkAsync(server);
        Assert.Equal("CN=us", shown);
        stream.Abort();
    }

    private static OwnFiles FilesOf(TestIdentity one) =>
        new(Encoding.ASCII.GetBytes(one.Pem), Encoding.ASCII.GetBytes(one.KeyPem));

    private static async Task Fails(TlsServer server, FailureKind kind, OwnFiles own)
    {
        server.Own = own;
        for (int i = 0; i < 2; i++)
        {
            server.Listen();
            var failure = await Assert.ThrowsAsync<BootFailure>(() => Connect(server));
            Assert.Same(kind, failure.Kind);
            Assert.True(server.Wire.IsAborted);
        }
    }

    private static async Task<(TlsStream Stream, string Shown)> TalkAsync(TlsServer server)
    {
        server.Listen();
        TlsStream stream = await Connect(server);
        await server.Accepting;
        return (stream, server.Peer.RemoteCertificate!.Subject);
    }

    private static Task<TlsStream> Connect(TlsServer server) => new TlsConnector(
        server.Pump, (_, _, _) => Task.FromResult<IByteStream>(server.Wire), server.Client, server.Trust)
        .ConnectAsync(TlsServer.Host, 443, CancellationToken.None);
}
