using System;

namespace Bootlace.Wire;

/// <summary>An encrypted message (CMS EnvelopedData, RFC 5652, section 6, or AuthEnvelopedData, RFC 5083): whom it is
/// for, and how its content is encrypted. Content inside it is passed over: the encrypted file is always another.
/// </summary>
public readonly ref struct EnvelopeView
{
    /// <summary>Most recipients read.</summary>
    public const int RecipientsMax = 64;

    /// <summary>Length of AES's blocks, and of CBC's vector.</summary>
    public const int BlockBytes = 16;

    private static readonly DerTag s_explicit = DerTag.ContextConstructed(0);
    private static readonly DerTag s_originator = DerTag.ContextConstructed(0);
    private static readonly DerTag s_content = DerTag.Context(0), s_contentParts = DerTag.ContextConstructed(0);
    private static readonly DerTag s_attributes = DerTag.ContextConstructed(1);
    private static readonly DerTag s_otherAttributes = DerTag.ContextConstructed(2);

    private readonly ReadOnlySpan<byte> _recipients;
    private readonly ReadOnlySpan<byte> _authenticated;

    private EnvelopeView(
        ReadOnlySpan<byte> recipients, int recipientCount, EnvelopeCipher cipher, ReadOnlySpan<byte> authenticated,
        ReadOnlySpan<byte> tag)
    {
        _recipients = recipients;
        RecipientCount = recipientCount;
        Cipher = cipher.Kind;
        KeyBytes = cipher.KeyBytes;
        Nonce = cipher.Nonce;
        _authenticated = authenticated;
        Tag = tag;
    }

    /// <summary>Those it is for, of whatever kind.</summary>
    public int RecipientCount { get; }

    /// <summary>How its content is encrypted.</summary>
    public ContentCipher Cipher { get; }

    /// <summary>Length of the key: 16, 24 or 32.</summary>
    public int KeyBytes { get; }

    /// <summary>CBC's vector, GCM's nonce.</summary>
    public ReadOnlySpan<byte> Nonce { get; }

    /// <summary>GCM's tag, of 12 to 16 bytes.</summary>
    public ReadOnlySpan<byte> Tag { get; }

    /// <summary>There are attributes, which the tag vouches for too.</summary>
    public bool HasAttributes => _authenticated.Length > 0;

    /// <summary>The attributes as a SET, for the tag (RFC 5083, section 2.2), without the tag octet, which is not the
    /// one in the message: <see cref="CmsSigner.AttributesTag"/>.</summary>
    public ReadOnlySpan<byte> AttributesAfterTag => _authenticated[1..];

    /// <summary>Reads one whole message; checks everything that the getters rely on. Elements may be of indefinite
    /// length, as <c>openssl cms -stream</c> makes them.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EnvelopeView view, out ParseError error)
    {
        view = default;
        var reader = new DerReader(bytes, allowsIndefinite: true);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader outer, out error) || !reader.TryEnd(out error)
            || !outer.TryRead(DerTag.ObjectId, out DerElement kind, out error))
            return false;
        bool isAuthenticated = kind.Content.SequenceEqual(ObjectIds.AuthEnvelopedData);
        bool isKnown = isAuthenticated || kind.Content.SequenceEqual(ObjectIds.EnvelopedData);
        error = isKnown ? ParseError.None : ParseError.BadVersion;
        return isKnown
            && outer.TryEnter(s_explicit, out DerReader tagged, out error) && outer.TryEnd(out error)
            && tagged.TryEnter(DerTag.Sequence, out DerReader inside, out error) && tagged.TryEnd(out error)
            && TryReadInside(inside, isAuthenticated, out view, out error);
    }

    /// <summary>A recipient.</summary>
    public EnvelopeRecipient Recipient(int index)
    {
        Check.That((uint)index < (uint)RecipientCount);
        var reader = new DerReader(_recipients, allowsIndefinite: true);
        while (true)
        {
            bool isRead = EnvelopeRecipient.TryRead(ref reader, out EnvelopeRecipient recipient, out _);
            Check.That(isRead);
            if (index-- == 0) return recipient;
        }
    }

    private static bool TryReadInside(
        DerReader inside, bool isAuthenticated, out EnvelopeView view, out ParseError error)
    {
        view = default;
        ReadOnlySpan<byte> authenticated = default, tag = default;
        if (!inside.TryRead(DerTag.Integer, out _, out error) || !inside.TrySkip(s_originator, out error)
            || !inside.TryRead(DerTag.Set, out DerElement recipients, out error)
            || !TryCount(recipients.Content, out int count, out error)
            || !inside.TryEnter(DerTag.Sequence, out DerReader content, out error)
            || !content.TryRead(DerTag.ObjectId, out _, out error)
            || !EnvelopeCipher.TryRead(ref content, isAuthenticated, out EnvelopeCipher cipher, out error)
            || !content.TrySkip(s_content, out error) || !content.TrySkip(s_contentParts, out error)
            || !content.TryEnd(out error))
            return false;
        if (inside.IsNext(s_attributes))
        {
            if (!inside.TryRead(out DerElement attributes, out error)) return false;
            authenticated = isAuthenticated ? attributes.Bytes : default;
        }
        if (isAuthenticated)
        {
            if (!inside.TryRead(DerTag.OctetString, out DerElement mac, out error)
                || !inside.TrySkip(s_otherAttributes, out error))
                return false;
            tag = mac.Content;
        }
        if (!inside.TryEnd(out error)) return false;
        error = cipher.Kind == ContentCipher.AesGcm && tag.Length != cipher.TagBytes
            ? ParseError.BadLength : ParseError.None;
        view = new EnvelopeView(recipients.Content, count, cipher, authenticated, tag);
        return error == ParseError.None;
    }

    private static bool TryCount(ReadOnlySpan<byte> recipients, out int count, out ParseError error)
    {
        count = 0;
        error = ParseError.None;
        var reader = new DerReader(recipients, allowsIndefinite: true);
        for (; !reader.IsAtEnd; count++)
        {
            error = count < RecipientsMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !EnvelopeRecipient.TryRead(ref reader, out _, out error)) return false;
        }
        return true;
    }
}
