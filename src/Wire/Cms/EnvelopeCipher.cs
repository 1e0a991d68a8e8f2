using System;

namespace Bootlace.Wire;

/// <summary>The algorithm of the content (RFC 3565, section 4.1; RFC 5084, section 3.2).</summary>
internal readonly ref struct EnvelopeCipher
{
    private const int NonceBytesMax = 64, DefaultTagBytes = 12, TagBytesMax = 16;

    public ContentCipher Kind { get; private init; }

    public int KeyBytes { get; private init; }

    public ReadOnlySpan<byte> Nonce { get; private init; }

    public int TagBytes { get; private init; }

    /// <summary>One we do not know is no error.</summary>
    public static bool TryRead(
        scoped ref DerReader reader, bool isAuthenticated, out EnvelopeCipher cipher, out ParseError error)
    {
        cipher = default;
        if (!reader.TryEnter(DerTag.Sequence, out DerReader inside, out error)
            || !inside.TryRead(DerTag.ObjectId, out DerElement id, out error))
            return false;
        bool isAes = id.Content.Length == ObjectIds.Aes.Length + 1 && id.Content.StartsWith(ObjectIds.Aes);
        int number = isAes ? id.Content[^1] : 0;
        int keyBytes = 16 + number / 20 * 8;   // 16, 24, 32
        bool isCbc = number is 2 or 22 or 42, isGcm = number is 6 or 26 or 46;
        if (isCbc && !isAuthenticated) return TryReadCbc(ref inside, keyBytes, out cipher, out error);
        if (isGcm && isAuthenticated) return TryReadGcm(ref inside, keyBytes, out cipher, out error);
        return inside.IsAtEnd || inside.TryRead(out _, out error) && inside.TryEnd(out error);
    }

    private static bool TryReadCbc(
        scoped ref DerReader inside, int keyBytes, out EnvelopeCipher cipher, out ParseError error)
    {
        cipher = default;
        if (!inside.TryRead(DerTag.OctetString, out DerElement vector, out error) || !inside.TryEnd(out error))
            return false;
        cipher = new EnvelopeCipher
        {
            Kind = ContentCipher.AesCbc, KeyBytes = keyBytes, Nonce = vector.Content,
        };
        error = vector.Content.Length == EnvelopeView.BlockBytes ? ParseError.None : ParseError.BadLength;
        return error == ParseError.None;
    }

    private static bool TryReadGcm(
        scoped ref DerReader inside, int keyBytes, out EnvelopeCipher cipher, out ParseError error)
    {
        cipher = default;
        int tagBytes = DefaultTagBytes;
        if (!inside.TryEnter(DerTag.Sequence, out DerReader parameters, out error) || !inside.TryEnd(out error)
            || !parameters.TryRead(DerTag.OctetString, out DerElement nonce, out error))
            return false;
        if (!parameters.IsAtEnd)
        {
            if (!parameters.TryRead(DerTag.Integer, out DerElement length, out error)
                || !parameters.TryEnd(out error))
                return false;
            if (!length.TryReadNumber(out tagBytes)) tagBytes = 0;
        }
        cipher = new EnvelopeCipher
        {
            Kind = ContentCipher.AesGcm, KeyBytes = keyBytes, Nonce = nonce.Content, TagBytes = tagBytes,
        };
        bool isGood = nonce.Content.Length is > 0 and <= NonceBytesMax
            && tagBytes is >= DefaultTagBytes and <= TagBytesMax;
        error = isGood ? ParseError.None : ParseError.BadLength;
        return isGood;
    }
}
