using System;
using System.Formats.Asn1;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;
using HostKey = System.Security.Cryptography.X509Certificates.PublicKey;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects against certificates that broke others: keys of no size, names with an end inside, clocks that
/// cannot be.</summary>
public class BadCertificateTests
{
    private static readonly TestIdentity Root = ChainTalk.Root();

    [Fact]
    public void L5_ANameWithAnEndInsideIsNoHost()
    {
        const string Evil = "boot.example.org\0.evil.org";
        TestIdentity byName = ChainTalk.Server(Root, names: null, name: Evil);
        new ChainTalk(Root).Refuse(CertificateFailure.WrongHost, byName);
        var names = new AsnWriter(AsnEncodingRules.DER);
        using (names.PushSequence())
            names.WriteCharacterString(UniversalTagNumber.IA5String, Evil, new Asn1Tag(TagClass.ContextSpecific, 2));
        TestIdentity byAlternative = ChainTalk.Server(Root, names: null, edit: request =>
            request.CertificateExtensions.Add(new X509Extension("2.5.29.17", names.Encode(), critical: false)));
        new ChainTalk(Root).Refuse(CertificateFailure.WrongHost, byAlternative);
    }

    [Fact]
    public void L7_RsaKeysOfNoSizeAreRefusedAndHarmNothing()
    {
        foreach (int bits in new[] { 1, 8, 16, 31, 40, 64, 88, 512, 2047 })
        {
            byte[] modulus = new byte[(bits + 7) / 8];
            modulus[0] = (byte)(1 << (bits - 1) % 8);
            modulus[^1] |= 1;
            Refuse(modulus, [1, 0, 1]);
        }
        Refuse([0], [1, 0, 1]);
        byte[] usual = ((RSA)ChainTalk.Root(key: "rsa2048").Key).ExportParameters(false).Modulus!;
        Refuse(usual, [1]);
        Refuse(usual, [0]);
        Refuse(usual, [2]);
        Refuse(usual, [1, 0, 0]);
        byte[] long1 = new byte[9];
        (long1[0], long1[^1]) = (1, 1);
        Refuse(usual, long1);   // a check takes as long as the exponent, and we check many
        byte[] long2 = (byte[])usual.Clone();
        long2[0] -= 1;
        Refuse(usual, long2);

        static void Refuse(byte[] modulus, byte[] exponent)
        {
            var key = new AsnWriter(AsnEncodingRules.DER);
            using (key.PushSequence())
            {
                key.WriteIntegerUnsigned(Trim(modulus));
                key.WriteIntegerUnsigned(Trim(exponent));
            }
            var algorithm = new Oid("1.2.840.113549.1.1.1");
            var publicKey = new HostKey(algorithm, new AsnEncodedData([5, 0]), new AsnEncodedData(key.Encode()));
            var request = new CertificateRequest(
                new X500DistinguishedName("CN=tiny"), publicKey, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(ChainTalk.AlternativeNames("dns:" + ChainTalk.Host));
            X509Certificate2 made = request.Create(
                Root.Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa((ECDsa)Root.Key),
                TestIdentity.Now.AddDays(-1), TestIdentity.Now.AddDays(1), [1]);
            var talk = new ChainTalk(Root);
            BootFailure failure = Assert.Throws<BootFailure>(() => new ChainVerifier(talk.Trust, talk.Time)
                .Verify(made.RawData, [], CertificatePurpose.ServerAuth, ChainTalk.Host));
            Assert.True(failure.Kind == CertificateFailure.WeakKey
                || failure.Kind == CertificateFailure.UnknownAlgorithm, failure.Message);
        }

        static ReadOnlySpan<byte> Trim(byte[] number)
        {
            int zeros = 0;
            while (zeros < number.Length - 1 && number[zeros] == 0) zeros++;
            return number.AsSpan(zeros);
        }
    }

    [Fact]
    public void L7_CurvesAreNamedAndNotWrittenOut()
    {
        using ECDsa named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using Bootlace.Crypto.PublicKey? read = Bootlace.Crypto.PublicKey.TryRead(named.ExportSubjectPublicKeyInfo());
        Assert.True(read is { IsRsa: false, Bits: 256 });
        using var openssl = new OpenSsl();
        foreach (string form in new[] { "uncompressed", "compressed" })
        {
            openssl.Run($"ecparam -name prime256v1 -genkey -noout -param_enc explicit -conv_form {form} -out key");
            openssl.Run("ec -in key -pubout -outform DER -out public");
            byte[] written = openssl.Read("public");
            Assert.True(written.Length > 200);
            Assert.Null(Bootlace.Crypto.PublicKey.TryRead(written));
        }
        byte[] infinity = named.ExportSubjectPublicKeyInfo();
        infinity[^65] = 0;   // the form of the point
        Assert.Null(Bootlace.Crypto.PublicKey.TryRead(infinity));
        byte[] elsewhere = named.ExportSubjectPublicKeyInfo();
        elsewhere[^1] ^= 1;   // a point that is not on the curve
        Assert.Null(Bootlace.Crypto.PublicKey.TryRead(elsewhere));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(65537)]
    [InlineData(0x7fffffff)]
    public void L7_UsualExponentsAreTaken(int exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(((RSA)ChainTalk.Root(key: "rsa2048").Key).ExportParameters(false).Modulus!);
            key.WriteInteger(exponent);
        }
        var whole = new HostKey(
            new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]), new AsnEncodedData(key.Encode()));
        using Bootlace.Crypto.PublicKey? read = Bootlace.Crypto.PublicKey.TryRead(whole.ExportSubjectPublicKeyInfo());
        Assert.True(read is { IsRsa: true, Bits: 2048 });
    }

    [Theory]
    [InlineData("a003020103")]       // version 4
    [InlineData("a003020101")]       // version 2 has no extensions
    [InlineData("a003020100")]       // nor has version 1, which is not written either
    [InlineData("a0020200")]
    [InlineData("a003040102")]
    [InlineData("a00402020002")]     // not the shortest form
    [InlineData("a006020102020102")]
    [InlineData("")]
    public void ACertificateWithExtensionsIsOfVersionThree(string version)
    {
        var parts = new CertificateParts(Root.Der);
        Assert.Equal("A003020102", Convert.ToHexString(parts.Signed[CertificateParts.Version]));
        Assert.Equal(Root.Der, parts.Build());
        parts.Signed[CertificateParts.Version] = Convert.FromHexString(version);
        RefuseToRead(parts);
    }

    [Fact]
    public void WhatIsNotBuiltAsTheStandardSaysIsNotRead()
    {
        TestIdentity root = ChainTalk.Root(key: "rsa2048");
        byte[] @null = [5, 0];
        foreach (Action<CertificateParts> harm in new Action<CertificateParts>[]
        {
            // The same signature, named otherwise outside than inside: RFC 5280, section 4.1.1.2.
            parts => parts.Algorithm = CertificateParts.Element(0x30, CertificateParts.Open(parts.Algorithm)[0]),
            parts => parts.Rest = @null,
            parts => parts.Signed.Add(@null),
            parts => parts.Signed[CertificateParts.Validity] = CertificateParts.Element(
                0x30, [.. CertificateParts.Open(parts.Signed[CertificateParts.Validity]), @null]),
            parts => parts.Signature = [.. parts.Signature[..4], 1, .. parts.Signature[5..]],
            parts => parts.Signature = [3, 0],
            parts => parts.Signed[CertificateParts.Extensions] = Extensions(65),
            parts => parts.Signed[CertificateParts.Extensions] = [.. Extensions(1), .. Extensions(1)],
            parts => parts.Signed[CertificateParts.Subject] = CertificateParts.Element(0x30, @null),
        })
        {
            var parts = new CertificateParts(root.Der);
            Assert.Equal(0, parts.Signature[4]);   // unused bits, behind tag and length
            harm(parts);
            RefuseToRead(parts);
        }
        var many = new CertificateParts(root.Der);
        many.Signed[CertificateParts.Extensions] = Extensions(64);
        Assert.True(CertificateView.TryRead(many.Build(), out _, out _));

        static byte[] Extensions(int count)
        {
            byte[] one = CertificateParts.Element(0x30, [6, 1, 0x2a], [4, 2, 5, 0]);
            return CertificateParts.Element(0xa3, CertificateParts.Element(0x30, [.. Enumerable.Repeat(one, count)]));
        }
    }

    private static void RefuseToRead(CertificateParts parts)
    {
        Assert.False(CertificateView.TryRead(parts.Build(), out _, out ParseError error));
        Assert.NotEqual(ParseError.None, error);
    }

    [Fact]
    public void ASignatureOnABrokenHashIsRefused()
    {
        foreach (string algorithm in new[] { "1.2.840.10045.4.1", "1.2.840.10045.4.3.1" })
        {
            var request = new CertificateRequest(
                "CN=server", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(ChainTalk.AlternativeNames("dns:" + ChainTalk.Host));
            X509Certificate2 made = request.Create(
                Root.Certificate.SubjectName, new WeakGenerator((ECDsa)Root.Key, algorithm),
                TestIdentity.Now.AddDays(-1), TestIdentity.Now.AddDays(1), [1]);
            var talk = new ChainTalk(Root);
            BootFailure failure = Assert.Throws<BootFailure>(() => new ChainVerifier(talk.Trust, talk.Time)
                .Verify(made.RawData, [], CertificatePurpose.ServerAuth, ChainTalk.Host));
            Assert.Same(CertificateFailure.WeakHash, failure.Kind);
        }
    }

    /// <summary>Signs with SHA-1 what says so, or says SHA-224.</summary>
    private sealed class WeakGenerator(ECDsa key, string algorithm) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hash)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence()) writer.WriteObjectIdentifier(algorithm);
            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hash) =>
            key.SignHash(SHA1.HashData(data), DSASignatureFormat.Rfc3279DerSequence);

        protected override HostKey BuildPublicKey() => new(key);
    }

    [Theory]
    [InlineData("a203", "610062")]   // constructed: a name in pieces
    [InlineData("8203", "612e62")]
    public void AHostsNameIsWrittenInOnePiece(string head, string content)
    {
        byte[] name = [.. Convert.FromHexString(head), .. Convert.FromHexString(content)];
        bool isRead = GeneralNames.TryRead([0x30, (byte)name.Length, .. name], out _, out ParseError error);
        Assert.Equal((head == "8203", !isRead), (isRead, error != ParseError.None));
    }

    [Theory]
    [InlineData(0x80, false)]
    [InlineData(0xa0, true)]
    [InlineData(0x81, true)]
    [InlineData(0xa1, false)]
    [InlineData(0xa3, true)]
    [InlineData(0x84, false)]
    [InlineData(0xa4, true)]
    [InlineData(0x85, false)]
    [InlineData(0x86, true)]
    [InlineData(0xa6, false)]
    [InlineData(0x87, true)]
    [InlineData(0xa7, false)]
    [InlineData(0x88, true)]
    [InlineData(0xa8, false)]
    [InlineData(0x89, false)]
    [InlineData(0x16, false)]
    [InlineData(0xc2, false)]
    public void NamesHaveTheTagsOfTheStandard(byte tag, bool isRead)
    {
        Assert.Equal(isRead, GeneralNames.TryRead([0x30, 2, tag, 0], out _, out _));
        Assert.Equal(isRead, NameConstraints.TryRead([0x30, 6, 0xa0, 4, 0x30, 2, tag, 0], out _, out _));
    }

    [Fact]
    public void L14_ClocksOf1970And2106AreNamedInTheRefusal()
    {
        TestIdentity server = ChainTalk.Server(Root, until: 9);
        double daysTo2106 = (new DateTimeOffset(2106, 2, 7, 6, 28, 16, TimeSpan.Zero) - TestIdentity.Now).TotalDays;
        BootFailure failure = new ChainTalk(Root).SetTime(daysTo2106).Refuse(CertificateFailure.Expired, server);
        Assert.Contains("2106-02-07", failure.Message);
        double daysTo1970 = (DateTimeOffset.UnixEpoch - TestIdentity.Now).TotalDays;
        failure = new ChainTalk(Root).SetTime(daysTo1970).Refuse(CertificateFailure.NotYetValid, server);
        Assert.Contains("1970-01-01", failure.Message);
    }
}
