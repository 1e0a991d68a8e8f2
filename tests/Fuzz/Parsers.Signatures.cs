using System;
using System.Text;
using Bootlace.Tests.Wire;
using Bootlace.Wire;

namespace Bootlace.Tests.Fuzz;

/// <summary>The rows of certificates, signatures and envelopes.</summary>
internal static partial class Parsers
{
    private static FuzzRow[] Signatures =>
    [
        new("Der", Der, CmsSamples.Certificate, CmsSamples.Pss),
        new("DerIndefinite", Indefinite, CmsSamples.Streamed),
        new("Certificate", Certificate, CmsSamples.Certificate) { IsWhole = true },
        new("Cms", Cms, CmsSamples.WithAttributes, CmsSamples.Streamed, CmsSamples.Pss) { IsWhole = true },
        new("Envelope", Envelope, CmsSamples.Gcm, CmsSamples.Cbc, CmsSamples.Oaep) { IsWhole = true },
        new("DigestLine", Line,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  vmlinuz"u8.ToArray(),
            "\\9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 *a\\\\b\\n"u8.ToArray()),
        new("Pem", Pem, "-----BEGIN CMS-----\naGVsbG8=\n-----END CMS-----"u8.ToArray()),
    ];

    private static bool Der(ReadOnlySpan<byte> bytes) => Walk(new DerReader(bytes));

    private static bool Indefinite(ReadOnlySpan<byte> bytes) => Walk(new DerReader(bytes, allowsIndefinite: true));

    private static bool Walk(DerReader reader)
    {
        while (!reader.IsAtEnd)
        {
            if (!reader.TryRead(out DerElement element, out ParseError error)) return Refused(error);
            See(element.Bytes);
            if (element.TryReadNumber(out int value)) See(value);
            if (element.TryReadText(out string text)) See(text.Length);
            if (element.Tag.IsConstructed && !(element.TryOpen(out DerReader inside, out error) && Walk(inside)))
                return false;
        }
        return true;
    }

    private static bool Certificate(ReadOnlySpan<byte> bytes)
    {
        if (!CertificateView.TryRead(bytes, out CertificateView view, out ParseError error)) return Refused(error);
        See(view.CommonName.Length + (view.IsSelfIssued ? 1 : 0));
        foreach (CertificateExtension extension in view.Extensions) See(extension.Id.Length + extension.Value.Length);
        return See(view.SerialNumber) & See(view.PublicKey) & See(view.SubjectKeyIdentifier);
    }

    private static bool Cms(ReadOnlySpan<byte> bytes)
    {
        if (!CmsView.TryRead(bytes, out CmsView view, out ParseError error)) return Refused(error);
        Check.That(CertificateView.TryRead(CmsSamples.Certificate, out CertificateView certificate, out _));
        for (int i = 0; i < view.CertificateCount; i++) Certificate(view.Certificate(i));
        for (int i = 0; i < view.SignerCount; i++)
        {
            CmsSigner signer = view.Signer(i);
            See((int)signer.Hash + signer.Algorithm.GetHashCode() + (signer.Names(certificate) ? 1 : 0));
            See(signer.Signature);
            if (signer.HasAttributes) See(signer.AttributesAfterTag);
            See(signer.AttributeDigest);
        }
        return true;
    }

    private static bool Envelope(ReadOnlySpan<byte> bytes)
    {
        if (!EnvelopeView.TryRead(bytes, out EnvelopeView view, out ParseError error)) return Refused(error);
        Check.That(CertificateView.TryRead(CmsSamples.Certificate, out CertificateView certificate, out _));
        bool isKnown = view.Cipher != ContentCipher.None;
        Check.That(isKnown ? view.KeyBytes is 16 or 24 or 32 && view.Nonce.Length > 0 : view.KeyBytes == 0);
        Check.That(view.Cipher != ContentCipher.AesGcm || view.Tag.Length is >= 12 and <= 16);
        for (int i = 0; i < view.RecipientCount; i++)
        {
            EnvelopeRecipient recipient = view.Recipient(i);
            See((int)recipient.Hash + (int)recipient.Transport + (recipient.Names(certificate) ? 1 : 0));
            See(recipient.EncryptedKey);
        }
        if (view.HasAttributes) See(view.AttributesAfterTag);
        return See(view.Nonce) & See(view.Tag);
    }

    private static bool Line(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[32];
        if (!DigestLine.TryRead(bytes, digest, out string name, out ParseError error)) return Refused(error);
        Check.That(name.Length > 0);
        return See(digest);
    }

    private static bool Pem(ReadOnlySpan<byte> bytes)
    {
        var reader = new PemReader(bytes);
        int blocks = 0;
        ParseError error;
        for (; reader.TryRead(out PemBlock? block, out error); blocks++) See(block!.Bytes);
        return error == ParseError.None && blocks > 0 ? See(Encoding.ASCII.GetString(bytes).Length) : false;
    }
}
