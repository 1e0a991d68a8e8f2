using System;
using System.Formats.Asn1;
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
