using System;

namespace Bootlace.Wire;

/// <summary>An X.509 certificate (RFC 5280, section 4.1): whose it is, who says so, from when to when, and what it may
/// be used for. Nothing in it is believed here.</summary>
public readonly ref struct CertificateView
{
    private const int ExtensionsMax = 64, Version3 = 2;
    private static readonly DerTag s_version = DerTag.ContextConstructed(0);
    private static readonly DerTag s_extensions = DerTag.ContextConstructed(3);

    private readonly ReadOnlySpan<byte> _extensions;

    private CertificateView(
        ReadOnlySpan<byte> serialNumber, ReadOnlySpan<byte> issuer, long notBefore, long notAfter,
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> extensions)
    {
        SerialNumber = serialNumber;
        Issuer = issuer;
        NotBefore = notBefore;
        NotAfter = notAfter;
        Subject = subject;
        PublicKey = publicKey;
        _extensions = extensions;
    }

    /// <summary>What its signature is over.</summary>
    public ReadOnlySpan<byte> Signed { get; private init; }

    /// <summary>How it is signed.</summary>
    public SignatureAlgorithm Algorithm { get; private init; }

    /// <summary>Its issuer's signature.</summary>
    public ReadOnlySpan<byte> Signature { get; private init; }

    /// <summary>The serial number's octets.</summary>
    public ReadOnlySpan<byte> SerialNumber { get; }

    /// <summary>The issuer's name, encoded.</summary>
    public ReadOnlySpan<byte> Issuer { get; }

    /// <summary>The first second it is valid in, since 1970.</summary>
    public long NotBefore { get; }

    /// <summary>The last one.</summary>
    public long NotAfter { get; }

    /// <summary>The subject's name, encoded.</summary>
    public ReadOnlySpan<byte> Subject { get; }

    /// <summary>The subject's public key with its algorithm, encoded.</summary>
    public ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>The key alone, without its algorithm; empty: damaged.</summary>
    public ReadOnlySpan<byte> KeyBits => BitsOf(PublicKey);

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

    /// <summary>The key identifier of who signed it; empty: it does not say.</summary>
    public ReadOnlySpan<byte> AuthorityKeyIdentifier
    {
        get
        {
            if (!TryFindExtension(ObjectIds.AuthorityKeyIdentifier, out CertificateExtension found)) return default;
            var reader = new DerReader(found.Value);
            bool isRead = reader.TryEnter(DerTag.Sequence, out DerReader inside, out _)
                & inside.TryRead(DerTag.Context(0), out DerElement id, out _);
            return isRead ? id.Content : default;
        }
    }

    /// <summary>The key alone in a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7); empty: damaged.</summary>
    public static ReadOnlySpan<byte> BitsOf(ReadOnlySpan<byte> publicKey)
    {
        var reader = new DerReader(publicKey);
        bool isRead = reader.TryEnter(DerTag.Sequence, out DerReader inside, out _)
            & inside.TryRead(DerTag.Sequence, out _, out _)
            & inside.TryRead(DerTag.BitString, out DerElement bits, out _);
        return isRead && bits.Content.Length > 1 ? bits.Content[1..] : default;
    }

    /// <summary>Reads one whole certificate; checks everything that the getters rely on.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CertificateView view, out ParseError error)
    {
        view = default;
        var reader = new DerReader(bytes);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader whole, out error) || !reader.TryEnd(out error)
            || !whole.TryRead(DerTag.Sequence, out DerElement signed, out error)
            || !whole.TryRead(DerTag.Sequence, out DerElement algorithmElement, out error)
            || !whole.TryRead(DerTag.BitString, out DerElement signature, out error) || !whole.TryEnd(out error)
            || !signed.TryOpen(out DerReader parts, out error)
            || !TryReadSigned(parts, algorithmElement.Bytes, out CertificateView read, out error))
            return false;
        var algorithmReader = new DerReader(algorithmElement.Bytes);
        if (!SignatureAlgorithm.TryRead(ref algorithmReader, out SignatureAlgorithm algorithm, out error)) return false;
        // whole octets: none of the last one's bits is unused
        error = signature.Content.Length > 0 && signature.Content[0] == 0 ? ParseError.None : ParseError.BadLength;
        if (error != ParseError.None) return false;
        view = read with { Signed = signed.Bytes, Algorithm = algorithm, Signature = signature.Content[1..] };
        return true;
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

    private static bool TryReadSigned(
        DerReader signed, ReadOnlySpan<byte> algorithm, out CertificateView view, out ParseError error)
    {
        view = default;
        if (!TryReadVersion(ref signed, out int version, out error)
            || !signed.TryRead(DerTag.Integer, out DerElement serialNumber, out error)
            || !signed.TryRead(DerTag.Sequence, out DerElement innerAlgorithm, out error)
            || !signed.TryRead(DerTag.Sequence, out DerElement issuer, out error)
            || !signed.TryEnter(DerTag.Sequence, out DerReader validity, out error)
            || !X509Time.TryRead(ref validity, out long notBefore, out error)
            || !X509Time.TryRead(ref validity, out long notAfter, out error) || !validity.TryEnd(out error)
            || !signed.TryRead(DerTag.Sequence, out DerElement subject, out error)
            || !signed.TryRead(DerTag.Sequence, out DerElement publicKey, out error)
            || !signed.TrySkip(DerTag.Context(1), out error) || !signed.TrySkip(DerTag.Context(2), out error)
            || !TryReadExtensions(ref signed, out ReadOnlySpan<byte> extensions, out error)
            || !signed.TryEnd(out error)
            || !X509Name.TryCheck(issuer, out error) || !X509Name.TryCheck(subject, out error))
            return false;
        // Outside the signature stands what stands inside it (RFC 5280, section 4.1.1.2).
        error = !innerAlgorithm.Bytes.SequenceEqual(algorithm) ? ParseError.BadKind
            : extensions.Length > 0 && version != Version3 ? ParseError.BadVersion : ParseError.None;
        if (error != ParseError.None) return false;
        view = new CertificateView(
            serialNumber.Content, issuer.Bytes, notBefore, notAfter, subject.Bytes, publicKey.Bytes, extensions);
        return true;
    }

    /// <summary>The first version is the one that is not written.</summary>
    private static bool TryReadVersion(scoped ref DerReader signed, out int version, out ParseError error)
    {
        version = 0;
        error = ParseError.None;
        if (!signed.IsNext(s_version)) return true;
        if (!signed.TryEnter(s_version, out DerReader tagged, out error)
            || !tagged.TryRead(DerTag.Integer, out DerElement number, out error) || !tagged.TryEnd(out error))
            return false;
        bool isKnown = number.Content.Length == 1 && number.Content[0] is > 0 and <= Version3;
        error = isKnown ? ParseError.None : ParseError.BadVersion;
        version = isKnown ? number.Content[0] : 0;
        return isKnown;
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
