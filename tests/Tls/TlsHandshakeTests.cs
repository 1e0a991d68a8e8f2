using System;
using System.Security.Authentication;
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

/// <summary>Protects the way to a stream: who is refused and hears why, which name goes out, that no server keeps us
/// waiting, and that nothing is left of a handshake that failed.</summary>
[Collection(NativeTests.Name)]
public class TlsHandshakeTests
{
    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task L5_AServerForAnotherHostIsRefused(SslProtocols version)
    {
        using var server = new TlsServer(version, "dns:other.example.org");
        await IsRefused(server, CertificateFailure.WrongHost);
    }

    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task AServerOfAnUnknownAuthorityIsRefused(SslProtocols version)
    {
        using var server = new TlsServer(version, isTrusted: false);
        await IsRefused(server, CertificateFailure.UnknownAuthority);
    }

    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task AServerWhoseChainFailsTheLastCheckIsRefused(SslProtocols version)
    {
        using var server = new TlsServer(version);
        server.Check = (chain, _) =>
            throw new BootFailure(CertificateFailure.Revoked, $"{chain[0].Name} below {chain[1].Name}");
        Assert.Equal("server below Root", (await IsRefused(server, CertificateFailure.Revoked)).Message);
    }

    [Fact]
    public async Task WhoShowsNoCertificateIsNobody()
    {
        var chains = new ChainTalk(ChainTalk.Root());
        var failure = await Assert.ThrowsAsync<BootFailure>(
            () => new ServerTrust(chains.Trust, chains.Time, null).RequireAsync([], "h.example", default));
        Assert.Same(TlsFailure.BadCertificate, failure.Kind);
    }

    [Theory]
    [InlineData("192.0.2.7", "ip:192.0.2.7")]
    [InlineData("2001:db8::7", "ip:2001:db8::7")]
    public async Task AnAddressIsCheckedAndNeverSentAsAName(string host, string names)
    {
        using var server = new TlsServer(SslProtocols.Tls13, names);
        server.Listen();
        TlsStream stream = await server.StartAsync(host, CancellationToken.None);
        await server.Accepting;
        Assert.Equal("", server.Peer.TargetHostName);
        stream.Close();
    }

    [Theory]
    [InlineData("boot.example", "boot.example")]
    [InlineData("Boot.Example.", "boot.example")]
    [InlineData("192.0.2.7", null)]
    [InlineData("fe80::1", null)]
    [InlineData("", null)]
    public void OnlyNamesAreServerNames(string host, string? name) =>
        Assert.Equal(name, TlsHandshake.ServerNameOf(host));

    [Theory]
    [MemberData(nameof(TlsServer.Versions), MemberType = typeof(TlsServer))]
    public async Task AHandshakeThatEndsAnywhereIsAFailureAndLeavesNothing(SslProtocols version)
    {
        using var server = new TlsServer(version);
        (await server.ConnectAsync()).Abort();   // what the library keeps for good is there now
        int before = TestPlatform.UsedBytes;
        for (int arriving = 0; ; arriving += 37)
        {
            server.Listen();
            server.Wire.Arriving = arriving;
            try
            {
                (await server.StartAsync(TlsServer.Host, CancellationToken.None)).Abort();
                Assert.InRange(arriving, 500, 3000);
                break;
            }
            catch (BootFailure failure)
            {
                Assert.Same(TlsFailure.Truncated, failure.Kind);
            }
            Assert.True(server.Wire.IsClosed);
            Assert.Equal(before, TestPlatform.UsedBytes);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CtrlCEndsAHandshakeAndLeavesNothing(bool isDuringTheVerdict)
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        (await server.ConnectAsync()).Abort();   // what the library keeps for good is there now
        int before = TestPlatform.UsedBytes;
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestWire wire;
        Task<TlsStream> connecting;
        if (isDuringTheVerdict)
        {
            server.Check = (_, stopCheck) =>
            {
                asked.SetResult();
                return TestWire.Never(stopCheck);
            };
            server.Listen();
            wire = server.Wire;
            connecting = server.StartAsync(TlsServer.Host, stop.Token);
            await asked.Task;
        }
        else
        {
            wire = new TestWire(DuplexStream.CreatePair().One);
            connecting = TlsStream.ConnectAsync(
                server.Pump, wire, server.Options, server.Trust, TlsServer.Host, [], null, stop.Token);
        }
        Assert.False(connecting.IsCompleted);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.True(wire.IsAborted);
        Assert.Equal(before, TestPlatform.UsedBytes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    public void L11_AServerThatIsSilentOrVerySlowIsGivenUp(int? secondsForAByte)
    {
        var clock = new ManualClock();
        var pump = new Pump(clock);
        var chains = new ChainTalk(ChainTalk.Root());
        using var options = new TlsOptions(isAesFaster: true, "http/1.1");
        var wire = new StalledWire(
            pump, secondsForAByte is null ? null : Duration.FromSeconds((int)secondsForAByte));
        Instant start = clock.Now;
        int before = TestPlatform.UsedBytes;
        var failure = Assert.Throws<BootFailure>(() => pump.Run(() => TlsStream.ConnectAsync(
            pump, wire, options, new ServerTrust(chains.Trust, chains.Time, null), "h.example", [], null, default)));
        Assert.Same(TlsFailure.Silent, failure.Kind);
        Assert.InRange((clock.Now - start).Microseconds, 29_000_000, 31_000_000);
        Assert.True(wire.IsAborted);
        Assert.Equal(before, TestPlatform.UsedBytes);
    }

    [Fact]
    public async Task WhatIsNoTlsIsABrokenProtocol()
    {
        using var server = new TlsServer(SslProtocols.Tls13);
        (DuplexStream near, DuplexStream far) = DuplexStream.CreatePair();
        far.Write("HTTP/1.1 400 Bad Request\r\n\r\n"u8);
        var wire = new TestWire(near);
        var failure = await Assert.ThrowsAsync<BootFailure>(() => TlsStream.ConnectAsync(
            server.Pump, wire, server.Options, server.Trust, TlsServer.Host, [], null, default));
        Assert.Same(TlsFailure.ProtocolError, failure.Kind);
        Assert.True(wire.IsClosed);
    }

    private static async Task<BootFailure> IsRefused(TlsServer server, FailureKind kind)
    {
        server.Listen();
        var failure = await Assert.ThrowsAsync<BootFailure>(
            () => server.StartAsync(TlsServer.Host, CancellationToken.None));
        Assert.Same(kind, failure.Kind);
        Assert.True(server.Wire.IsClosed && !server.Wire.IsAborted);   // the alert went out
        if (!server.Accepting.IsCompletedSuccessfully)
            await Assert.ThrowsAsync<AuthenticationException>(() => server.Accepting);
        return failure;
    }
}
