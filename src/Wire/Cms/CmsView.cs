using System;

namespace Bootlace.Wire;

/// <summary>A signed message (CMS SignedData, RFC 5652, section 5): who signed, how, and the certificates that came
/// along. Content inside it is passed over: a signature is always checked against the file it is for.</summary>
public readonly ref struct CmsView
{
    /// <summary>Most certificates read.</summary>
    public const int CertificatesMax = 32;

    /// <summary>Most signers read.</summary>
    public const int SignersMax = 8;

    private static readonly DerTag s_explicit = DerTag.ContextConstructed(0);
    private static readonly DerTag s_certificates = DerTag.ContextConstructed(0);
    private static readonly DerTag s_revocations = DerTag.ContextConstructed(1);

    private readonly ReadOnlySpan<byte> _certificates;
    private readonly ReadOnlySpan<byte> _signers;

    private CmsView(
        ReadOnlySpan<byte> contentType, bool hasContent, ReadOnlySpan<byte> certificates, int certificateCount,
        ReadOnlySpan<byte> signers, int signerCount)
    {
        ContentType = contentType;
        HasContent = hasContent;
        _certificates = certificates;
        CertificateCount = certificateCount;
        _signers = signers;
        SignerCount = signerCount;
    }

    /// <summary>The object identifier of what is signed.</summary>
    public ReadOnlySpan<byte> ContentType { get; }

    /// <summary>What is signed is in here too.</summary>
    public bool HasContent { get; }

    /// <summary>Certificates that came along, in no particular order.</summary>
    public int CertificateCount { get; }

    /// <summary>Signers; a message may have none.</summary>
    public int SignerCount { get; }

    /// <summary>Reads one whole message; checks everything that the getters rely on. The elements around what is
    /// signed may be of indefinite length, as <c>openssl cms -stream</c> makes them; the signers' may not: what was
    /// hashed must be what stands there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CmsView view, out ParseError error)
    {
        view = default;
        var reader = new DerReader(bytes, allowsIndefinite: true);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader outer, out error) || !reader.TryEnd(out error)
            || !outer.TryRead(DerTag.ObjectId, out DerElement kind, out error))
            return false;
        error = kind.Content.SequenceEqual(ObjectIds.SignedData) ? ParseError.None : ParseError.BadVersion;
        return error == ParseError.None
            && outer.TryEnter(s_explicit, out DerReader tagged, out error) && outer.TryEnd(out error)
            && tagged.TryEnter(DerTag.Sequence, out DerReader signed, out error) && tagged.TryEnd(out error)
            && TryReadSigned(signed, out view, out error);
    }

    /// <summary>Whether a file is itself a set of signed attributes. A signature over attributes would fit such a file
    /// too, if it came without them, and nobody ever signed it as a file (RFC 5652, section 12).</summary>
    public static bool IsAttributes(ReadOnlySpan<byte> file)
    {
        var reader = new DerReader(file);
        if (!reader.TryRead(DerTag.Set, out DerElement set, out _) || !reader.IsAtEnd) return false;
        return CmsAttributes.TryRead(set, CmsSigner.AttributesMax, out _, out _);
    }

    /// <summary>A certificate, encoded. Whether it is one, its reader says.</summary>
    public ReadOnlySpan<byte> Certificate(int index)
    {
        Check.That((uint)index < (uint)CertificateCount);
        var reader = new DerReader(_certificates, allowsIndefinite: true);
        while (true)
        {
            bool isRead = reader.TryRead(out DerElement element, out _);
            Check.That(isRead);
            if (element.Tag == DerTag.Sequence && index-- == 0) return element.Bytes;
        }
    }

    /// <summary>A signer.</summary>
    public CmsSigner Signer(int index)
    {
        Check.That((uint)index < (uint)SignerCount);
        var reader = new DerReader(_signers);
        while (true)
        {
            bool isRead = CmsSigner.TryRead(ref reader, out CmsSigner signer, out _);
            Check.That(isRead);
            if (index-- == 0) return signer;
        }
    }

    private static bool TryReadSigned(DerReader signed, out CmsView view, out ParseError error)
    {
        view = default;
        ReadOnlySpan<byte> certificates = default;
        int certificateCount = 0;
        if (!signed.TryRead(DerTag.Integer, out _, out error)
            || !signed.TryRead(DerTag.Set, out _, out error)
            || !signed.TryEnter(DerTag.Sequence, out DerReader content, out error)
            || !content.TryRead(DerTag.ObjectId, out DerElement contentType, out error))
            return false;
        bool hasContent = content.IsNext(s_explicit);
        if (!content.TrySkip(s_explicit, out error) || !content.TryEnd(out error)) return false;
        if (signed.IsNext(s_certificates))
        {
            if (!signed.TryRead(out DerElement list, out error)
                || !TryCountCertificates(list, out certificateCount, out error))
                return false;
            certificates = list.Content;
        }
        if (!signed.TrySkip(s_revocations, out error)
            || !signed.TryRead(DerTag.Set, out DerElement signers, out error) || !signed.TryEnd(out error)
            || !TryCountSigners(signers.Content, out int signerCount, out error))
            return false;
        view = new CmsView(
            contentType.Content, hasContent, certificates, certificateCount, signers.Content, signerCount);
        return true;
    }

    /// <summary>There are other kinds than X.509 (RFC 5652, section 10.2.2): they have other tags, and do not
    /// count.</summary>
    private static bool TryCountCertificates(DerElement list, out int count, out ParseError error)
    {
        count = 0;
        if (!list.TryOpen(out DerReader reader, out error)) return false;
        for (int elements = 0; !reader.IsAtEnd; elements++)
        {
            error = elements < CertificatesMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !reader.TryRead(out DerElement element, out error)) return false;
            if (element.Tag == DerTag.Sequence) count++;
        }
        return true;
    }

    private static bool TryCountSigners(ReadOnlySpan<byte> signers, out int count, out ParseError error)
    {
        count = 0;
        error = ParseError.None;
        var reader = new DerReader(signers);
        for (; !reader.IsAtEnd; count++)
        {
            error = count < SignersMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !CmsSigner.TryRead(ref reader, out _, out error)) return false;
        }
        return true;
    }
}
