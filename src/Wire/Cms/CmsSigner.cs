using System;

namespace Bootlace.Wire;

/// <summary>One signature of a <see cref="CmsView"/> (SignerInfo, RFC 5652, section 5.3).</summary>
public readonly ref struct CmsSigner
{
    /// <summary>Most signed attributes.</summary>
    internal const int AttributesMax = 32;

    private static readonly DerTag s_signedAttributes = DerTag.ContextConstructed(0);
    private static readonly DerTag s_otherAttributes = DerTag.ContextConstructed(1);

    private readonly CmsIdentifier _identifier;
    private readonly CmsAttributes _attributes;

    private CmsSigner(
        CmsIdentifier identifier, HashKind hash, CmsAttributes attributes, SignatureAlgorithm algorithm,
        ReadOnlySpan<byte> signature)
    {
        _identifier = identifier;
        _attributes = attributes;
        Hash = hash;
        Algorithm = algorithm;
        Signature = signature;
    }

    /// <summary>The hash of the file's digest.</summary>
    public HashKind Hash { get; }

    /// <summary>How it was signed.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>The signature.</summary>
    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>What was signed is a set of attributes, one of which holds the file's digest; else the file itself.
    /// </summary>
    public bool HasAttributes => _attributes.Bytes.Length > 0;

    /// <summary>The signed attributes, encoded as a SET: what was hashed for the signature (RFC 5652, section 5.4). To
    /// be hashed in two parts, of which the first is the tag that is not the one in the message.</summary>
    public ReadOnlySpan<byte> AttributesAfterTag => _attributes.Bytes[1..];

    /// <summary>The tag to hash before <see cref="AttributesAfterTag"/>.</summary>
    public static ReadOnlySpan<byte> AttributesTag => [0x31];

    /// <summary>What kind of content the signed attributes speak of.</summary>
    public ReadOnlySpan<byte> AttributeContentType => _attributes.ContentType;

    /// <summary>The file's digest by the signed attributes.</summary>
    public ReadOnlySpan<byte> AttributeDigest => _attributes.MessageDigest;

    /// <summary>Whether the signer says it is this certificate's owner.</summary>
    public bool Names(in CertificateView certificate) => _identifier.Names(certificate);

    internal static bool TryRead(scoped ref DerReader reader, out CmsSigner signer, out ParseError error)
    {
        signer = default;
        CmsAttributes attributes = default;
        if (!reader.TryEnter(DerTag.Sequence, out DerReader inside, out error)
            || !inside.TryRead(DerTag.Integer, out _, out error)
            || !CmsIdentifier.TryRead(ref inside, out CmsIdentifier identifier, out error)
            || !SignatureAlgorithm.TryReadHash(ref inside, out HashKind hash, out error))
            return false;
        if (inside.IsNext(s_signedAttributes)
            && !(inside.TryRead(out DerElement set, out error)
                && CmsAttributes.TryRead(set, AttributesMax, out attributes, out error)))
            return false;
        if (!SignatureAlgorithm.TryRead(ref inside, out SignatureAlgorithm algorithm, out error)
            || !inside.TryRead(DerTag.OctetString, out DerElement signature, out error)
            || !inside.TrySkip(s_otherAttributes, out error) || !inside.TryEnd(out error))
            return false;
        if (algorithm.Hash == HashKind.None && algorithm.Scheme != SignatureScheme.RsaPss)
            algorithm = algorithm with { Hash = hash };
        signer = new CmsSigner(identifier, hash, attributes, algorithm, signature.Content);
        return true;
    }
}
