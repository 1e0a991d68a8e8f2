using System;
using System.Collections.Generic;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects the C library behind its C# face: handshakes with .NET's TLS server in both versions, data both
/// ways, the stop for a verdict, tickets, client certificates, ends, and that nothing leaks.</summary>
[Collection(NativeTests.Name)]
public class TlsSessionTests
{
    private const string Host = "boot.example";

    public static TheoryData<SslProtocols, bool> Kinds => new()
    {
        { SslProtocols.Tls12, false }, { SslProtocols.Tls12, true }, { SslProtocols.Tls13, false },
        { SslProtocols.Tls13, true },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DataGoesBothWaysAfterAVerdict(SslProtocols version, bool isRsa)
    {
        using TlsOptions options = new(isAesFaster: true, "http/1.1");
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host, isRsa);
        SslServerAuthenticationOptions server = Serve(certificate, version);
        server.ApplicationProtocols = [SslApplicationProtocol.Http11];
        using TlsTalk talk = new(options, server, Host);
        await talk.ConnectAsync();

        Assert.Equal(1, talk.Verdicts);
        Assert.Equal(certificate.RawData, talk.Session.PeerCertificates[0]);
        Assert.Equal(Host, talk.Server.TargetHostName);
        Assert.Equal("http/1.1", talk.Session.Protocol);
        Assert.Equal(version == SslProtocols.Tls13 ? TlsVersion.Tls13 : TlsVersion.Tls12, talk.Session.Version);
        Assert.Contains("AES", talk.Session.Suite, StringComparison.Ordinal);
        Assert.False(talk.Session.IsResumed);

        byte[] there = RandomNumberGenerator.GetBytes(100_000), back = RandomNumberGenerator.GetBytes(300_000);
        talk.Write(there);
        byte[] arrived = new byte[there.Length];
        await talk.Server.ReadExactlyAsync(arrived);
        Assert.Equal(there, arrived);
        await talk.Server.WriteAsync(back);
        Assert.Equal(back, await talk.ReadAsync(back.Length));
    }

    [Fact]
    public async Task ASessionThatIsOverIsNotGivenToCAgain()
    {
        using TlsOptions options = new(isAesFaster: true);
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        using TlsTalk talk = new(options, Serve(certificate, SslProtocols.Tls12), Host);
        await talk.ConnectAsync();
        Assert.True(talk.Session.HasTicket);
        talk.Session.Dispose();
        talk.Session.Dispose();
        Assert.Throws<CheckFailed>(() => talk.Session.Handshake());
        Assert.Throws<CheckFailed>(() => talk.Session.Refuse(TlsAlert.AccessDenied));
        Assert.Throws<CheckFailed>(() => talk.Session.Read(new byte[1], out _));
        Assert.Throws<CheckFailed>(() => talk.Session.Write([1]));
        talk.Session.Close();
        Assert.Empty(talk.Session.SaveTicket());
        Assert.Empty(talk.Session.PeerCertificates);
        Assert.Equal(("", "", TlsVersion.None), (talk.Session.Suite, talk.Session.Protocol, talk.Session.Version));
    }

    [Fact]
    public async Task ChaChaIsOfferedFirstWhereAesIsSlower()
    {
        using TlsOptions options = new(isAesFaster: false);
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        using TlsTalk talk = new(options, Serve(certificate, SslProtocols.Tls13), Host);
        await talk.ConnectAsync();
        Assert.NotEqual("", talk.Session.Suite);   // the server may prefer what it likes
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task ATicketResumesWithoutCertificates(SslProtocols version)
    {
        using TlsOptions options = new(isAesFaster: true);
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        SslServerAuthenticationOptions server = Serve(certificate, version);
        server.AllowTlsResume = true;
        SslStreamCertificateContext context = SslStreamCertificateContext.Create(certificate, null);
        server.ServerCertificate = null;
        server.ServerCertificateContext = context;
        byte[] ticket;
        using (TlsTalk first = new(options, server, Host))
        {
            await first.ConnectAsync();
            await first.Server.WriteAsync("x"u8.ToArray());
            await first.ReadAsync(1);
            Assert.True(first.Session.HasTicket);
            ticket = first.Session.SaveTicket();
        }

        Assert.NotEmpty(ticket);
        using TlsTalk second = new(options, server, Host, ticket);
        await second.ConnectAsync();
        Assert.True(second.Session.IsResumed);
        Assert.Equal(0, second.Verdicts);
        if (version == SslProtocols.Tls12)
            Assert.Equal(certificate.RawData, second.Session.PeerCertificates[0]);
    }

    [Fact]
    public async Task ATicketOfAnotherServerIsNoHarm()
    {
        using TlsOptions options = new(isAesFaster: true);
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        foreach (byte[] ticket in new[] { new byte[] { 1, 2, 3 }, RandomNumberGenerator.GetBytes(2000) })
        {
            using TlsTalk talk = new(options, Serve(certificate, SslProtocols.Tls13), Host, ticket);
            await talk.ConnectAsync();
            Assert.False(talk.Session.IsResumed);
            Assert.Equal(1, talk.Verdicts);
        }
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task AClientCertificateIsShownToAServerThatAsks(SslProtocols version, bool isRsa)
    {
        using X509Certificate2 own = TestCertificates.CreateOwn("client.example", isRsa);
        byte[] key = isRsa
            ? own.GetRSAPrivateKey()!.ExportPkcs8PrivateKey() : own.GetECDsaPrivateKey()!.ExportECPrivateKey();
        using OwnCertificate pair = OwnCertificate.Read([own.RawData], key);
        using TlsOptions options = new(isAesFaster: true, own: pair);
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        SslServerAuthenticationOptions server = Serve(certificate, version);
        server.ClientCertificateRequired = true;
        server.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        using TlsTalk talk = new(options, server, Host);
        await talk.ConnectAsync();
        Assert.Equal(own.RawData, talk.Server.RemoteCertificate!.GetRawCertData());
    }

    [Fact]
    public void AKeyThatIsNotTheCertificatesIsRefused()
    {
        using X509Certificate2 own = TestCertificates.CreateOwn("a.example");
        using X509Certificate2 other = TestCertificates.CreateOwn("b.example");
        byte[] key = other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey();
        Assert.Same(TlsFailure.OwnKeyDoesNotMatch, FailureOf(() => OwnCertificate.Read([own.RawData], key)));
        Assert.Same(TlsFailure.BadOwnKey, FailureOf(() => OwnCertificate.Read([own.RawData], key.AsSpan(0, 20))));
        Assert.Same(TlsFailure.BadOwnCertificate, FailureOf(() => OwnCertificate.Read([key], key)));
        Assert.Same(TlsFailure.BadOwnCertificate, FailureOf(() => OwnCertificate.Read([], key)));
    }

    [Fact]
    public async Task TheServersGoodbyeIsAnEndAndASilentOneIsNot()
    {
        using TlsOptions options = new(isAesFaster: true);
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        using (TlsTalk talk = new(options, Serve(certificate, SslProtocols.Tls13), Host))
        {
            await talk.ConnectAsync();
            await talk.Server.WriteAsync("bye"u8.ToArray());
            await talk.Server.ShutdownAsync();
            Assert.Equal("bye"u8.ToArray(), await talk.ReadAsync(100));
            Assert.Equal(TlsRead.End, talk.Session.Read(new byte[1], out _));
        }

        using TlsTalk cut = new(options, Serve(certificate, SslProtocols.Tls13), Host);
        await cut.ConnectAsync();
        cut.Session.AddInput(0);
        BootFailure failure = await Assert.ThrowsAsync<BootFailure>(() => cut.ReadAsync(1));
        Assert.Same(TlsFailure.Truncated, failure.Kind);
    }

    [Fact]
    public async Task ARefusedServerIsTold()
    {
        using TlsOptions options = new(isAesFaster: true);
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        using TlsTalk talk = new(options, Serve(certificate, SslProtocols.Tls13), Host);
        while (true)
        {
            TlsStep step = talk.Session.Handshake();
            talk.Flush();
            if (step == TlsStep.NeedsVerdict)
                break;
            await talk.ReceiveAsync();
        }
        talk.Session.Refuse(TlsAlert.UnknownAuthority);
        talk.Flush();
        AuthenticationException heard = await Assert.ThrowsAsync<AuthenticationException>(() => talk.Accepting);
        Assert.NotNull(heard);
    }

    [Fact]
    public void WhatIsNoTlsIsABrokenProtocol()
    {
        using TlsOptions options = new(isAesFaster: true);
        using TlsSession session = new(options, Host);
        Assert.Equal(TlsStep.NeedsInput, session.Handshake());
        "HTTP/1.1 400 Bad Request\r\n\r\n"u8.CopyTo(session.InputRoom.Span);
        session.AddInput(28);
        Assert.Same(TlsFailure.ProtocolError, FailureOf(() => session.Handshake()));
    }

    [Fact]
    public async Task SessionsGiveBackEverythingTheyTook()
    {
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        int before = 0;
        for (int round = 0; round < 3; round++)
        {
            using (TlsOptions options = new(isAesFaster: true, "http/1.1"))
            {
                using TlsTalk talk = new(options, Serve(certificate, SslProtocols.Tls13), Host);
                await talk.ConnectAsync();
                await talk.Server.WriteAsync(new byte[100_000]);
                await talk.ReadAsync(100_000);
                talk.Session.SaveTicket();
            }
            if (round == 0) before = TestPlatform.UsedBytes;   // the generator's own memory stays
        }
        Assert.InRange(TestPlatform.UsedBytes, 0, before);
    }

    [Fact]
    public async Task AConnectionTakesLessThanFortyKilobytes()
    {
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host, isRsa: true);
        using TlsOptions options = new(isAesFaster: true, "http/1.1");
        for (int round = 0; round < 2; round++)
        {
            int before = TestPlatform.UsedBytesMost = TestPlatform.UsedBytes;
            using TlsTalk talk = new(options, Serve(certificate, SslProtocols.Tls13), Host);
            await talk.ConnectAsync();
            Assert.InRange(TestPlatform.UsedBytesMost - before, 20_000, 45_000);
            Assert.InRange(TestPlatform.UsedBytes - before, 20_000, 40_000);
        }
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task MemoryThatEndsAtAnyMomentIsAFailureAndNoLeak(SslProtocols version)
    {
        using X509Certificate2 certificate = TestCertificates.CreateOwn(Host);
        using TlsOptions kept = new(isAesFaster: true);   // the generator is started, and stays
        int before = TestPlatform.UsedBytes, failures = 0;
        for (int allocations = 0; ; allocations += 1 + allocations / 8)
        {
            try
            {
                TestPlatform.AllocationsLeft.Value = allocations;
                using TlsOptions options = new(isAesFaster: true, "http/1.1");
                using TlsTalk talk = new(options, Serve(certificate, version), Host);
                await talk.ConnectAsync();
                break;
            }
            catch (BootFailure failure)
            {
                Assert.Same(CryptoFailure.OutOfMemory, failure.Kind);
                failures++;
            }
            finally
            {
                TestPlatform.AllocationsLeft.Value = null;
            }
            Assert.Equal(before, TestPlatform.UsedBytes);
        }
        Assert.True(failures > 20);
    }

    private static SslServerAuthenticationOptions Serve(X509Certificate2 certificate, SslProtocols version) => new()
    {
        ServerCertificate = certificate, EnabledSslProtocols = version,
    };

    private static FailureKind? FailureOf(Action action) => Assert.Throws<BootFailure>(action).Kind;
}
