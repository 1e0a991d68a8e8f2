using System;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects HTTPS with the server most people have: bytes both ways, and both ends believe the same about
/// version, suite, group, name and earlier sessions.</summary>
[Collection(NativeTests.Name)]
public class NginxTests(NginxPeers nginx) : IClassFixture<NginxPeers>
{
    private const string Aes128 = "AES_128_GCM_SHA256", Aes256 = "AES_256_GCM_SHA384";
    private const string ChaCha = "CHACHA20_POLY1305_SHA256";
    private const int BodyBytes = 300_000;

    [Theory]
    [InlineData("1.2 RSA", "TLSv1.2", "ECDHE_RSA_WITH_" + Aes128, "X25519")]
    [InlineData("1.2 RSA AES-256", "TLSv1.2", "ECDHE_RSA_WITH_" + Aes256, "prime256v1")]
    [InlineData("1.2 ECDSA", "TLSv1.2", "ECDHE_ECDSA_WITH_" + Aes128, "secp384r1")]
    [InlineData("1.2 ECDSA ChaCha", "TLSv1.2", "ECDHE_ECDSA_WITH_" + ChaCha, "X25519")]
    [InlineData("1.3 RSA", "TLSv1.3", Aes128, "X25519")]
    [InlineData("1.3 RSA AES-256", "TLSv1.3", Aes256, "prime256v1")]
    [InlineData("1.3 ECDSA", "TLSv1.3", Aes128, "secp384r1")]
    [InlineData("1.3 ECDSA ChaCha", "TLSv1.3", ChaCha, "X25519")]
    [InlineData("as it comes", "TLSv1.2", null, null)]
    [InlineData("small records", "TLSv1.2", null, null)]
    [InlineData("1.2 no tickets", "TLSv1.2", null, null)]
    [InlineData("1.3 no tickets", "TLSv1.3", null, null)]
    [InlineData("two keys", null, null, null)]
    public void BytesGoBothWaysAndBothEndsAgreeHow(string site, string? version, string? suite, string? group)
    {
        using PeerTalk talk = Visit(site);
        byte[] body = RandomNumberGenerator.GetBytes(BodyBytes);
        TlsStream stream = talk.Connect();
        Put(talk, stream, body);
        (string head, byte[] got) = Get(talk, stream);
        stream.Close();
        Assert.Equal(body, got);
        if (version is not null) Says(head, "protocol", version);
        Assert.Equal(head.Contains("TLSv1.3"), stream.Version == TlsVersion.Tls13);
        if (suite is not null) Assert.Equal(suite, stream.Suite);
        if (group is not null) Says(head, "curve", group);
        Says(head, "server_name", "boot.example.org");
        Says(head, "alpn_protocol", "http/1.1");
        Says(head, "session_reused", ".");
    }

    [Theory]
    [InlineData("1.2 RSA", true)]
    [InlineData("1.2 no tickets", true)]   // the server remembers it itself
    [InlineData("1.3 RSA", true)]
    [InlineData("1.3 ECDSA", true)]
    [InlineData("1.3 no tickets", true)]
    public void AnEarlierSessionGoesOn(string site, bool goesOn)
    {
        using PeerTalk talk = Visit(site);
        for (int round = 0; round < 4; round++)
        {
            TlsStream stream = talk.Connect();
            Put(talk, stream, [1, 2, 3]);
            (string head, byte[] got) = Get(talk, stream);
            stream.Close();
            Assert.Equal([1, 2, 3], got);
            Assert.Equal(round > 0 && goesOn, stream.IsResumed);
            Says(head, "session_reused", stream.IsResumed ? "r" : ".");
        }
    }

    [Theory]
    [InlineData("1.2 asks", "rsa2048")]
    [InlineData("1.2 asks", "p256")]
    [InlineData("1.2 wants", "p384")]
    [InlineData("1.3 asks", "rsa2048")]
    [InlineData("1.3 asks", "p256")]
    [InlineData("1.3 wants", "rsa2048")]
    [InlineData("1.3 wants", "p384")]
    [InlineData("1.2 asks", null)]
    [InlineData("1.3 asks", null)]
    public void AClientCertificateIsBelieved(string site, string? key)
    {
        using PeerTalk talk = Visit(site, key is null ? null : nginx.Keys.Client(key));
        TlsStream stream = talk.Connect();
        Put(talk, stream, [4, 5, 6]);
        (string head, byte[] got) = Get(talk, stream);
        stream.Close();
        Assert.Equal([4, 5, 6], got);
        Says(head, "client_verify", key is null ? "NONE" : "SUCCESS");
    }

    [Theory]
    [InlineData("1.2 wants")]
    [InlineData("1.3 wants")]
    public void AServerThatMissesTheClientCertificateSaysSoByHttp(string site)
    {
        using PeerTalk talk = Visit(site);
        TlsStream stream = talk.Connect();
        Assert.Contains("No required SSL certificate was sent", Encoding.ASCII.GetString(Get(talk, stream).Body));
        stream.Close();
    }

    [Fact]
    public void APortThatSpeaksPlainHttpIsABrokenProtocol()
    {
        using var talk = new PeerTalk(nginx.Server, nginx.Keys.Root);
        talk.Refuses(TlsFailure.ProtocolError);
    }

    private static void Put(PeerTalk talk, TlsStream stream, byte[] body)
    {
        talk.Write(stream, [.. Encoding.ASCII.GetBytes(
            $"PUT /file HTTP/1.1\r\nHost: boot.example.org\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            answer.Append((char)Assert.Single(talk.Read(stream, 1)));
        Assert.Matches("^HTTP/1.1 20[14] ", answer.ToString());
    }

    private static (string Head, byte[] Body) Get(PeerTalk talk, TlsStream stream)
    {
        talk.Write(stream, "GET /file HTTP/1.1\r\nHost: boot.example.org\r\nConnection: close\r\n\r\n"u8.ToArray());
        byte[] all = talk.Read(stream, 2 * BodyBytes);
        Assert.Empty(talk.Read(stream, 1));   // the server says that it ends here
        int end = all.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        return (Encoding.ASCII.GetString(all, 0, end), all[end..]);
    }

    private static void Says(string head, string what, string value) =>
        Assert.Contains($"\nx-{what}: {value}\r\n", head);

    private PeerTalk Visit(string site, TestIdentity? client = null) =>
        new(nginx.Server, nginx.Keys.Root, client, nginx.PortOf(site));
}
