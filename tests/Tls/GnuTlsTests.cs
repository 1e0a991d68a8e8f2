using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects what we say to GnuTLS's servers, over real sockets; its server gives back every line.</summary>
[Collection(NativeTests.Name)]
public class GnuTlsTests(PeerKeys keys)
{
    [Theory]
    [InlineData("AES-128-GCM", "AES_128_GCM_SHA256", "X25519", "p256")]
    [InlineData("AES-128-GCM", "AES_128_GCM_SHA256", "SECP256R1", "rsa2048")]
    [InlineData("AES-256-GCM", "AES_256_GCM_SHA384", "SECP384R1", "p384")]
    [InlineData("AES-256-GCM", "AES_256_GCM_SHA384", "SECP521R1", "rsa3072")]
    [InlineData("CHACHA20-POLY1305", "CHACHA20_POLY1305_SHA256", "X25519", "rsa4096")]
    [InlineData("CHACHA20-POLY1305", "CHACHA20_POLY1305_SHA256", "SECP256R1", "p521")]
    public void Tls13WithEverySuiteGroupAndKey(string cipher, string suite, string group, string key)
    {
        using PeerServer server = Start(key, Only("TLS1.3", cipher, group));
        using PeerTalk talk = new(server, keys.Root);
        TlsStream stream = talk.Connect();
        Assert.Equal(TlsVersion.Tls13, stream.Version);
        Assert.Equal(suite, stream.Suite);
        Echoes(talk, stream);
        stream.Close();
    }

    [Theory]
    [InlineData("AES-128-GCM", "ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "X25519", "p256")]
    [InlineData("AES-128-GCM", "ECDHE_RSA_WITH_AES_128_GCM_SHA256", "SECP256R1", "rsa2048")]
    [InlineData("AES-256-GCM", "ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "SECP384R1", "p384")]
    [InlineData("AES-256-GCM", "ECDHE_RSA_WITH_AES_256_GCM_SHA384", "SECP521R1", "rsa3072")]
    [InlineData("CHACHA20-POLY1305", "ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "X25519", "p521")]
    [InlineData("CHACHA20-POLY1305", "ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "SECP256R1", "rsa4096")]
    [InlineData("AES-128-CBC", "ECDHE_RSA_WITH_AES_128_CBC_SHA256", "X25519", "rsa2048")]
    [InlineData("AES-256-CBC", "ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "SECP256R1", "p256")]
    public void Tls12WithEverySuiteGroupAndKey(string cipher, string suite, string group, string key)
    {
        using PeerServer server = Start(key, Only("TLS1.2", cipher, group) + ":+SHA256:+SHA384");
        using PeerTalk talk = new(server, keys.Root);
        TlsStream stream = talk.Connect();
        Assert.Equal(TlsVersion.Tls12, stream.Version);
        Assert.Equal(suite, stream.Suite);
        Echoes(talk, stream);
        stream.Close();
    }

    [Theory]
    [InlineData("NORMAL:-VERS-ALL:+VERS-TLS1.2", "--recordsize=512")]
    [InlineData("NORMAL:-VERS-ALL:+VERS-TLS1.3", "--recordsize=512")]
    [InlineData("NORMAL", "--noticket")]
    [InlineData("NORMAL", "--earlydata --maxearlydata=10000")]
    [InlineData("NORMAL", "--heartbeat")]
    [InlineData("SECURE128", "")]
    [InlineData("NORMAL:%SERVER_PRECEDENCE", "")]
    public void OtherWaysOfAServer(string priority, string options)
    {
        using PeerServer server = Start("p256", priority, options);
        using PeerTalk talk = new(server, keys.Root);
        TlsStream stream = talk.Connect();
        Echoes(talk, stream);
        stream.Close();
    }

    [Theory]
    [InlineData("TLS1.2", "rsa2048")]
    [InlineData("TLS1.2", "p384")]
    [InlineData("TLS1.3", "rsa3072")]
    [InlineData("TLS1.3", "p256")]
    public void AClientCertificateIsShownToAServerThatInsists(string version, string key)
    {
        using PeerServer server = Start(
            "p256", $"NORMAL:-VERS-ALL:+VERS-{version}", "--require-client-cert --verify-client-cert");
        using PeerTalk talk = new(server, keys.Root, keys.Client(key));
        TlsStream stream = talk.Connect();
        Echoes(talk, stream);
        stream.Close();
    }

    [Theory]
    [InlineData("TLS1.2", "")]
    [InlineData("TLS1.2", "--noticket")]   // the server remembers it itself
    [InlineData("TLS1.3", "")]
    public void AnEarlierSessionGoesOn(string version, string options)
    {
        using PeerServer server = Start("rsa2048", $"NORMAL:-VERS-ALL:+VERS-{version}", options);
        using PeerTalk talk = new(server, keys.Root);
        for (int round = 0; round < 3; round++)
        {
            TlsStream stream = talk.Connect();
            Assert.Equal(round > 0, stream.IsResumed);
            Echoes(talk, stream);
            stream.Close();
        }
    }

    [Theory]
    [InlineData("--alpn=http/1.1", "http/1.1")]
    [InlineData("--alpn=h2 --alpn=http/1.1", "http/1.1")]
    [InlineData("", "")]
    public void TheApplicationProtocolIsAgreedOn(string options, string protocol)
    {
        using PeerServer server = Start("p256", "NORMAL", options);
        using PeerTalk talk = new(server, keys.Root);
        TlsStream stream = talk.Connect();
        Assert.Equal(protocol, stream.Protocol);
        Echoes(talk, stream);
        stream.Close();
    }

    private static string Only(string version, string cipher, string group) =>
        $"NORMAL:-VERS-ALL:+VERS-{version}:-CIPHER-ALL:+{cipher}:-GROUP-ALL:+GROUP-{group}";

    private PeerServer Start(string key, string priority, string options = "")
    {
        keys.Require(key);
        PeerServer server = PeerServer.Start("gnutls-serv", keys.Folder, port =>
        [
            "--echo", "--port", $"{port}", "--x509certfile", $"{key}.crt", "--x509keyfile", $"{key}.key",
            "--x509cafile", "root.crt", "--priority", priority, .. options.Split(' ').Where(word => word.Length > 0),
        ]);
        _ = server.Output.CopyToAsync(Stream.Null);
        return server;
    }

    private static void Echoes(PeerTalk talk, TlsStream stream)
    {
        foreach (int count in new[] { 1, 100, 700 })
        {
            byte[] line = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(count) + "\n");
            talk.Write(stream, line);
            Assert.Equal(line, talk.Read(stream, line.Length));
        }
    }
}
