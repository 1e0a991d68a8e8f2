using System;

namespace Bootlace.Wire;

/// <summary>The signed attributes of a signer (RFC 5652, section 11): the two that must be there, each once and with
/// one value.</summary>
internal readonly ref struct CmsAttributes
{
    private CmsAttributes(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> messageDigest)
    {
        Bytes = bytes;
        ContentType = contentType;
        MessageDigest = messageDigest;
    }

    /// <summary>All of them with the tag [0]; empty: the signer has none.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    public ReadOnlySpan<byte> ContentType { get; }

    public ReadOnlySpan<byte> MessageDigest { get; }

    public static bool TryRead(DerElement set, int countMax, out CmsAttributes attributes, out ParseError error)
    {
        attributes = default;
        ReadOnlySpan<byte> contentType = default, messageDigest = default;
        if (!set.TryOpen(out DerReader reader, out error)) return false;
        for (int count = 0; !reader.IsAtEnd; count++)
        {
            error = count < countMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None
                || !reader.TryEnter(DerTag.Sequence, out DerReader pair, out error)
                || !pair.TryRead(DerTag.ObjectId, out DerElement id, out error)
                || !pair.TryEnter(DerTag.Set, out DerReader values, out error) || !pair.TryEnd(out error)
                || (id.Content.SequenceEqual(ObjectIds.ContentType)
                    && !TryReadOnly(ref values, DerTag.ObjectId, ref contentType, out error))
                || (id.Content.SequenceEqual(ObjectIds.MessageDigest)
                    && !TryReadOnly(ref values, DerTag.OctetString, ref messageDigest, out error)))
                return false;
        }
        error = contentType.Length > 0 && messageDigest.Length > 0 ? ParseError.None : ParseError.BadOption;
        attributes = new CmsAttributes(set.Bytes, contentType, messageDigest);
        return error == ParseError.None;
    }

    private static bool TryReadOnly(
        scoped ref DerReader values, DerTag tag, ref ReadOnlySpan<byte> value, out ParseError error)
    {
        error = value.Length == 0 ? ParseError.None : ParseError.BadOption;   // there is one already
        if (error != ParseError.None || !values.TryRead(tag, out DerElement element, out error)
            || !values.TryEnd(out error))
            return false;
        value = element.Content;
        return true;
    }
}
