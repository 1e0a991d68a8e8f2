using System;
using System.Security.Cryptography;
using System.Text;
using Bootlace.Tests.Support;
using Bootlace.Wire;
using Xunit;

namespace Bootlace.Tests.Wire;

/// <summary>Protects the reading of signatures and certificates: nothing is believed that the bytes do not bear out.
/// </summary>
public class CmsTests
{
    [Fact]
    public void ASignerNamesACertificateByIssuerAndNumberBoth()
    {
        Assert.True(CmsView.TryRead(CmsSamples.WithAttributes, out CmsView view, out _));
        Assert.True(IsNamed(view, CmsSamples.Certificate));
        Assert.False(IsNamed(view, Changed([0x0c, 1, (byte)'r'], (byte)'x')));   // the issuer's name
        Assert.False(IsNamed(view, Changed([0x02, 3, 0, 0x80, 1], 2)));          // the number

        static bool IsNamed(CmsView view, byte[] bytes)
        {
            Assert.True(CertificateView.TryRead(bytes, out CertificateView certificate, out _));
            return view.Signer(0).Names(certificate);
        }

        static byte[] Changed(byte[] place, byte last)
        {
            byte[] bytes = (byte[])CmsSamples.Certificate.Clone();
            bytes[bytes.AsSpan().IndexOf(place) + place.Length - 1] = last;
            return bytes;
        }
    }

    [Fact]
    public void ASignatureWithAttributesIsRead()
    {
        Assert.True(CmsView.TryRead(CmsSamples.WithAttributes, out CmsView view, out _));
        Assert.True(view.ContentType.SequenceEqual(ObjectIds.Data));
        Assert.Equal((false, 1, 1), (view.HasContent, view.CertificateCount, view.SignerCount));
        Assert.Equal(CmsSamples.Certificate, view.Certificate(0).ToArray());

        CmsSigner signer = view.Signer(0);
        Assert.Equal(HashKind.Sha256, signer.Hash);
        Assert.Equal(new SignatureAlgorithm(SignatureScheme.Ecdsa, HashKind.Sha256), signer.Algorithm);
        Assert.True(signer.HasAttributes && signer.AttributeContentType.SequenceEqual(ObjectIds.Data));
        Assert.Equal(SHA256.HashData("hello"u8), signer.AttributeDigest.ToArray());
        Assert.Equal(0x48, signer.Signature.Length);
        Assert.True(IsValid(signer, [.. CmsSigner.AttributesTag, .. signer.AttributesAfterTag]));
    }

    [Fact]
    public void AStreamedSignatureOfIndefiniteLengthIsRead()
    {
        Assert.True(CmsView.TryRead(CmsSamples.Streamed, out CmsView view, out _));
        Assert.Equal((true, 1, 1), (view.HasContent, view.CertificateCount, view.SignerCount));
        CmsSigner signer = view.Signer(0);
        Assert.False(signer.HasAttributes);
        Assert.True(CertificateView.TryRead(view.Certificate(0), out CertificateView certificate, out _));
        Assert.True(signer.Names(certificate));
        Assert.True(IsValid(signer, "hello"u8));
    }

    [Fact]
    public void PssWithoutCertificatesIsRead()
    {
        Assert.True(CmsView.TryRead(CmsSamples.Pss, out CmsView view, out _));
        Assert.Equal((0, 1), (view.CertificateCount, view.SignerCount));
        var expected = new SignatureAlgorithm(SignatureScheme.RsaPss, HashKind.Sha512, HashKind.Sha512, 62);
        Assert.Equal(expected, view.Signer(0).Algorithm);
        Assert.True(CertificateView.TryRead(CmsSamples.Certificate, out CertificateView other, out _));
        Assert.False(view.Signer(0).Names(other));
    }

    [Fact]
    public void ACertificateIsRead()
    {
        Assert.True(CertificateView.TryRead(CmsSamples.Certificate, out CertificateView view, out _));
        Assert.Equal(("s", "r"), (view.CommonName, X509Name.FindText(view.Issuer, ObjectIds.CommonName)));
        Assert.Equal(Golden.Bytes("008001"), view.SerialNumber.ToArray());
        Assert.False(view.IsSelfIssued);
        Assert.Equal(Golden.Bytes("c53c27217553fbf7e81930d0f9f95d5c344c78ff"), view.SubjectKeyIdentifier.ToArray());
        int count = 0;
        foreach (CertificateExtension extension in view.Extensions)
        {
            count++;
            Assert.False(extension.IsCritical);
        }
        Assert.Equal(5, count);
        Assert.True(view.TryFindExtension(ObjectIds.ExtendedKeyUsage, out CertificateExtension usage));
        Assert.Equal(Golden.Bytes("300a 06082b06010505070303"), usage.Value.ToArray());
        Assert.False(view.TryFindExtension(ObjectIds.NameConstraints, out _));
    }

    [Theory]
    [InlineData("06092a864886f70d010702", "06092a864886f70d010703", ParseError.BadVersion)]   // enveloped data
    [InlineData("06092a864886f70d010904", "06092a864886f70d010905", ParseError.BadOption)]    // no digest attribute
    [InlineData("06092a864886f70d010903", "06092a864886f70d010905", ParseError.BadOption)]    // no content type
    [InlineData("06092a864886f70d010905310f17", "06092a864886f70d010904310f04", ParseError.BadOption)]  // two digests
    [InlineData("31220420", "31220520", ParseError.BadKind)]                                  // digest of another type
    public void MessagesThatAreNoSignaturesAreRefused(string from, string to, ParseError expected)
    {
        string hex = Convert.ToHexStringLower(CmsSamples.WithAttributes);
        Assert.Contains(from, hex);
        byte[] bytes = Convert.FromHexString(hex.Replace(from, to));
        Assert.False(CmsView.TryRead(bytes, out _, out ParseError error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void AFlippedBitNeverLeavesASignatureThatHolds()
    {
        byte[] good = CmsSamples.WithAttributes;
        int held = 0;
        for (int bit = 0; bit < 8 * good.Length; bit++)
        {
            byte[] flipped = (byte[])good.Clone();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            if (!CmsView.TryRead(flipped, out CmsView view, out _) || view.SignerCount != 1) continue;
            CmsSigner signer = view.Signer(0);
            if (signer.Algorithm != new SignatureAlgorithm(SignatureScheme.Ecdsa, HashKind.Sha256)) continue;
            if (!signer.HasAttributes || !signer.AttributeDigest.SequenceEqual(SHA256.HashData("hello"u8))) continue;
            if (!IsValid(signer, [.. CmsSigner.AttributesTag, .. signer.AttributesAfterTag])) continue;
            held++;   // the flip hit what nobody signed: version, certificates, the signer's name
            Assert.Equal(CmsSamples.WithAttributes.Length, flipped.Length);
            Assert.InRange(bit / 8, 0, good.Length - signer.Signature.Length - 1);
        }
        Assert.True(held > 0);
    }

    [Fact]
    public void CountsAreBounded()
    {
        Assert.True(CmsView.TryRead(WithCertificates(CmsView.CertificatesMax), out CmsView view, out _));
        Assert.Equal(CmsView.CertificatesMax, view.CertificateCount);
        Assert.False(CmsView.TryRead(WithCertificates(CmsView.CertificatesMax + 1), out _, out ParseError error));
        Assert.Equal(ParseError.TooMany, error);
    }

    [Fact]
    public void BytesBehindTheMessageAreRefused() =>
        Assert.False(CmsView.TryRead([.. CmsSamples.WithAttributes, 0], out _, out _));

    private static byte[] WithCertificates(int count)
    {
        byte[] list = new byte[2 * count];
        for (int i = 0; i < count; i++) list[2 * i] = 0x30;
        byte[] head = Golden.Bytes("020101 3100 300b 06092a864886f70d010701");
        byte[] signed = [.. head, 0xa0, (byte)list.Length, .. list, 0x31, 0x00];
        byte[] tagged = [0xa0, (byte)(signed.Length + 2), 0x30, (byte)signed.Length, .. signed];
        byte[] kind = Golden.Bytes("06092a864886f70d010702");
        return [0x30, (byte)(kind.Length + tagged.Length), .. kind, .. tagged];
    }

    private static bool IsValid(CmsSigner signer, ReadOnlySpan<byte> signedBytes)
    {
        Assert.True(CertificateView.TryRead(CmsSamples.Certificate, out CertificateView certificate, out _));
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(certificate.PublicKey, out _);
        return key.VerifyData(
            signedBytes, signer.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
