using System;

namespace Bootlace.Wire;

/// <summary>One whom an <see cref="EnvelopeView"/> is for (RecipientInfo, RFC 5652, section 6.2). Only those whose key
/// is encrypted by their certificate's are of a kind we know (section 6.2.1).</summary>
public readonly ref struct EnvelopeRecipient
{
    private const byte Pkcs1 = 1, Oaep = 7, Label = 9;

    private readonly CmsIdentifier _identifier;

    private EnvelopeRecipient(
        CmsIdentifier identifier, KeyTransport transport, HashKind hash, ReadOnlySpan<byte> encryptedKey)
    {
        _identifier = identifier;
        Transport = transport;
        Hash = hash;
        EncryptedKey = encryptedKey;
    }

    /// <summary>How the key is encrypted.</summary>
    public KeyTransport Transport { get; }

    /// <summary>OAEP's hash.</summary>
    public HashKind Hash { get; }

    /// <summary>The encrypted key.</summary>
    public ReadOnlySpan<byte> EncryptedKey { get; }

    /// <summary>Whether this certificate's owner is meant.</summary>
    public bool Names(in CertificateView certificate) => _identifier.Names(certificate);

    internal static bool TryRead(scoped ref DerReader reader, out EnvelopeRecipient recipient, out ParseError error)
    {
        recipient = default;
        if (!reader.TryRead(out DerElement element, out error)) return false;
        if (element.Tag != DerTag.Sequence) return true;   // of another kind: who shares a key or a password with us
        if (!element.TryOpen(out DerReader inside, out error)
            || !inside.TryRead(DerTag.Integer, out _, out error)
            || !CmsIdentifier.TryRead(ref inside, out CmsIdentifier identifier, out error)
            || !TryReadTransport(ref inside, out KeyTransport transport, out HashKind hash, out error)
            || !inside.TryRead(DerTag.OctetString, out DerElement key, out error) || !inside.TryEnd(out error))
            return false;
        recipient = new EnvelopeRecipient(identifier, transport, hash, key.Content);
        return true;
    }

    private static bool TryReadTransport(
        scoped ref DerReader reader, out KeyTransport transport, out HashKind hash, out ParseError error)
    {
        transport = KeyTransport.None;
        hash = HashKind.None;
        if (!reader.TryEnter(DerTag.Sequence, out DerReader inside, out error)
            || !inside.TryRead(DerTag.ObjectId, out DerElement id, out error))
            return false;
        if (IsRsa(id, Oaep)) return TryReadOaep(ref inside, out transport, out hash, out error);
        if (IsRsa(id, Pkcs1)) transport = KeyTransport.RsaPkcs1;
        return inside.IsAtEnd || inside.TryRead(out _, out error) && inside.TryEnd(out error);
    }

    /// <summary>RSAES-OAEP-params (RFC 4055, section 4.1): [0] hash, [1] mask with its hash, [2] label, all with
    /// defaults.</summary>
    private static bool TryReadOaep(
        scoped ref DerReader inside, out KeyTransport transport, out HashKind hash, out ParseError error)
    {
        HashKind maskHash = HashKind.Sha1;
        bool hasLabel = false;
        transport = KeyTransport.None;
        hash = HashKind.Sha1;
        error = ParseError.None;
        if (!inside.IsAtEnd)
        {
            DerTag first = DerTag.ContextConstructed(0), second = DerTag.ContextConstructed(1);
            if (!inside.TryEnter(DerTag.Sequence, out DerReader parameters, out error) || !inside.TryEnd(out error)
                || (parameters.IsNext(first)
                    && !(parameters.TryEnter(first, out DerReader tagged, out error)
                        && SignatureAlgorithm.TryReadHash(ref tagged, out hash, out error)
                        && tagged.TryEnd(out error)))
                || (parameters.IsNext(second)
                    && !(parameters.TryEnter(second, out tagged, out error)
                        && SignatureAlgorithm.TryReadMask(ref tagged, out maskHash, out error)
                        && tagged.TryEnd(out error)))
                || !TryReadLabel(ref parameters, out hasLabel, out error) || !parameters.TryEnd(out error))
                return false;
        }
        if (hash != HashKind.None && hash == maskHash && !hasLabel) transport = KeyTransport.RsaOaep;
        return true;
    }

    private static bool TryReadLabel(scoped ref DerReader parameters, out bool hasLabel, out ParseError error)
    {
        DerTag tag = DerTag.ContextConstructed(2);
        hasLabel = false;
        error = ParseError.None;
        if (!parameters.IsNext(tag)) return true;
        if (!parameters.TryEnter(tag, out DerReader tagged, out error)
            || !tagged.TryEnter(DerTag.Sequence, out DerReader inside, out error) || !tagged.TryEnd(out error)
            || !inside.TryRead(DerTag.ObjectId, out DerElement id, out error)
            || !inside.TryRead(out DerElement label, out error) || !inside.TryEnd(out error))
            return false;
        hasLabel = !IsRsa(id, Label) || label.Content.Length > 0;
        return true;
    }

    private static bool IsRsa(in DerElement id, byte last) =>
        id.Content.Length == ObjectIds.Rsa.Length + 1 && id.Content.StartsWith(ObjectIds.Rsa)
        && id.Content[^1] == last;
}
