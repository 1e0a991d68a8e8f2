using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Looks for a way from a certificate to somebody trusted, over all that is at hand: a server may send an
/// expired cross-signed authority beside a good one, or its root, or things that have nothing to do with it.</summary>
internal sealed class ChainSearch
{
    /// <summary>Longest chain: the certificate, ten authorities, the root.</summary>
    public const int LengthMax = 12;

    /// <summary>Most certificates that a peer may send.</summary>
    public const int OthersMax = 64;

    // Each costs a millisecond or so: a peer may not keep us busy.
    private const int SignaturesMax = 64;
    private const int RsaBitsMin = 2048;

    private readonly TrustStore _trust;
    private readonly PathRules _rules;
    private readonly List<Certificate> _roots = [], _others = [];
    private readonly List<Certificate> _path = [];
    private int _signatures;
    private BootFailure? _failure;
    private FailureRank _rank;

    public ChainSearch(TrustStore trust, PathRules rules, IReadOnlyList<Certificate> others)
    {
        (_trust, _rules) = (trust, rules);
        foreach (StoredCertificate stored in trust.Certificates)
            (stored.IsRoot ? _roots : _others).Add(stored.Certificate);
        foreach (Certificate other in others) _others.Add(other);
    }

    /// <summary>How far a way led that failed: what is said in the end is why the one that led farthest did.</summary>
    private enum FailureRank
    {
        None, NoIssuer, BadSignature, BrokenRule,
    }

    /// <summary>The first way that keeps all rules, from the certificate to the trusted one.</summary>
    /// <exception cref="BootFailure">There is none.</exception>
    public IReadOnlyList<Certificate> Run(Certificate leaf)
    {
        _path.Add(leaf);
        if (TryFinish()) return _path;
        throw _failure ?? new BootFailure(CertificateFailure.UnknownAuthority);
    }

    private bool TryFinish()
    {
        Certificate last = _path[^1];
        bool isTrusted = _trust.IsTrusted(last);
        if (isTrusted && KeepsRules()) return true;
        if (_path.Count == LengthMax)
        {
            Note(FailureRank.NoIssuer, new BootFailure(CertificateFailure.PathTooLong));
            return false;
        }
        bool hasIssuer = TryIssuers(_roots, last, out bool isFinished);
        if (!isFinished) hasIssuer |= TryIssuers(_others, last, out isFinished);
        if (!isFinished && !hasIssuer && !isTrusted) NoteNoIssuer(last);
        return isFinished;
    }

    /// <summary>Tries to go on by each that may have issued it; whether there was any.</summary>
    private bool TryIssuers(List<Certificate> candidates, Certificate issued, out bool isFinished)
    {
        bool hasIssuer = isFinished = false;
        foreach (Certificate candidate in candidates)
        {
            if (!MayHaveIssued(candidate, issued) || IsOnPath(candidate)) continue;
            hasIssuer = true;
            if (!HasSigned(candidate, issued)) continue;
            _path.Add(candidate);
            isFinished = TryFinish();
            if (isFinished) return true;
            _path.RemoveAt(_path.Count - 1);
        }
        return hasIssuer;
    }

    private bool KeepsRules()
    {
        try
        {
            _rules.Require(_path);
            return true;
        }
        catch (BootFailure failure)
        {
            Note(FailureRank.BrokenRule, failure);
            return false;
        }
    }

    private static bool MayHaveIssued(Certificate candidate, Certificate issued)
    {
        CertificateView issuer = candidate.View, view = issued.View;
        if (!X509Name.AreSame(issuer.Subject, view.Issuer)) return false;
        ReadOnlySpan<byte> wanted = view.AuthorityKeyIdentifier, key = issuer.SubjectKeyIdentifier;
        return wanted.Length == 0 || key.Length == 0 || wanted.SequenceEqual(key);
    }

    /// <summary>The same, or another one of the same holder and key: nothing is gained by going round.</summary>
    private bool IsOnPath(Certificate candidate)
    {
        CertificateView view = candidate.View;
        foreach (Certificate one in _path)
        {
            CertificateView other = one.View;
            if (view.PublicKey.SequenceEqual(other.PublicKey) && view.Subject.SequenceEqual(other.Subject)) return true;
        }
        return false;
    }

    private bool HasSigned(Certificate issuer, Certificate issued)
    {
        try
        {
            if (++_signatures > SignaturesMax) throw new BootFailure(CertificateFailure.TooMany);
            RequireSignature(issuer, issued);
            return true;
        }
        catch (BootFailure failure)
        {
            Note(FailureRank.BadSignature, failure);
            return false;
        }
    }

    /// <summary>Requires that one has signed the other, by means that can be relied on.</summary>
    /// <exception cref="BootFailure">It has not.</exception>
    internal static void RequireSignature(Certificate issuer, Certificate issued)
    {
        CertificateView view = issued.View;
        SignatureAlgorithm algorithm = view.Algorithm;
        bool isWeak = algorithm.Hash != HashKind.None && !HashKinds.IsStrong(algorithm.Hash);
        if (isWeak)
        {
            throw new BootFailure(CertificateFailure.WeakHash,
                $"The signature on the certificate '{issued.Name}' rests on {HashKinds.NameOf(algorithm.Hash)}");
        }
        if (algorithm.Scheme == SignatureScheme.None || algorithm.Hash == HashKind.None)
        {
            throw new BootFailure(CertificateFailure.UnknownAlgorithm,
                $"The signature on the certificate '{issued.Name}' is of an unknown kind");
        }
        using PublicKey key = ReadKey(issuer);
        Span<byte> digest = stackalloc byte[HashKinds.DigestBytesMax];
        int digestBytes = Digest.Compute(algorithm.Hash, view.Signed, digest);
        if (key.Verify(algorithm, digest[..digestBytes], view.Signature)) return;
        throw new BootFailure(CertificateFailure.BadChain,
            $"The certificate '{issued.Name}' was not signed by '{issuer.Name}', though it says so");
    }

    /// <summary>A certificate's key, if it is one that can be relied on.</summary>
    /// <exception cref="BootFailure">It is not.</exception>
    internal static PublicKey ReadKey(Certificate certificate)
    {
        PublicKey key = PublicKey.TryRead(certificate.View.PublicKey)
            ?? throw new BootFailure(CertificateFailure.UnknownAlgorithm,
                $"The key of the certificate '{certificate.Name}' is of an unknown kind");
        if (!key.IsRsa || key.Bits >= RsaBitsMin) return key;
        int bits = key.Bits;
        key.Dispose();
        throw new BootFailure(CertificateFailure.WeakKey,
            $"The RSA key of the certificate '{certificate.Name}' has only {bits} bits");
    }

    private void NoteNoIssuer(Certificate last)
    {
        bool isSelfIssued = last.View.IsSelfIssued;
        string sentence = isSelfIssued
            ? _path.Count == 1
                ? $"The certificate '{last.Name}' is self-signed and not trusted; its SHA-256 is {last.FingerprintText}"
                : $"The certificate was issued under '{last.Name}', which is not trusted; its SHA-256 is "
                    + last.FingerprintText
            : $"The certificate '{last.Name}' was issued by '{last.IssuerName}', which is not trusted";
        bool isLone = isSelfIssued && _path.Count == 1;
        FailureKind kind = isLone ? CertificateFailure.SelfSigned : CertificateFailure.UnknownAuthority;
        Note(FailureRank.NoIssuer, new BootFailure(kind, sentence));
    }

    private void Note(FailureRank rank, BootFailure failure)
    {
        if (rank <= _rank) return;
        (_rank, _failure) = (rank, failure);
    }
}
