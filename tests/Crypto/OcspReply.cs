using System.Formats.Asn1;
using System.Security.Cryptography;
using Bootlace.Tests.Support;

namespace Bootlace.Tests.Crypto;

/// <summary>A responder's answer (RFC 6960, section 4.2.1), each part of which can be made wrong.</summary>
internal sealed class OcspReply
{
    private static readonly Asn1Tag First = new(TagClass.ContextSpecific, 0), Second = new(TagClass.ContextSpecific, 1);

    public required TestIdentity Issuer { get; init; }
    public required TestIdentity About { get; init; }

    /// <summary>Who signs; null: the issuer.</summary>
    public TestIdentity? Signer { get; init; }
    public TestIdentity[] Certificates { get; init; } = [];

    /// <summary>0: good, 1: revoked, 2: unknown.</summary>
    public int Status { get; init; }
    public int Refusal { get; init; }

    /// <summary>Signed by way of SHA-1.</summary>
    public bool IsWeak { get; init; }

    /// <summary>Which hash the certificate is said to be named by; it is SHA-1 whatever this says.</summary>
    public string NameHash { get; init; } = "1.3.14.3.2.26";

    /// <summary>The form of the answer.</summary>
    public string Form { get; init; } = "1.3.6.1.5.5.7.48.1.1";
    public int FromDays { get; init; } = -1;
    public int? UntilDays { get; init; } = 6;

    public byte[] Encode()
    {
        byte[] data = EncodeData();
        var key = (ECDsa)(Signer ?? Issuer).Key;
        HashAlgorithmName hash = IsWeak ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
        return Wrap(data, key.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence));
    }

    /// <summary>With a signature that is none: the same bytes each time for the same certificates.</summary>
    public byte[] EncodeUnsigned() => Wrap(EncodeData(), new byte[70]);

    private byte[] Wrap(byte[] data, byte[] signature)
    {
        var basic = new AsnWriter(AsnEncodingRules.DER);
        using (basic.PushSequence())
        {
            basic.WriteEncodedValue(data);
            using (basic.PushSequence())
                basic.WriteObjectIdentifier(IsWeak ? "1.2.840.10045.4.1" : "1.2.840.10045.4.3.2");
            basic.WriteBitString(signature);
            if (Certificates.Length > 0)
            {
                using (basic.PushSequence(First))
                using (basic.PushSequence())
                {
                    foreach (TestIdentity one in Certificates) basic.WriteEncodedValue(one.Der);
                }
            }
        }
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([0x0a, 1, (byte)Refusal]);
            if (Refusal == 0)
            {
                using (writer.PushSequence(First))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Form);
                    writer.WriteOctetString(basic.Encode());
                }
            }
        }
        return writer.Encode();
    }

    private byte[] EncodeData()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
                writer.WriteOctetString(SHA1.HashData(KeyOf(Issuer)));
            WriteTime(writer, FromDays);
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(NameHash);
                        writer.WriteNull();
                    }
                    writer.WriteOctetString(SHA1.HashData(Issuer.Certificate.SubjectName.RawData));
                    writer.WriteOctetString(SHA1.HashData(KeyOf(Issuer)));
                    writer.WriteInteger(About.Certificate.SerialNumberBytes.Span);
                }
                if (Status == 1)
                {
                    using (writer.PushSequence(Second)) WriteTime(writer, FromDays);
                }
                else
                {
                    writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, Status));
                }
                WriteTime(writer, FromDays);
                if (UntilDays is { } days)
                {
                    using (writer.PushSequence(First)) WriteTime(writer, days);
                }
            }
        }
        return writer.Encode();
    }

    private static byte[] KeyOf(TestIdentity one) => one.Certificate.PublicKey.EncodedKeyValue.RawData;

    private static void WriteTime(AsnWriter writer, int days) =>
        writer.WriteGeneralizedTime(TestIdentity.Now.AddDays(days), omitFractionalSeconds: true);
}
