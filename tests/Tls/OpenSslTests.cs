using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects what we say to OpenSSL's servers, over real sockets: every version, suite, group and kind of key,
/// client certificates, earlier sessions, records of odd sizes, and ends.</summary>
[Collection(NativeTests.Name)]
public class OpenSslTests(PeerKeys keys)
{
    private const string Http = "-HTTP -no_ticket";

    [Theory]
    [InlineData("AES_128_GCM_SHA256", "X25519")]
    [InlineData("AES_128_GCM_SHA256", "P-256")]   // we offer a share for X25519: the server asks for another
    [InlineData("AES_128_GCM_SHA256", "P-384")]
    [InlineData("AES_256_GCM_SHA384", "X25519")]
    [InlineData("AES_256_GCM_SHA384", "P-384")]
    [InlineData("CHACHA20_POLY1305_SHA256", "X25519")]
    [InlineData("CHACHA20_POLY1305_SHA256", "P-256")]
    [InlineData("CHACHA20_POLY1305_SHA256", "P-521")]
    public void Tls13WithEverySuiteAndGroup(string suite, string group)
    {
        using PeerServer server = OpenSslServer.Start(
            keys, "p256", $"-tls1_3 -ciphersuites TLS_{suite} -groups {group}");
        Talks(server, TlsVersion.Tls13, suite);
    }

    [Theory]
    [InlineData("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "p256", "X25519")]
    [InlineData("ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "p384", "P-384")]
    [InlineData("ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "p256", "P-256")]
    [InlineData("ECDHE-ECDSA-AES128-SHA256", "ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "p256", "X25519")]
    [InlineData("ECDHE-ECDSA-AES256-SHA384", "ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "p521", "P-521")]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", "ECDHE_RSA_WITH_AES_128_GCM_SHA256", "rsa2048", "P-256")]
    [InlineData("ECDHE-RSA-AES256-GCM-SHA384", "ECDHE_RSA_WITH_AES_256_GCM_SHA384", "rsa2048", "X25519")]
    [InlineData("ECDHE-RSA-CHACHA20-POLY1305", "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "rsa2048", "P-384")]
    [InlineData("ECDHE-RSA-AES128-SHA256", "ECDHE_RSA_WITH_AES_128_CBC_SHA256", "rsa2048", "X25519")]
    [InlineData("ECDHE-RSA-AES256-SHA384", "ECDHE_RSA_WITH_AES_256_CBC_SHA384", "rsa2048", "P-256")]
    [InlineData("ECDHE-RSA-AES128-SHA256 -no_etm", "ECDHE_RSA_WITH_AES_128_CBC_SHA256", "rsa2048", "X25519")]
    public void Tls12WithEverySuiteAndGroup(string cipher, string suite, string key, string group)
    {
        using PeerServer server = OpenSslServer.Start(
            keys, key, $"-tls1_2 -cipher {cipher} -groups {group}");
        Talks(server, TlsVersion.Tls12, suite);
    }

    [Theory]
    [InlineData("rsa2048", "-tls1_3")]
    [InlineData("rsa3072", "-tls1_3")]
    [InlineData("rsa4096", "-tls1_3")]
    [InlineData("p384", "-tls1_3")]
    [InlineData("p521", "-tls1_3")]
    [InlineData("rsa3072", "-tls1_2")]
    [InlineData("rsa4096", "-tls1_2")]
    [InlineData("rsa2048", "-tls1_2 -sigalgs RSA+SHA256")]
    [InlineData("rsa2048", "-tls1_2 -sigalgs RSA+SHA512")]
    [InlineData("rsa2048", "-tls1_2 -sigalgs rsa_pss_rsae_sha256 -serverpref")]
    [InlineData("rsa2048", "-tls1_3 -sigalgs rsa_pss_rsae_sha384")]
    [InlineData("rsa2048", "-tls1_3 -sigalgs rsa_pss_rsae_sha512")]
    public void EveryKindOfKeyAndSignature(string key, string options)
    {
        using PeerServer server = OpenSslServer.Start(keys, key, options);
        Talks(server, options.StartsWith("-tls1_3") ? TlsVersion.Tls13 : TlsVersion.Tls12, null);
    }

    [Theory]
    [InlineData("-tls1_3 -no_middlebox")]
    [InlineData("-tls1_3 -no_ticket")]
    [InlineData("-tls1_3 -num_tickets 0")]
    [InlineData("-tls1_3 -num_tickets 20")]
    [InlineData("-tls1_3 -early_data -max_early_data 16384")]
    [InlineData("-tls1_3 -record_padding 1000")]
    [InlineData("-tls1_3 -max_send_frag 512")]
    [InlineData("-tls1_2 -max_send_frag 512")]
    [InlineData("-tls1_2 -no_ticket")]
    [InlineData("-no_tls1_3")]
    [InlineData("")]
    public void OtherWaysOfAServer(string options)
    {
        using PeerServer server = OpenSslServer.Start(keys, "p256", options);
        Talks(server, options.Contains("1_2") || options.Contains("no_tls1_3") ? TlsVersion.Tls12 : TlsVersion.Tls13,
            null);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public void MuchGoesBothWays(string options)
    {
        using PeerServer server = OpenSslServer.Start(keys, "p256", options);
        using var talk = new PeerTalk(server, keys.Root);
        TlsStream stream = talk.Connect();
        foreach (int count in new[] { 1, 2, 16_383, 16_384, 16_385, 1_000_000 })
            OpenSslServer.Exchange(server, talk, stream, count);
        stream.Close();
    }

    [Theory]
    [InlineData("rsa2048", "-tls1_2")]
    [InlineData("rsa2048", "-tls1_3")]
    [InlineData("rsa4096", "-tls1_2")]
    [InlineData("rsa4096", "-tls1_3")]
    [InlineData("p256", "-tls1_2")]
    [InlineData("p256", "-tls1_3")]
    [InlineData("p384", "-tls1_2")]
    [InlineData("p384", "-tls1_3")]
    [InlineData("p521", "-tls1_2")]
    [InlineData("p521", "-tls1_3")]
    public void AClientCertificateIsShownToAServerThatAsks(string key, string options)
    {
        foreach (string asks in new[] { "-verify 3", "-Verify 3 -verify_return_error" })
        {
            using PeerServer server = OpenSslServer.Start(
                keys, "p256", $"{options} {asks} -CAfile root.crt");
            using var talk = new PeerTalk(server, keys.Root, keys.Client(key));
            TlsStream stream = talk.Connect();
            OpenSslServer.Exchange(server, talk, stream);
            stream.Close();
        }
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public void AServerThatAsksGetsNoneAndGoesOn(string options)
    {
        using PeerServer server = OpenSslServer.Start(keys, "p256", $"{options} -verify 3");
        Talks(server, null, null);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_2 -no_ticket")]   // the server remembers it itself
    [InlineData("-tls1_3")]
    [InlineData("-tls1_3 -no_ticket")]
    [InlineData("-tls1_3 -ciphersuites TLS_AES_256_GCM_SHA384 -groups P-384")]
    [InlineData("-tls1_3 -early_data -max_early_data 16384")]
    public void AnEarlierSessionGoesOn(string options)
    {
        using PeerServer server = OpenSslServer.Start(keys, "rsa2048", options);
        using var talk = new PeerTalk(server, keys.Root);
        for (int round = 0; round < 4; round++)
        {
            TlsStream stream = talk.Connect();
            Assert.Equal(round > 0, stream.IsResumed);
            OpenSslServer.Exchange(server, talk, stream, 1000);
            stream.Close();
        }
    }

    [Fact]
    public void AServerThatHasForgottenTheSessionBeginsANewOne()
    {
        using PeerServer first = OpenSslServer.Start(keys, "p256", "-tls1_3");
        PeerServer at = first;
        using var talk = new PeerTalk(() => at, keys.Root);
        TlsStream stream = talk.Connect();
        OpenSslServer.Exchange(first, talk, stream, 1000);
        stream.Close();
        using PeerServer second = OpenSslServer.Start(keys, "p256", "");
        at = second;
        stream = talk.Connect();
        Assert.False(stream.IsResumed);
        OpenSslServer.Exchange(second, talk, stream, 1000);
        stream.Close();
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public void ABodyEndsWhereTheServerSaysSo(string options)
    {
        byte[] file = RandomNumberGenerator.GetBytes(200_000);
        File.WriteAllBytes(Path.Combine(keys.Folder, "file"), file);
        using PeerServer server = OpenSslServer.Start(keys, "p256", $"{options} {Http}");
        using var talk = new PeerTalk(server, keys.Root);
        TlsStream stream = talk.Connect();
        talk.Write(stream, "GET /file HTTP/1.0\r\n\r\n"u8.ToArray());
        Assert.Equal(file, talk.Read(stream, 2 * file.Length));
        Assert.Empty(talk.Read(stream, 1));
        stream.Close();
    }

    [Theory]
    [InlineData("-tls1_2 -alpn http/1.1", "http/1.1")]
    [InlineData("-tls1_3 -alpn http/1.1", "http/1.1")]
    [InlineData("-tls1_3 -alpn h2,http/1.1", "http/1.1")]
    [InlineData("-tls1_2", "")]
    [InlineData("-tls1_3", "")]
    public void TheApplicationProtocolIsAgreedOn(string options, string protocol)
    {
        using PeerServer server = OpenSslServer.Start(keys, "p256", options);
        using var talk = new PeerTalk(server, keys.Root);
        TlsStream stream = talk.Connect();
        Assert.Equal(protocol, stream.Protocol);
        OpenSslServer.Exchange(server, talk, stream, 1000);
        stream.Close();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("Boot.Example.Org.")]
    public void ASpellingOfTheHostIsTheHost(string host)
    {
        using PeerServer server = OpenSslServer.Start(keys, "p256");
        using var talk = new PeerTalk(server, keys.Root);
        talk.Connect(host).Close();
    }

    /// <summary>The connection works, and is of that version and suite.</summary>
    private void Talks(PeerServer server, TlsVersion? version, string? suite)
    {
        using var talk = new PeerTalk(server, keys.Root);
        TlsStream stream = talk.Connect();
        if (version is not null) Assert.Equal(version, stream.Version);
        if (suite is not null) Assert.Equal(suite, stream.Suite);
        Assert.False(stream.IsResumed);
        OpenSslServer.Exchange(server, talk, stream);
        stream.Close();
    }
}
