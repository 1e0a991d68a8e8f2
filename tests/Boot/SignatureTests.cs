using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using Bootlace.Script;
using Bootlace.Tests.Crypto;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Boot;

/// <summary>Protects what <c>imgverify</c> accepts and refuses, with signatures made by the real openssl command.
/// </summary>
public class SignatureTests
{
    private static readonly byte[] s_file = Encoding.ASCII.GetBytes(new string('k', 100_000) + "\r\nend\n");
    private static readonly TestIdentity s_root = TestIdentity.Make("root", isAuthority: true);
    private static readonly Dictionary<string, TestIdentity> s_signers = [];

    private readonly BootWorld _world = new();

    public static TheoryData<string, string> Forms()
    {
        var forms = new TheoryData<string, string>();
        foreach (string key in new[] { "rsa2048", "rsa3072", "p256", "p384", "p521" })
        {
            foreach (string hash in new[] { "sha256", "sha384", "sha512" })
            {
                forms.Add(key, $"-md {hash} -outform DER");
                forms.Add(key, $"-md {hash} -noattr -outform DER");
                if (!key.StartsWith("rsa", StringComparison.Ordinal)) continue;
                forms.Add(key, $"-md {hash} -outform DER -keyopt rsa_padding_mode:pss");
                forms.Add(key, $"-md {hash} -noattr -outform DER -keyopt rsa_padding_mode:pss "
                    + "-keyopt rsa_pss_saltlen:digest");
            }
        }
        forms.Add("p256", "-keyid -outform DER");
        forms.Add("p256", "-noattr -keyid -outform DER");
        forms.Add("p256", "-nosmimecap -certfile root.crt -outform DER");
        forms.Add("p256", "-certfile many.crt -outform DER");
        forms.Add("p256", "-stream -outform DER");
        forms.Add("rsa2048", "-stream -noattr -outform DER");
        forms.Add("p256", "-nodetach -outform DER");
        forms.Add("p256", "-outform PEM");
        forms.Add("p256", "-stream -outform PEM");
        forms.Add("rsa2048", "-noattr -outform PEM");
        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void WhatOpensslSignsIsAcceptedAndNothingElse(string key, string options)
    {
        byte[] signature = Sign(Signer(key), options);
        Assert.True(Verify(s_file, signature).IsSuccess, _world.Console.Screen);
        Assert.Contains($"Signed by {key}\n", _world.Console.Screen);

        byte[] other = (byte[])s_file.Clone();
        other[50_000] ^= 0x10;
        uint code = Verify(other, signature).Code;
        Assert.Equal(options.Contains("-noattr") ? 0x020d000fu : 0x020d0010u, code);
    }

    [Theory]
    [InlineData("-outform DER")]
    [InlineData("-outform PEM")]
    [InlineData("-noattr -md sha512 -outform DER")]
    public void TheOlderSmimeCommandSignsAsWell(string options)
    {
        using var openssl = new OpenSsl();
        Assert.True(Verify(s_file, openssl.Sign(s_file, Signer("rsa2048"), options, "smime")).IsSuccess,
            _world.Console.Screen);
    }

    [Theory]
    [InlineData("p256", "-outform DER")]
    [InlineData("p256", "-noattr -outform DER")]
    [InlineData("rsa2048", "-outform DER")]
    [InlineData("rsa2048", "-outform DER -keyopt rsa_padding_mode:pss")]
    public void AFlippedSignatureIsRefused(string key, string options)
    {
        byte[] signature = Sign(Signer(key), options);
        for (int back = 1; back <= 60; back += 7)
        {
            byte[] flipped = (byte[])signature.Clone();
            flipped[^back] ^= 0x04;
            Assert.Equal(0x020d000fu, Verify(s_file, flipped).Code);
        }
    }

    [Fact]
    public void NoFlippedBitMakesAnotherFileGood()
    {
        byte[] signature = Sign(Signer("p256"), "-nosmimecap -outform DER");
        byte[] other = (byte[])s_file.Clone();
        other[0] ^= 1;
        for (int bit = 0; bit < 8 * signature.Length; bit += 13)
        {
            byte[] flipped = (byte[])signature.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.False(Verify(other, flipped).IsSuccess, $"bit {bit}");
        }
    }

    [Fact]
    public void TheSignerMustHaveTheNameAskedFor()
    {
        TestIdentity named = TestIdentity.Make("release key", s_root, edit: request =>
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("Boot.Example");
            names.AddEmailAddress("mail.example");
            request.CertificateExtensions.Add(names.Build());
        });
        byte[] signature = Sign(named, "-outform DER");
        Assert.True(Verify(s_file, signature, "--signer boot.example").IsSuccess);
        Assert.Equal(0x020d000eu, Verify(s_file, signature, "--signer mail.example").Code);
        Assert.Equal(0x020d000eu, Verify(s_file, signature, "--signer release").Code);
        Assert.Contains("It was signed by 'release key', not by 'release' [020d000e]", _world.Console.Screen);
    }

    [Fact]
    public void ASignersNameCannotDrawOnTheScreen()
    {
        TestIdentity evil = TestIdentity.Make("x\x1b[2J\nSigned by release key", s_root);
        byte[] signature = Sign(evil, "-outform DER");
        Assert.True(Verify(s_file, signature).IsSuccess);
        Assert.Equal(0x020d000eu, Verify(s_file, signature, "--signer release").Code);
        Assert.Contains("Signed by x?[2J?Signed by release key\n", _world.Console.Screen);
        Assert.DoesNotContain('\x1b', _world.Console.Raw);
        Assert.DoesNotContain("\nSigned by release key", _world.Console.Raw);
    }

    [Fact]
    public void OfSeveralSignersAllMustBeGoodOrTheOneAskedFor()
    {
        using var openssl = new OpenSsl();
        foreach (string key in new[] { "p256", "rsa2048" })
        {
            openssl.Write($"{key}.crt", Signer(key).Pem);
            openssl.Write($"{key}.key", Signer(key).KeyPem);
        }
        openssl.Write("file", s_file);
        openssl.Run("cms -sign -binary -in file -out s -outform DER -signer p256.crt -inkey p256.key "
            + "-signer rsa2048.crt -inkey rsa2048.key");
        byte[] signature = openssl.Read("s");
        Assert.True(Verify(s_file, signature).IsSuccess, _world.Console.Screen);
        _world.VerifySigner = (certificate, _, _) => certificate.Span.SequenceEqual(Signer("rsa2048").Der)
            ? throw new BootFailure(BootWorld.NoAnswer) : Task.CompletedTask;
        Assert.Equal(BootWorld.NoAnswer.Code, Verify(s_file, signature).Code);
        Assert.True(Verify(s_file, signature, "--signer p256").IsSuccess);
        Assert.Equal(BootWorld.NoAnswer.Code, Verify(s_file, signature, "--signer rsa2048").Code);
    }

    [Fact]
    public void TheCertificatesThatCameAlongAreGivenToTheChain()
    {
        int others = 0;
        _world.VerifySigner = (certificate, all, _) =>
        {
            Assert.Equal(Signer("p256").Der, certificate.ToArray());
            others = all.Count;
            return Task.CompletedTask;
        };
        Assert.True(Verify(s_file, Sign(Signer("p256"), "-certfile many.crt -outform DER")).IsSuccess);
        Assert.Equal(4, others);
    }

    [Theory]
    [InlineData("-md sha1 -outform DER", 0x020d0012)]
    [InlineData("-md sha1 -noattr -outform DER", 0x020d0012)]
    [InlineData("-md md5 -outform DER", 0x020d0012)]
    [InlineData("-md sha224 -outform DER", 0x020d0012)]
    [InlineData("-md sha3-256 -outform DER", 0x3c0d0014)]
    [InlineData("-nocerts -outform DER", 0x020d000d)]
    [InlineData("-outform SMIME", 0x3c0d000a)]
    [InlineData("-econtent_type 1.2.3.4 -outform DER", 0x020d0011)]
    public void OtherFormsAreRefusedWithTheirCode(string options, uint code) =>
        Assert.Equal(code, Verify(s_file, Sign(Signer("rsa2048"), options)).Code);

    [Fact]
    public void PssWithSha1InsideIsRefused()
    {
        byte[] signature = Sign(
            Signer("rsa2048"), "-outform DER -keyopt rsa_padding_mode:pss -keyopt rsa_mgf1_md:sha1");
        Assert.Equal(0x020d0012u, Verify(s_file, signature).Code);
    }

    [Fact]
    public void OtherContentIsRefusedWhetherTheMessageOrTheSignerSaysSo()
    {
        // An identifier as long as that of a file: a message of one kind can be given the other's name.
        const string Digested = "-econtent_type 1.2.840.113549.1.7.5";
        byte[] signed = Sign(Signer("p256"), $"-nosmimecap {Digested} -outform DER");
        Rename(signed, from: 5, to: 1);
        Assert.Equal(0x020d0011u, Verify(s_file, signed).Code);   // so say the signed attributes
        foreach (string options in new[] { "-nosmimecap -outform DER", "-noattr -outform DER" })
        {
            byte[] renamed = Sign(Signer("p256"), options);
            Assert.True(Verify(s_file, renamed).IsSuccess);
            Rename(renamed, from: 1, to: 5);
            Assert.Equal(0x020d0011u, Verify(s_file, renamed).Code);   // so says what nobody has signed
        }

        // The first one is that of the message, which is not signed.
        static void Rename(byte[] message, byte from, byte to)
        {
            int at = message.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, from]);
            message[at + 8] = to;
        }
    }

    [Fact]
    public void ASecondSignerOfAWeakHashIsRefusedUnlessTheOtherIsAskedFor()
    {
        byte[] signature = Together(
            Sign(Signer("p256"), "-outform DER"), Sign(Signer("rsa2048"), "-md sha1 -outform DER"));
        Assert.Equal(0x020d0012u, Verify(s_file, signature).Code);
        Assert.True(Verify(s_file, signature, "--signer p256").IsSuccess, _world.Console.Screen);
        Assert.Equal(0x020d0012u, Verify(s_file, signature, "--signer rsa2048").Code);
    }

    [Fact]
    public void AttributesSignedByAWeakHashAreRefused()
    {
        // Of the same length as ECDSA with SHA-256 is ECDSA with SHA-224: the digest of the file stays a good one.
        byte[] message = Sign(Signer("p256"), "-nosmimecap -outform DER");
        Assert.True(CmsView.TryRead(message, out CmsView view, out _));
        CmsSigner signer = view.Signer(0);
        byte[] signed = [.. CmsSigner.AttributesTag, .. signer.AttributesAfterTag];
        byte[] digest = new byte[28];
        Bootlace.Crypto.Digest.Compute(HashKind.Sha224, signed, digest);
        byte[] signature;
        do signature = ((ECDsa)Signer("p256").Key).SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
        while (signature.Length != signer.Signature.Length);
        signature.CopyTo(message, message.Length - signature.Length);
        int at = message.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]);
        message[at + 7] = 1;
        Assert.Equal(0x020d0012u, Verify(s_file, message).Code);
    }

    [Fact]
    public void SignedAttributesAreTwoThingsOnceAndWhole()
    {
        byte[] message = Sign(Signer("p256"), "-outform DER");
        byte[] digest = SHA256.HashData(s_file);
        byte[] type = Attribute(3, CertificateParts.Element(6, Oid(7, 1)));
        byte[] whole = Attribute(4, CertificateParts.Element(4, digest));
        Assert.True(Verify(s_file, WithAttributes(message, type, whole)).IsSuccess, _world.Console.Screen);
        Assert.Equal(0x020d0010u, Verify(s_file, WithAttributes(
            message, type, Attribute(4, CertificateParts.Element(4, digest[..4])))).Code);
        foreach (byte[][] attributes in new byte[][][]
        {
            [type], [whole], [type, whole, whole], [type, type, whole],
            [type, Attribute(4, CertificateParts.Element(4, digest), CertificateParts.Element(4, new byte[32]))],
            [type, Attribute(4, CertificateParts.Element(4, new byte[32]), CertificateParts.Element(4, digest))],
            [type, Attribute(4)], [type, Attribute(4, CertificateParts.Element(4))],
            [type, Attribute(4, CertificateParts.Element(0x80, digest))],
            [Attribute(3), whole], [type, [.. whole, 5, 0]],
        })
            Assert.Equal(0x1c0d0009u, Verify(s_file, WithAttributes(message, attributes)).Code);

        static byte[] Attribute(byte number, params byte[][] values) => CertificateParts.Element(
            0x30, CertificateParts.Element(6, Oid(9, number)), CertificateParts.Element(0x31, values));

        static byte[] Oid(byte branch, byte number) => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, branch, number];
    }

    /// <summary>The message with other signed attributes, signed anew by P-256.</summary>
    private static byte[] WithAttributes(byte[] message, params byte[][] attributes)
    {
        List<byte[]> parts = CertificateParts.Open(message);
        List<byte[]> signed = CertificateParts.Open(CertificateParts.Open(parts[1])[0]);
        List<byte[]> signer = CertificateParts.Open(CertificateParts.Open(signed[^1])[0]);
        var key = (ECDsa)Signer("p256").Key;
        signer[3] = CertificateParts.Element(0xa0, attributes);
        signer[5] = CertificateParts.Element(4, key.SignData(
            CertificateParts.Element(0x31, attributes), HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence));
        signed[^1] = CertificateParts.Element(0x31, CertificateParts.Element(0x30, [.. signer]));
        return CertificateParts.Element(
            0x30, parts[0], CertificateParts.Element(0xa0, CertificateParts.Element(0x30, [.. signed])));
    }

    [Fact]
    public void CertificatesWithoutASignatureAreRefused()
    {
        using var openssl = new OpenSsl();
        openssl.Write("a.crt", Signer("p256").Pem);
        openssl.Run("crl2pkcs7 -nocrl -certfile a.crt -outform DER -out only.p7b");
        Assert.Equal(0x020d000cu, Verify(s_file, openssl.Read("only.p7b")).Code);
    }

    [Fact]
    public void SignedAttributesAreNoFile()
    {
        byte[] withAttributes = Sign(Signer("rsa2048"), "-nosmimecap -outform DER");
        Assert.True(CmsView.TryRead(withAttributes, out CmsView view, out _));
        byte[] attributes = [.. CmsSigner.AttributesTag, .. view.Signer(0).AttributesAfterTag];
        byte[] plain = Without(withAttributes, attributes.Length);
        Assert.True(CmsView.TryRead(plain, out CmsView stripped, out _) && !stripped.Signer(0).HasAttributes);
        Assert.Equal(0x020d0011u, Verify(attributes, plain).Code);
        _world.ExpectsBytes = 10;   // the server says so first: the file then lies in two pieces
        Assert.Equal(0x020d0011u, Verify(attributes, plain).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no signature")]
    [InlineData("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n")]
    [InlineData("0123")]
    public void WhatIsNoSignatureIsRefused(string text) =>
        Assert.Equal(0x1c0d0009u, Verify(s_file, Encoding.ASCII.GetBytes(text)).Code);

    [Fact]
    public void ASignatureOfAMegabyteIsRefused() =>
        Assert.Equal(0x230d000bu, Verify(s_file, new byte[(1 << 20) + 1]).Code);

    /// <summary>A message with the certificates and the signers of two.</summary>
    private static byte[] Together(byte[] one, byte[] other)
    {
        List<byte[]> parts = CertificateParts.Open(one), signed = SignedDataOf(one), more = SignedDataOf(other);
        for (int i = signed.Count - 2; i < signed.Count; i++)
        {
            signed[i] = CertificateParts.Element(
                signed[i][0], [.. CertificateParts.Open(signed[i]), .. CertificateParts.Open(more[i])]);
        }
        byte[] whole = CertificateParts.Element(0xa0, CertificateParts.Element(0x30, [.. signed]));
        return CertificateParts.Element(0x30, parts[0], whole);

        static List<byte[]> SignedDataOf(byte[] message) =>
            CertificateParts.Open(CertificateParts.Open(CertificateParts.Open(message)[1])[0]);
    }

    /// <summary>The message without its signed attributes, all lengths around them put right: they have two bytes each.
    /// </summary>
    private static byte[] Without(byte[] message, int count)
    {
        var bytes = new List<byte>(message);
        int at = message.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xa0, (byte)(count - 2), 0x30]);
        bytes.RemoveRange(at, count);
        int set = at;
        while (bytes[set] != 0x31 || bytes[set + 1] != 0x82 || bytes[set + 4] != 0x30 || bytes[set + 5] != 0x82) set--;
        foreach (int length in new[] { 2, 17, 21, set + 2, set + 6 })
        {
            int shorter = (bytes[length] << 8 | bytes[length + 1]) - count;
            (bytes[length], bytes[length + 1]) = ((byte)(shorter >> 8), (byte)shorter);
        }
        return bytes.ToArray();
    }

    private static TestIdentity Signer(string key)
    {
        lock (s_signers)
        {
            if (!s_signers.TryGetValue(key, out TestIdentity? signer))
                s_signers[key] = signer = TestIdentity.Make(key, s_root, key);
            return signer;
        }
    }

    private static byte[] Sign(TestIdentity signer, string options = "-outform DER")
    {
        using var openssl = new OpenSsl();
        openssl.Write("root.crt", s_root.Pem);
        openssl.Write("many.crt", s_root.Pem + Signer("p384").Pem + Signer("p521").Pem);
        return openssl.Sign(s_file, signer, options);
    }

    private Status Verify(byte[] file, byte[] signature, string options = "")
    {
        _world.WithFile("http://h/file", file).WithFile("http://h/file.sig", signature);
        return _world.RunLine($"imgverify {options} http://h/file http://h/file.sig");
    }
}
