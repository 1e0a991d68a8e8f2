using System;

namespace Bootlace.Wire;

/// <summary>A responder's answer (RFC 6960, section 4.2.1): the basic form, which is the only one there is.</summary>
public readonly ref struct OcspView
{
    private const int AnswersMax = 64, CertificatesMax = 8;
    private static readonly DerTag s_enumerated = new(0x0a);
    private static readonly DerTag s_first = DerTag.ContextConstructed(0), s_second = DerTag.ContextConstructed(1);
    private static readonly DerTag s_third = DerTag.ContextConstructed(2);

    private readonly ReadOnlySpan<byte> _answers, _certificates;

    private OcspView(ReadOnlySpan<byte> answers, ReadOnlySpan<byte> certificates)
    {
        _answers = answers;
        _certificates = certificates;
    }

    /// <summary>Why there is no answer (1 to 6); 0: there is one.</summary>
    public int Refusal { get; private init; }

    /// <summary>What is signed.</summary>
    public ReadOnlySpan<byte> Signed { get; private init; }

    /// <summary>How it is signed.</summary>
    public SignatureAlgorithm Algorithm { get; private init; }

    /// <summary>The signature.</summary>
    public ReadOnlySpan<byte> Signature { get; private init; }

    /// <summary>The certificates that came along: who signed may be among them.</summary>
    public int CertificateCount
    {
        get
        {
            var reader = new DerReader(_certificates);
            int count = 0;
            while (reader.TryRead(out _, out _)) count++;
            return count;
        }
    }

    /// <summary>One of them, encoded.</summary>
    public ReadOnlySpan<byte> Certificate(int index)
    {
        var reader = new DerReader(_certificates);
        DerElement found = default;
        for (int i = 0; i <= index; i++) Check.That(reader.TryRead(out found, out _));
        return found.Bytes;
    }

    /// <summary>Reads an answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out OcspView view, out ParseError error)
    {
        view = default;
        var reader = new DerReader(bytes);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader response, out error) || !reader.TryEnd(out error)
            || !response.TryRead(s_enumerated, out DerElement status, out error))
            return false;
        error = status.Content.Length == 1 ? ParseError.None : ParseError.BadLength;
        if (error != ParseError.None) return false;
        if (status.Content[0] != 0)
        {
            view = new OcspView(default, default) { Refusal = status.Content[0] };
            return true;
        }
        if (!response.TryEnter(s_first, out DerReader tagged, out error) || !response.TryEnd(out error)
            || !tagged.TryEnter(DerTag.Sequence, out DerReader typed, out error) || !tagged.TryEnd(out error)
            || !typed.TryRead(DerTag.ObjectId, out DerElement type, out error)
            || !typed.TryRead(DerTag.OctetString, out DerElement basic, out error) || !typed.TryEnd(out error))
            return false;
        error = type.Content.SequenceEqual(ObjectIds.OcspBasic) ? ParseError.None : ParseError.BadKind;
        return error == ParseError.None && TryReadBasic(basic.Content, out view, out error);
    }

    /// <summary>Finds what is said of the certificate that was asked about.</summary>
    /// <param name="query">The question.</param>
    /// <param name="answer">What is said, and from when to when it holds.</param>
    public bool TryFind(in OcspQuery query, out OcspAnswer answer)
    {
        answer = default;
        var reader = new DerReader(_answers);
        while (reader.TryEnter(DerTag.Sequence, out DerReader one, out _))
        {
            bool isRead = TryReadAnswer(ref one, query, out answer, out bool isAsked, out _);
            Check.That(isRead);   // they were all read before
            if (isAsked) return true;
        }
        return false;
    }

    private static bool TryReadBasic(ReadOnlySpan<byte> bytes, out OcspView view, out ParseError error)
    {
        view = default;
        var reader = new DerReader(bytes);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader basic, out error) || !reader.TryEnd(out error)
            || !basic.TryRead(DerTag.Sequence, out DerElement data, out error)
            || !SignatureAlgorithm.TryRead(ref basic, out SignatureAlgorithm algorithm, out error)
            || !basic.TryRead(DerTag.BitString, out DerElement signature, out error))
            return false;
        error = signature.Content.Length > 0 && signature.Content[0] == 0 ? ParseError.None : ParseError.BadLength;
        if (error != ParseError.None || !TryReadCertificates(ref basic, out ReadOnlySpan<byte> certificates, out error)
            || !basic.TryEnd(out error) || !TryReadData(data, out ReadOnlySpan<byte> answers, out error))
            return false;
        view = new OcspView(answers, certificates)
        {
            Signed = data.Bytes, Algorithm = algorithm, Signature = signature.Content[1..],
        };
        return true;
    }

    private static bool TryReadCertificates(
        scoped ref DerReader basic, out ReadOnlySpan<byte> certificates, out ParseError error)
    {
        certificates = default;
        error = ParseError.None;
        if (!basic.IsNext(s_first)) return true;
        if (!basic.TryEnter(s_first, out DerReader tagged, out error)
            || !tagged.TryRead(DerTag.Sequence, out DerElement list, out error) || !tagged.TryEnd(out error)
            || !list.TryOpen(out DerReader inside, out error))
            return false;
        for (int count = 0; !inside.IsAtEnd; count++)
        {
            error = count < CertificatesMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !inside.TryRead(DerTag.Sequence, out _, out error)) return false;
        }
        certificates = list.Content;
        return true;
    }

    /// <summary>ResponseData: version, who answers, when it was made, the answers, extensions.</summary>
    private static bool TryReadData(DerElement data, out ReadOnlySpan<byte> answers, out ParseError error)
    {
        answers = default;
        if (!data.TryOpen(out DerReader inside, out error) || !inside.TrySkip(s_first, out error)) return false;
        error = inside.IsNext(s_second) || inside.IsNext(s_third) ? ParseError.None : ParseError.BadKind;
        if (error != ParseError.None || !inside.TryRead(out _, out error)
            || !X509Time.TryRead(ref inside, out _, out error)
            || !inside.TryRead(DerTag.Sequence, out DerElement list, out error)
            || !inside.TrySkip(s_second, out error) || !inside.TryEnd(out error)
            || !list.TryOpen(out DerReader reader, out error))
            return false;
        for (int count = 0; !reader.IsAtEnd; count++)
        {
            error = count < AnswersMax ? ParseError.None : ParseError.TooMany;
            if (error != ParseError.None || !reader.TryEnter(DerTag.Sequence, out DerReader one, out error)
                || !TryReadAnswer(ref one, default, out _, out _, out error))
                return false;
        }
        answers = list.Content;
        return true;
    }

    /// <summary>SingleResponse: which certificate, what of it, from when to when.</summary>
    private static bool TryReadAnswer(
        scoped ref DerReader one, scoped in OcspQuery query, out OcspAnswer answer, out bool isAsked,
        out ParseError error)
    {
        answer = default;
        isAsked = false;
        if (!one.TryEnter(DerTag.Sequence, out DerReader id, out error)
            || !SignatureAlgorithm.TryReadHash(ref id, out HashKind hash, out error)
            || !id.TryRead(DerTag.OctetString, out DerElement nameHash, out error)
            || !id.TryRead(DerTag.OctetString, out DerElement keyHash, out error)
            || !id.TryRead(DerTag.Integer, out DerElement serial, out error) || !id.TryEnd(out error)
            || !one.TryRead(out DerElement said, out error))
            return false;
        OcspStatus status = said.Tag == DerTag.Context(0) ? OcspStatus.Good
            : said.Tag == s_second ? OcspStatus.Revoked : OcspStatus.Unknown;
        error = status != OcspStatus.Unknown || said.Tag == DerTag.Context(2) ? ParseError.None : ParseError.BadKind;
        long until = long.MaxValue;
        if (error != ParseError.None || !X509Time.TryRead(ref one, out long from, out error)) return false;
        if (one.IsNext(s_first)
            && !(one.TryEnter(s_first, out DerReader tagged, out error)
                && X509Time.TryRead(ref tagged, out until, out error) && tagged.TryEnd(out error)))
            return false;
        if (!one.TrySkip(s_second, out error) || !one.TryEnd(out error)) return false;
        isAsked = hash == HashKind.Sha1 && nameHash.Content.SequenceEqual(query.IssuerNameHash)
            && keyHash.Content.SequenceEqual(query.IssuerKeyHash) && serial.Content.SequenceEqual(query.SerialNumber);
        answer = new OcspAnswer(status, from, until);
        return true;
    }
}
