using System;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Bootlace.Tests.Boot;

/// <summary>Makes authenticated envelopes that the openssl command cannot make: with attributes, with shorter tags,
/// with keys that are wrong (RFC 5083, RFC 5084).</summary>
internal sealed class EnvelopeMaker
{
    private static readonly Asn1Tag s_explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Length of the tag; 12 is the one that is not written down.</summary>
    public int TagBytes { get; init; } = 16;

    /// <summary>The tag vouches for attributes too.</summary>
    public bool HasAttributes { get; init; }

    /// <summary>What is encrypted for the recipient; null: the key.</summary>
    public byte[]? WrappedKey { get; init; }

    /// <summary>What stands there as encrypted; null: what it should be.</summary>
    public byte[]? EncryptedKey { get; init; }

    /// <summary>One attribute, as a SET.</summary>
    public byte[] Attributes
    {
        get
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSetOf())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.1.9.3");
                using (writer.PushSetOf()) writer.WriteObjectIdentifier("1.2.840.113549.1.7.1");
            }
            return writer.Encode();
        }
    }

    /// <summary>The encrypted file, and its envelope.</summary>
    public (byte[] Data, byte[] Envelope) Make(byte[] file, TestIdentity recipient)
    {
        byte[] key = RandomNumberGenerator.GetBytes(32), nonce = RandomNumberGenerator.GetBytes(12);
        byte[] data = new byte[file.Length], tag = new byte[TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, file, data, tag, HasAttributes ? Attributes : null);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.9.16.1.23");
            using (writer.PushSequence(s_explicit))
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
                using (writer.PushSetOf()) WriteRecipient(writer, recipient, key);
                using (writer.PushSequence()) WriteContent(writer, nonce);
                if (HasAttributes)
                {
                    byte[] attributes = Attributes;
                    attributes[0] = 0xa1;
                    writer.WriteEncodedValue(attributes);
                }
                writer.WriteOctetString(tag);
            }
        }
        return (data, writer.Encode());
    }

    private void WriteRecipient(AsnWriter writer, TestIdentity recipient, byte[] key)
    {
        byte[] encrypted = EncryptedKey
            ?? ((RSA)recipient.Key).Encrypt(WrappedKey ?? key, RSAEncryptionPadding.Pkcs1);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(recipient.Certificate.IssuerName.RawData);
                writer.WriteInteger(recipient.Certificate.SerialNumberBytes.Span);
            }
            using (writer.PushSequence()) writer.WriteObjectIdentifier("1.2.840.113549.1.1.1");
            writer.WriteOctetString(encrypted);
        }
    }

    private void WriteContent(AsnWriter writer, byte[] nonce)
    {
        writer.WriteObjectIdentifier("1.2.840.113549.1.7.1");
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.16.840.1.101.3.4.1.46");
            using (writer.PushSequence())
            {
                writer.WriteOctetString(nonce);
                if (TagBytes != 12) writer.WriteInteger(TagBytes);
            }
        }
    }
}
