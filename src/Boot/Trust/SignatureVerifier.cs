using System;
using System.Collections.Generic;
using Bootlace.Crypto;
using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Checks a detached signature: every signer's, or those of the one that is asked for.</summary>
/// <param name="trust">Has signers' certificates that did not come along.</param>
internal sealed class SignatureVerifier(TrustStore trust)
{
    /// <summary>The digests of the file that a message's signers need, each once.</summary>
    public static List<HashKind> HashesOf(ReadOnlySpan<byte> message)
    {
        CmsView view = Read(message);
        var hashes = new List<HashKind>();
        for (int i = 0; i < view.SignerCount; i++)
        {
            HashKind hash = view.Signer(i).Hash;
            if (HashKinds.IsStrong(hash) && !hashes.Contains(hash)) hashes.Add(hash);
        }
        if (hashes.Count == 0) RequireStrong(view.Signer(0).Hash);
        return hashes;
    }

    /// <summary>Checks a message against the file's digests.</summary>
    /// <param name="message">The signature file, encoded.</param>
    /// <param name="digests">The file's digests, for <see cref="HashesOf"/>.</param>
    /// <param name="name">The name that the signer's certificate must have; null: any.</param>
    /// <returns>Those who signed it, at least one.</returns>
    /// <exception cref="BootFailure">A signature does not fit, or nobody of that name signed.</exception>
    public FileSigners Verify(ReadOnlySpan<byte> message, Dictionary<HashKind, byte[]> digests, string? name)
    {
        CmsView view = Read(message);
        var signers = new List<ReadOnlyMemory<byte>>();
        string? last = null, refused = null;
        for (int i = 0; i < view.SignerCount; i++)
        {
            CmsSigner signer = view.Signer(i);
            ReadOnlySpan<byte> bytes = FindCertificate(view, signer);
            if (bytes.Length == 0)
            {
                if (name is null) throw new BootFailure(SignatureFailure.NoCertificate);
                continue;   // it may not be the one that is asked for
            }
            bool isCertificate = CertificateView.TryRead(bytes, out CertificateView certificate, out _);
            Check.That(isCertificate);   // found by reading it
            if (name is not null && !IsCalled(certificate, name))
            {
                refused = Certificate.NameOf(certificate.Subject);
                continue;
            }
            RequireStrong(signer.Hash);
            RequireDigest(signer, digests[signer.Hash]);
            RequireSignature(signer, certificate, digests[signer.Hash]);
            signers.Add(bytes.ToArray());
            last = Certificate.NameOf(certificate.Subject);
        }
        if (last is not null) return new FileSigners(last, signers, OthersOf(view));
        throw refused is null
            ? new BootFailure(SignatureFailure.NoCertificate)
            : new BootFailure(SignatureFailure.OtherSigner, $"It was signed by '{refused}', not by '{name}'");
    }

    private static CmsView Read(ReadOnlySpan<byte> message)
    {
        if (!CmsView.TryRead(message, out CmsView view, out _)) throw new BootFailure(SignatureFailure.NotASignature);
        if (!view.ContentType.SequenceEqual(ObjectIds.Data)) throw new BootFailure(SignatureFailure.OtherContent);
        return view.SignerCount > 0 ? view : throw new BootFailure(SignatureFailure.NoSigners);
    }

    /// <summary>A signer's certificate: one that came along, or one that is stored; empty: neither.</summary>
    private ReadOnlySpan<byte> FindCertificate(in CmsView view, in CmsSigner signer)
    {
        for (int i = 0; i < view.CertificateCount; i++)
        {
            ReadOnlySpan<byte> bytes = view.Certificate(i);
            if (CertificateView.TryRead(bytes, out CertificateView certificate, out _) && signer.Names(certificate))
                return bytes;
        }
        foreach (StoredCertificate stored in trust.Certificates)
        {
            if (signer.Names(stored.Certificate.View)) return stored.Certificate.Bytes.Span;
        }
        return default;
    }

    private static List<ReadOnlyMemory<byte>> OthersOf(in CmsView view)
    {
        var others = new List<ReadOnlyMemory<byte>>(view.CertificateCount);
        for (int i = 0; i < view.CertificateCount; i++) others.Add(view.Certificate(i).ToArray());
        return others;
    }

    /// <summary>By its common name, or by a DNS name among its alternative names.</summary>
    private static bool IsCalled(in CertificateView certificate, string name)
    {
        if (certificate.CommonName == name) return true;
        if (!certificate.TryFindExtension(ObjectIds.SubjectAltName, out CertificateExtension names)) return false;
        var reader = new DerReader(names.Value);
        if (!reader.TryEnter(DerTag.Sequence, out DerReader list, out _)) return false;
        while (list.TryRead(out DerElement element, out _))
        {
            if (element.Tag == DerTag.Context(2) && Ascii.EqualsIgnoreCase(element.Content, name)) return true;
        }
        return false;
    }

    /// <summary>What the signed attributes say of the file.</summary>
    private static void RequireDigest(in CmsSigner signer, ReadOnlySpan<byte> digest)
    {
        if (!signer.HasAttributes) return;
        if (!signer.AttributeContentType.SequenceEqual(ObjectIds.Data))
            throw new BootFailure(SignatureFailure.OtherContent);
        if (!signer.AttributeDigest.SequenceEqual(digest)) throw new BootFailure(SignatureFailure.OtherFile);
    }

    private static void RequireSignature(in CmsSigner signer, in CertificateView certificate, byte[] fileDigest)
    {
        SignatureAlgorithm algorithm = signer.Algorithm;
        if (algorithm.Scheme == SignatureScheme.None) throw new BootFailure(SignatureFailure.UnknownAlgorithm);
        RequireStrong(algorithm.Hash);
        if (algorithm.Scheme == SignatureScheme.RsaPss) RequireStrong(algorithm.MaskHash);
        using PublicKey key = PublicKey.TryRead(certificate.PublicKey)
            ?? throw new BootFailure(SignatureFailure.UnknownAlgorithm);

        Span<byte> digest = stackalloc byte[HashKinds.DigestBytesMax];
        int digestBytes = fileDigest.Length;
        if (signer.HasAttributes)
        {
            using var attributes = new Digest(algorithm.Hash);
            attributes.Add(CmsSigner.AttributesTag);
            attributes.Add(signer.AttributesAfterTag);
            digestBytes = attributes.Finish(digest);
        }
        else
        {
            // The file itself is what is signed: there is one hash, not two.
            if (algorithm.Hash != signer.Hash) throw new BootFailure(SignatureFailure.BadSignature);
            fileDigest.CopyTo(digest);
        }
        if (!key.Verify(algorithm, digest[..digestBytes], signer.Signature))
            throw new BootFailure(SignatureFailure.BadSignature);
    }

    private static void RequireStrong(HashKind hash)
    {
        if (HashKinds.IsStrong(hash)) return;
        throw hash == HashKind.None
            ? new BootFailure(SignatureFailure.UnknownAlgorithm)
            : new BootFailure(SignatureFailure.WeakHash,
                $"The signature rests on {HashKinds.NameOf(hash)}, which is too weak");
    }
}
