using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bootlace.Crypto;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Tls;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Tls;

/// <summary>Protects against servers that must not be believed, or cannot be understood: OpenSSL's, over real sockets,
/// in both versions; each refusal has a code of its own.</summary>
[Collection(NativeTests.Name)]
public class RefusedServerTests(PeerKeys keys)
{
    public static TheoryData<string, uint, string> Chains
    {
        get
        {
            var cases = new TheoryData<string, uint, string>();
            foreach (string version in new[] { "-tls1_2", "-tls1_3" })
            {
                foreach ((string name, FailureKind? kind) in new (string, FailureKind?)[]
                {
                    ("good", null), ("two between", null), ("wrong host", CertificateFailure.WrongHost),
                    ("wrong wildcard", CertificateFailure.WrongHost), ("wildcard", null),
                    ("wrong CA", CertificateFailure.UnknownAuthority), ("expired", CertificateFailure.Expired),
                    ("not yet valid", CertificateFailure.NotYetValid), ("self-signed", CertificateFailure.SelfSigned),
                    ("wrong usage", CertificateFailure.WrongUsage), ("no authority", CertificateFailure.NotAnAuthority),
                    ("path too long", CertificateFailure.PathTooLong),
                    ("name not permitted", CertificateFailure.NameNotPermitted),
                    ("unknown critical", CertificateFailure.UnknownCritical),
                    ("short key", CertificateFailure.WeakKey), ("forged", CertificateFailure.BadChain),
                })
                    cases.Add(name, kind?.Code ?? 0, version);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public void AChainIsBelievedOrRefusedWithItsCode(string name, uint code, string version)
    {
        (TestIdentity server, TestIdentity[] others) = Make(name);
        string file = name.Replace(' ', '-');
        keys.Write(file, server, others);
        using PeerServer peer = OpenSslServer.Start(keys, file, version + " -cipher ALL:@SECLEVEL=0");
        using var talk = new PeerTalk(peer, keys.Root);
        if (code != 0)
        {
            BootFailure failure = talk.RefusalOf();
            Assert.True(failure.Kind.Code == code, failure.Describe());
            return;
        }
        TlsStream stream = talk.Connect();
        OpenSslServer.Exchange(peer, talk, stream, 1000);
        stream.Close();
    }

    [Theory]
    [InlineData("127.0.0.2", "p256")]
    [InlineData("::1", "p256")]
    [InlineData("example.org", "p256")]
    [InlineData("x.boot.example.org", "p256")]
    public void L5_AnotherNameOrAddressIsRefused(string host, string key)
    {
        using PeerServer peer = OpenSslServer.Start(keys, key);
        using var talk = new PeerTalk(peer, keys.Root);
        talk.Refuses(CertificateFailure.WrongHost, host);
    }

    [Theory]
    [InlineData("-tls1 -cipher ALL:@SECLEVEL=0", 0x440c0002)]
    [InlineData("-tls1_1 -cipher ALL:@SECLEVEL=0", 0x440c0002)]
    [InlineData("-tls1_2 -cipher DHE-RSA-AES128-GCM-SHA256", 0x3c0c0003)]
    [InlineData("-tls1_2 -cipher AES128-GCM-SHA256", 0x3c0c0003)]   // RSA key exchange
    [InlineData("-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256", 0x3c0c0003)]
    [InlineData("-tls1_3 -groups X448", 0x3c0c0003)]
    [InlineData("-tls1_2 -groups X448", 0x3c0c0003)]
    [InlineData("-tls1_2 -sigalgs RSA+SHA1 -cipher ALL:@SECLEVEL=0", 0x3c0c0003)]
    [InlineData("-tls1_2 -alpn h2", 0x420c0001)]
    [InlineData("-tls1_3 -alpn h2", 0x420c0001)]
    [InlineData("-tls1_3 -servername x -servername_fatal -cert2 rsa2048.crt -key2 rsa2048.key", 0x420c0001)]
    public void WhatHasNothingInCommonWithUsIsRefused(string options, uint code)
    {
        using PeerServer peer = OpenSslServer.Start(keys, "rsa2048", options);
        using var talk = new PeerTalk(peer, keys.Root);
        BootFailure failure = talk.RefusalOf();
        Assert.True(failure.Kind.Code == code, failure.Describe());
    }

    [Theory]
    [InlineData("ed25519", "-tls1_2")]
    [InlineData("ed25519", "-tls1_3")]
    [InlineData("ed448", "-tls1_3")]
    [InlineData("rsa-pss", "-tls1_2")]
    [InlineData("rsa-pss", "-tls1_3")]
    [InlineData("ec -pkeyopt ec_paramgen_curve:brainpoolP256r1", "-tls1_2")]
    public void AKeyOfAKindWeDoNotHaveIsRefused(string newKey, string version)
    {
        string name = newKey.Split(' ', ':')[^1];
        keys.WriteOdd(name, newKey);
        using PeerServer peer = OpenSslServer.Start(keys, name, version);
        using var talk = new PeerTalk(peer, keys.Root);
        talk.Refuses(TlsFailure.NoCommonCipher);
    }

    [Fact]
    public void L7_AKeyOnACurveThatIsSpelledOutIsRefused()
    {
        keys.WriteOdd("explicit", "ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit");
        foreach (string version in new[] { "-tls1_2", "-tls1_3" })
        {
            using PeerServer peer = OpenSslServer.Start(keys, "explicit", version);
            using var talk = new PeerTalk(peer, keys.Root);
            talk.Refuses(TlsFailure.BadCertificate);
        }
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public void AServerThatInsistsOnAClientCertificateIsAFailureOfItsOwn(string version)
    {
        using PeerServer peer = OpenSslServer.Start(keys, "p256", version + " -Verify 3");
        using var talk = new PeerTalk(peer, keys.Root);
        if (version == "-tls1_2") talk.Refuses(TlsFailure.NoOwnCertificate);
        else talk.FailsToRead(TlsFailure.NoOwnCertificate, talk.Connect());   // it comes after the handshake
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public void AClientCertificateThatTheServerDoesNotBelieveIsRefusedByTheServer(string version)
    {
        TestIdentity stranger = TestIdentity.Make("stranger", ChainTalk.Root("Another"), usage: null);
        using PeerServer peer = OpenSslServer.Start(
            keys, "p256", version + " -Verify 3 -verify_return_error -CAfile root.crt");
        using var talk = new PeerTalk(peer, keys.Root, stranger);
        if (version == "-tls1_2") talk.Refuses(TlsFailure.Refused);
        else talk.FailsToRead(TlsFailure.Refused, talk.Connect());
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public void L10_ABodyThatIsCutIsAFailure(string version)
    {
        byte[] file = RandomNumberGenerator.GetBytes(200_000);
        File.WriteAllBytes(Path.Combine(keys.Folder, "cut"), file);
        foreach (int bytesMax in new[] { 50_000, 150_000 })
        {
            using PeerServer peer = OpenSslServer.Start(keys, "p256", $"{version} -HTTP");
            using var talk = new PeerTalk(peer, keys.Root)
            {
                Wire = wire => new EditedWire(wire) { ReceivedMax = bytesMax },
            };
            TlsStream stream = talk.Connect();
            talk.Write(stream, "GET /cut HTTP/1.0\r\n\r\n"u8.ToArray());
            byte[] got = talk.Read(stream, 2 * file.Length);
            Assert.InRange(got.Length, bytesMax - 20_000, bytesMax);
            Assert.Equal(file[..got.Length], got);
            talk.FailsToRead(TlsFailure.Truncated, stream);
            talk.FailsToRead(TlsFailure.Truncated, stream);
        }
    }

    [Theory]
    [InlineData("-tls1_2", 3)]
    [InlineData("-tls1_2", 300)]
    [InlineData("-tls1_3", 3)]
    [InlineData("-tls1_3", 300)]
    public void L11_AServerThatFallsSilentInTheMiddleOfTheHandshakeIsGivenUp(string version, int bytes)
    {
        using PeerServer peer = OpenSslServer.Start(keys, "p256", version);
        using var talk = new PeerTalk(peer, keys.Root)
        {
            Wire = wire => new EditedWire(wire) { SilentAfter = bytes },
        };
        talk.Refuses(TlsFailure.Silent);
    }

    [Fact]
    public void SomebodyWhoTakesAwayTls13IsFoundOut()
    {
        using PeerServer peer = OpenSslServer.Start(keys, "p256");
        using var talk = new PeerTalk(peer, keys.Root)
        {
            Wire = wire => new EditedWire(wire) { Sent = HideVersions },
        };
        talk.Refuses(TlsFailure.Downgraded);

        // The extension supported_versions becomes one that nobody knows.
        static byte[] HideVersions(byte[] bytes)
        {
            int at = bytes.AsSpan().IndexOf(new byte[] { 0, 43, 0, 5, 4, 3, 4, 3, 3 });
            if (at >= 0) bytes[at] = 0x7a;
            return bytes;
        }
    }

    [Fact]
    public void SomebodyWhoChangesTheHandshakeIsFoundOut()
    {
        foreach (string version in new[] { "-tls1_2", "-tls1_3" })
        {
            using PeerServer peer = OpenSslServer.Start(keys, "p256", version);
            using var talk = new PeerTalk(peer, keys.Root)
            {
                Wire = wire => new EditedWire(wire)
                {
                    // Our offer of http/1.1 becomes one of http/1.7: only the proof at the end tells.
                    Sent = bytes =>
                    {
                        int at = bytes.AsSpan().IndexOf("http/1.1"u8);
                        if (at >= 0) bytes[at + 7] = (byte)'7';
                        return bytes;
                    },
                },
            };
            BootFailure failure = talk.RefusalOf();
            Assert.True(failure.Kind == TlsFailure.Refused || failure.Kind == TlsFailure.BadRecord
                || failure.Kind == TlsFailure.BadProof, failure.Describe());
        }
    }

    [Fact]
    public void AServerThatChangesItsKeysIsGivenUp()
    {
        using PeerServer peer = OpenSslServer.Start(keys, "p256", "-tls1_3", isQuiet: false);
        using var talk = new PeerTalk(peer, keys.Root);
        TlsStream stream = talk.Connect();
        OpenSslServer.Tell(peer, "k\n");
        talk.FailsToRead(TlsFailure.KeyUpdate, stream);
    }

    [Fact]
    public void AServerThatWantsToBeginAnewIsToldNo()
    {
        using PeerServer peer = OpenSslServer.Start(keys, "p256", "-tls1_2", isQuiet: false);
        using var talk = new PeerTalk(peer, keys.Root);
        TlsStream stream = talk.Connect();
        OpenSslServer.Tell(peer, "r\n");   // it waits for our answer, and does not like it
        talk.FailsToRead(TlsFailure.Refused, stream);
    }

    [Fact]
    public void L12_AFloodOfTicketsEnds()
    {
        using PeerServer peer = OpenSslServer.Start(keys, "p256", "-tls1_3 -num_tickets 2000");
        using var talk = new PeerTalk(peer, keys.Root);
        talk.FailsToRead(TlsFailure.ProtocolError, talk.Connect());
    }

    [Fact]
    public void L11_AChainOfTenLongCertificatesIsReadAndAListOfSixteenKilobytesIsNot()
    {
        TestIdentity issuer = keys.Root;
        var between = new TestIdentity[8];
        for (int i = between.Length - 1; i >= 0; i--)
            issuer = between[i] = TestIdentity.Make($"Between {i}", issuer, isAuthority: true, edit: Fatten(900));
        keys.Write("long", ChainTalk.Server(issuer), between);
        using (PeerServer peer = OpenSslServer.Start(keys, "long"))
        {
            using var talk = new PeerTalk(peer, keys.Root);
            talk.Connect().Close();
        }
        keys.Write("longer", ChainTalk.Server(issuer, edit: Fatten(9000)), between);
        foreach (string version in new[] { "-tls1_2", "-tls1_3" })
        {
            using PeerServer peer = OpenSslServer.Start(keys, "longer", version);
            using var talk = new PeerTalk(peer, keys.Root);
            talk.Refuses(TlsFailure.ProtocolError);
        }

        static Action<CertificateRequest> Fatten(int bytes) =>
            request => request.CertificateExtensions.Add(
                new X509Extension("1.2.3.4", new byte[bytes], false));
    }

    private (TestIdentity Server, TestIdentity[] Others) Make(string name)
    {
        TestIdentity root = keys.Root, between;
        switch (name)
        {
            case "two between":
                between = ChainTalk.Below(root, "First");
                TestIdentity second = ChainTalk.Below(between, "Second");
                return (ChainTalk.Server(second), [second, between]);
            case "wrong host": return (ChainTalk.Server(root, "dns:other.example.org"), []);
            case "wildcard": return (ChainTalk.Server(root, "dns:*.example.org"), []);
            case "wrong wildcard": return (ChainTalk.Server(root, "dns:*.org"), []);
            case "wrong CA": return (ChainTalk.Server(ChainTalk.Root("Another")), []);
            case "expired": return (ChainTalk.Server(root, from: -30, until: -2), []);
            case "not yet valid": return (ChainTalk.Server(root, from: 2), []);
            case "self-signed": return (ChainTalk.Server(null), []);
            case "wrong usage": return (ChainTalk.Server(root, usage: TestIdentity.CodeSigning), []);
            case "no authority":
                between = ChainTalk.Server(root, names: null, name: "No authority");
                return (ChainTalk.Server(between), [between]);
            case "path too long":
                TestIdentity limited = ChainTalk.Below(root, "Limited", request => ChainTalk.Replace(
                    request, new X509BasicConstraintsExtension(true, true, 0, critical: true)));
                between = ChainTalk.Below(limited, "Between");
                return (ChainTalk.Server(between), [between, limited]);
            case "name not permitted":
                between = ChainTalk.Below(root, "Elsewhere", request =>
                    request.CertificateExtensions.Add(ChainTalk.Constraints("+dns:other.org")));
                return (ChainTalk.Server(between), [between]);
            case "unknown critical":
                return (ChainTalk.Server(root, edit: request => request.CertificateExtensions.Add(
                    new X509Extension("1.2.3.4", [5, 0], true))), []);
            case "short key": return (ChainTalk.Server(root, key: "rsa1024"), []);
            case "forged": return (ChainTalk.Server(ChainTalk.Root()), []);   // the root's name, another key
            default: return (ChainTalk.Server(root), []);
        }
    }
}
