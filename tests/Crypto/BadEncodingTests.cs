using System;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Bootlace.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;
using HostKey = System.Security.Cryptography.X509Certificates.PublicKey;
using OwnKey = Bootlace.Crypto.PublicKey;

namespace Bootlace.Tests.Crypto;

/// <summary>Protects against certificates whose encoding lies about itself, and against signatures that only look
/// like some.</summary>
public class BadEncodingTests
{
    private const int Depth = 1000;

    private static readonly TestIdentity Root = ChainTalk.Root();

    /// <summary>Encodings that lie about themselves.</summary>
    public static byte[][] Liars
    {
        get
        {
            byte[] good = Root.Der, body = good[4..];
            return
            [
                [0x30, 0x80, .. body, 0, 0], [0x30, 0x84, 0x80, 0, 0, 0, .. body],
                [0x30, 0x84, 0xff, 0xff, 0xff, 0xff, .. body], [0x30, 0x88, 0, 0, 0, 0, 0, 0, 2, 0, .. body],
                [0x30, 0x84, 0, 0, good[2], good[3], .. body],   // not the shortest form
                [0x30, 0xff, .. body], [0x30, 0x82, 0, 0, .. body], [0x30, 0x82], [0x30], [],
                Nested(Depth), Nested(15),
            ];
        }
    }

    [Fact]
    public void L8_LengthsThatCannotBeAndNestingWithoutEndAreNoCertificate()
    {
        Assert.NotNull(Certificate.TryRead(Root.Der));
        foreach (byte[] liar in Liars) Assert.Null(Certificate.TryRead(liar));
    }

    [Theory]
    [InlineData("2.5.29.17", 0x020c0041u)]   // names: there is none among them
    [InlineData("1.2.3.4", 0u)]   // nobody looks into it
    [InlineData("2.5.29.19", 0u)]   // nor into this of a server
    [InlineData("2.5.29.15", 0x1c0c004fu)]
    [InlineData("2.5.29.37", 0x1c0c004fu)]
    public void L8_ADeeplyNestedExtensionIsNoHarm(string id, uint code)
    {
        TestIdentity server = ChainTalk.Server(Root, edit: request => ChainTalk.Replace(
            request, new X509Extension(id, Nested(Depth), critical: false)));
        var talk = new ChainTalk(Root);
        if (code == 0)
        {
            talk.Accept(server);
            return;
        }
        BootFailure failure = Assert.Throws<BootFailure>(() => talk.Accept(server));
        Assert.True(failure.Kind.Code == code, failure.Describe());
    }

    [Fact]
    public void L8_NegativeNumbersAreNoKey()
    {
        byte[] modulus = ((RSA)ChainTalk.Root(key: "rsa2048").Key).ExportParameters(false).Modulus!;
        Assert.NotNull(Read(modulus, 3));
        Assert.Null(OwnKey.TryRead(Encode(new BigInteger(modulus, isUnsigned: false, isBigEndian: true), 3)));
        Assert.Null(OwnKey.TryRead(Encode(Unsigned(modulus), -3)));
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END RSA PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n====\n-----END CERTIFICATE-----\n")]
    public void L8_PemWithoutEndOrSenseIsRefused(string text)
    {
        BootFailure failure = Assert.Throws<BootFailure>(() => CertificateFile.Read(Encoding.ASCII.GetBytes(text)));
        Assert.Same(CertificateFailure.BadCertificate, failure.Kind);
    }

    [Fact]
    public void L8_PemThatEndsAnywhereIsRefused()
    {
        byte[] file = Encoding.ASCII.GetBytes(Root.Pem.Trim());
        Assert.Single(CertificateFile.Read(file));
        for (int length = 0; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            Assert.Throws<BootFailure>(() => CertificateFile.Read(cut));
        }
    }

    /// <summary>With the exponent 3 and nobody looking at what stands behind the hash, a cube root signs
    /// everything.</summary>
    [Fact]
    public void L7_ASignatureMadeWithoutTheKeyIsNone()
    {
        using RSA whole = RSA.Create(2048);
        using OwnKey key = Read(whole.ExportParameters(false).Modulus!, 3)!;
        byte[] digest = SHA256.HashData("anything"u8);
        byte[] info = [.. Convert.FromHexString("3031300d060960864801650304020105000420"), .. digest];
        byte[] block = new byte[256];
        byte[] start = [0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, .. info];
        start.CopyTo(block, 0);
        BigInteger root = CubeRoot(Unsigned(block)) + 1, cube = root * root * root;
        byte[] forged = new byte[256], signature = root.ToByteArray(isUnsigned: true, isBigEndian: true);
        signature.CopyTo(forged, forged.Length - signature.Length);
        byte[] padded = new byte[256], seen = cube.ToByteArray(isUnsigned: true, isBigEndian: true);
        seen.CopyTo(padded, padded.Length - seen.Length);
        Assert.Equal(start, padded[..start.Length]);   // a careless check sees what it wants to see
        var algorithm = new SignatureAlgorithm(SignatureScheme.RsaPkcs1, HashKind.Sha256, HashKind.Sha256, 0);
        Assert.False(key.Verify(algorithm, digest, forged));
        Assert.False(key.Verify(algorithm, digest, signature));
    }

    private static byte[] Nested(int depth)
    {
        byte[] value = [5, 0];
        for (int i = 0; i < depth; i++)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence()) writer.WriteEncodedValue(value);
            value = writer.Encode();
        }
        return value;
    }

    private static OwnKey? Read(byte[] modulus, int exponent) => OwnKey.TryRead(Encode(Unsigned(modulus), exponent));

    private static BigInteger Unsigned(byte[] number) => new(number, isUnsigned: true, isBigEndian: true);

    private static byte[] Encode(BigInteger modulus, int exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteInteger(modulus);
            key.WriteInteger(exponent);
        }
        return new HostKey(new Oid("1.2.840.113549.1.1.1"), new AsnEncodedData([5, 0]),
            new AsnEncodedData(key.Encode())).ExportSubjectPublicKeyInfo();
    }

    private static BigInteger CubeRoot(BigInteger number)
    {
        BigInteger low = 0, high = BigInteger.One << 700;
        while (high - low > 1)
        {
            BigInteger middle = (low + high) / 2;
            if (middle * middle * middle <= number) low = middle;
            else high = middle;
        }
        return low;
    }
}
