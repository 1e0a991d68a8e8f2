using System;

namespace Bootlace.Wire;

/// <summary>An algorithm identifier of a signature (RFC 5652, section 10.1.2; RFC 4055; RFC 5758).</summary>
/// <param name="Scheme">How it is made.</param>
/// <param name="Hash">The digest it is made from; <see cref="HashKind.None"/> where the identifier names none: the
/// signer's.</param>
/// <param name="MaskHash">The hash inside RSA-PSS's mask.</param>
/// <param name="SaltBytes">Length of RSA-PSS's salt.</param>
public readonly record struct SignatureAlgorithm(
    SignatureScheme Scheme, HashKind Hash, HashKind MaskHash = HashKind.None, int SaltBytes = 0)
{
    private const int DefaultSaltBytes = 20, SaltBytesMax = 512, UsualTrailer = 1;
    private const byte KeyOnly = 1, Mgf1 = 8, Pss = 10;

    /// <summary>Reads an AlgorithmIdentifier. One we do not know is no error.</summary>
    internal static bool TryRead(scoped ref DerReader reader, out SignatureAlgorithm algorithm, out ParseError error)
    {
        algorithm = default;
        if (!reader.TryEnter(DerTag.Sequence, out DerReader inside, out error)
            || !inside.TryRead(DerTag.ObjectId, out DerElement id, out error))
            return false;
        bool isRsa = id.Content.Length == ObjectIds.Rsa.Length + 1 && id.Content.StartsWith(ObjectIds.Rsa);
        if (isRsa && id.Content[^1] == Pss) return TryReadPss(ref inside, out algorithm, out error);
        if (isRsa) algorithm = Pkcs1(id.Content[^1]);
        else algorithm = Ecdsa(id.Content);
        // RSA has NULL or nothing there, the others nothing; what it is changes nothing.
        return inside.IsAtEnd || inside.TryRead(out _, out error) && inside.TryEnd(out error);
    }

    /// <summary>Reads an AlgorithmIdentifier that names a hash; one we do not know is no error.</summary>
    internal static bool TryReadHash(scoped ref DerReader reader, out HashKind hash, out ParseError error)
    {
        hash = HashKind.None;
        if (!reader.TryEnter(DerTag.Sequence, out DerReader inside, out error)
            || !inside.TryRead(DerTag.ObjectId, out DerElement id, out error))
            return false;
        if (!inside.IsAtEnd && !(inside.TryRead(out _, out error) && inside.TryEnd(out error))) return false;
        hash = HashKinds.FromObjectId(id.Content);
        return true;
    }

    private static SignatureAlgorithm Pkcs1(byte last) => last switch
    {
        KeyOnly => new(SignatureScheme.RsaPkcs1, HashKind.None),
        4 => new(SignatureScheme.RsaPkcs1, HashKind.Md5),
        5 => new(SignatureScheme.RsaPkcs1, HashKind.Sha1),
        11 => new(SignatureScheme.RsaPkcs1, HashKind.Sha256),
        12 => new(SignatureScheme.RsaPkcs1, HashKind.Sha384),
        13 => new(SignatureScheme.RsaPkcs1, HashKind.Sha512),
        14 => new(SignatureScheme.RsaPkcs1, HashKind.Sha224),
        _ => default,
    };

    private static SignatureAlgorithm Ecdsa(ReadOnlySpan<byte> id)
    {
        if (id.SequenceEqual(ObjectIds.EcdsaWithSha1)) return new(SignatureScheme.Ecdsa, HashKind.Sha1);
        if (id.Length != ObjectIds.EcdsaWithSha2.Length + 1 || !id.StartsWith(ObjectIds.EcdsaWithSha2)) return default;
        return id[^1] switch
        {
            1 => new(SignatureScheme.Ecdsa, HashKind.Sha224),
            2 => new(SignatureScheme.Ecdsa, HashKind.Sha256),
            3 => new(SignatureScheme.Ecdsa, HashKind.Sha384),
            4 => new(SignatureScheme.Ecdsa, HashKind.Sha512),
            _ => default,
        };
    }

    /// <summary>RSASSA-PSS-params (RFC 4055, section 3.1): [0] hash, [1] mask with its hash, [2] salt length, [3]
    /// trailer, all with defaults.</summary>
    private static bool TryReadPss(scoped ref DerReader inside, out SignatureAlgorithm algorithm, out ParseError error)
    {
        HashKind hash = HashKind.Sha1, maskHash = HashKind.Sha1;
        int saltBytes = DefaultSaltBytes, trailer = UsualTrailer;
        algorithm = default;
        error = ParseError.None;
        if (!inside.IsAtEnd)
        {
            if (!inside.TryEnter(DerTag.Sequence, out DerReader parameters, out error) || !inside.TryEnd(out error)
                || (parameters.IsNext(DerTag.ContextConstructed(0))
                    && !(parameters.TryEnter(DerTag.ContextConstructed(0), out DerReader tagged, out error)
                        && TryReadHash(ref tagged, out hash, out error) && tagged.TryEnd(out error)))
                || (parameters.IsNext(DerTag.ContextConstructed(1))
                    && !(parameters.TryEnter(DerTag.ContextConstructed(1), out tagged, out error)
                        && TryReadMask(ref tagged, out maskHash, out error) && tagged.TryEnd(out error)))
                || !TryReadNumber(ref parameters, 2, ref saltBytes, out error)
                || !TryReadNumber(ref parameters, 3, ref trailer, out error)
                || !parameters.TryEnd(out error))
                return false;
        }
        error = saltBytes <= SaltBytesMax && trailer == UsualTrailer ? ParseError.None : ParseError.BadOption;
        algorithm = new SignatureAlgorithm(SignatureScheme.RsaPss, hash, maskHash, saltBytes);
        return error == ParseError.None;
    }

    /// <summary>Reads an AlgorithmIdentifier that names the mask of PSS and OAEP, MGF1 with a hash; another is no
    /// error.</summary>
    internal static bool TryReadMask(scoped ref DerReader reader, out HashKind hash, out ParseError error)
    {
        hash = HashKind.None;
        if (!reader.TryEnter(DerTag.Sequence, out DerReader inside, out error)
            || !inside.TryRead(DerTag.ObjectId, out DerElement id, out error)
            || !TryReadHash(ref inside, out hash, out error) || !inside.TryEnd(out error))
            return false;
        bool isMgf1 = id.Content.Length == ObjectIds.Rsa.Length + 1 && id.Content.StartsWith(ObjectIds.Rsa)
            && id.Content[^1] == Mgf1;
        if (!isMgf1) hash = HashKind.None;
        return true;
    }

    private static bool TryReadNumber(scoped ref DerReader parameters, int number, ref int value, out ParseError error)
    {
        error = ParseError.None;
        DerTag tag = DerTag.ContextConstructed(number);
        if (!parameters.IsNext(tag)) return true;
        if (!parameters.TryEnter(tag, out DerReader tagged, out error)
            || !tagged.TryRead(DerTag.Integer, out DerElement element, out error) || !tagged.TryEnd(out error))
            return false;
        error = element.TryReadNumber(out value) ? ParseError.None : ParseError.BadLength;
        return error == ParseError.None;
    }
}
