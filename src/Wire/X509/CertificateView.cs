using System;

namespace Bootlace.Wire;

/// <summary>An X.509 certificate (RFC 5280, section 4.1): the parts that say whose it is and what it may be used for.
/// Its signature, key and validity are the cryptographic library's business.</summary>
public readonly ref struct CertificateView
{
    private const int ExtensionsMax = 64;
    private static readonly DerTag s_version = DerTag.ContextConstructed(0);
    private static readonly DerTag s_extensions = DerTag.ContextConstructed(3);

    private readonly ReadOnlySpan<byte> _extensions;

    private CertificateView(
        ReadOnlySpan<byte> serialNumber, ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> subject,
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> extensions)
    {
        SerialNumber = serialNumber;
        Issuer = issuer;
        Subject = subject;
        PublicKey = publicKey;
        _extensions = extensions;
    }

    /// <summary>The serial number's octets.</summary>
    public ReadOnlySpan<byte> SerialNumber { get; }

    /// <summary>The issuer's name, encoded.</summary>
    public ReadOnlySpan<byte> Issuer { get; }

    /// <summary>The subject's name, encoded.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    /// <summary>The subject's public key with its algorithm, encoded.</summary>
    public ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>Issuer and subject are the same.</summary>
    public bool IsSelfIssued => Issuer.SequenceEqual(Subject);

    /// <summary>All extensions.</summary>
    public CertificateExtensions Extensions => new(_extensions);

    /// <summary>The subject's common name, the last if there are several; empty: none.</summary>
    public string CommonName => X509Name.FindText(Subject, ObjectIds.CommonName);

    /// <summary>The subject's key identifier; empty: none.</summary>
    public ReadOnlySpan<byte> SubjectKeyIdentifier
    {
        get
        {
            if (!TryFindExtension(ObjectIds.SubjectKeyIdentifier, out CertificateExtension found)) return default;
            var reader = new DerReader(found.Value);
            bool isRead = reader.TryRead(DerTag.OctetString, out DerElement id, out _) && reader.IsAtEnd;
            return isRead ? id.Content : default;
        }
    }

    /// <summary>Reads one whole certificate; checks everything that the getters rely on.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CertificateView view, out ParseError error)
    {
        view = default;
        var reader = new DerReader(bytes);
        return reader.TryEnter(DerTag.Sequence, out DerReader whole, out error) && reader.TryEnd(out error)
            && whole.TryEnter(DerTag.Sequence, out DerReader signed, out error)
            && whole.TryRead(DerTag.Sequence, out _, out error)
            && whole.TryRead(DerTag.BitString, out _, out error) && whole.TryEnd(out error)
            && TryReadSigned(signed, out view, out error);
    }

    /// <summary>Finds an extension.</summary>
    public bool TryFindExtension(ReadOnlySpan<byte> id, out CertificateExtension found)
    {
        foreach (CertificateExtension extension in Extensions)
        {
            if (!extension.Id.SequenceEqual(id)) continue;
            found = extension;
            return true;
        }
        found = default;
        return false;
    }

    private static bool TryReadSigned(DerReader signed, out CertificateView view, out ParseError error)
    {
        view = default;
        if (!signed.TrySkip(s_version, out error)
            || !signed.TryRead(DerTag.Integer, out DerElement serialNumber, out error)
            || !signed.TryRead(DerTag.Sequence, out _, out error)
            || !signed.TryRead(DerTag.Sequence, out DerElement issuer, out error)
            || !signed.TryRead(DerTag.Sequence, out _, out error)
            || !signed.TryRead(DerTag.Sequence, out DerElement subject, out error)
            || !signed.TryRead(DerTag.Sequence, out DerElement publicKey, out error)
            || !signed.TrySkip(DerTag.Context(1), out error) || !signed.TrySkip(DerTag.Context(2), out error)
            || !TryReadExtensions(ref signed, out ReadOnlySpan<byte> extensions, out error)
            || !signed.TryEnd(out error)
            || !X509Name.TryCheck(issuer, out error) || !X509Name.TryCheck(subject, out error))
            return false;
        view = new CertificateView(
            serialNumber.Content, issuer.Bytes, subject.Bytes, publicKey.Bytes, extensions);
        return true;
    }

    private static bool TryReadExtensions(
        scoped ref DerReader signed, out ReadOnlySpan<byte> extensions, out ParseError error)
    {
        extensions = default;
        error = ParseError.None;
        if (!signed.IsNext(s_extensions)) return true;
        if (!signed.TryEnter(s_extensions, out DerReader tagged, out error)
            || !tagged.TryRead(DerTag.Sequence, out DerElement list, out error) || !tagged.TryEnd(out error)
            || !list.TryOpen(out DerReader reader, out error))
            return false;
        for (int count = 0; !reader.IsAtEnd; count++)
        {
            error = count < ExtensionsMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !CertificateExtension.TryRead(ref reader, out _, out error)) return false;
        }
        extensions = list.Content;
        return true;
    }
}
