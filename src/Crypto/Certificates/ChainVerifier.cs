using System;
using System.Collections.Generic;
using Bootlace.Net;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Says whether a certificate is to be believed: whether a chain of signatures leads to somebody trusted, and
/// keeps the rules of RFC 5280 on its way. For servers and for signers of files alike.</summary>
/// <param name="trust">Whom we trust.</param>
/// <param name="time">The date.</param>
public sealed class ChainVerifier(TrustStore trust, WallTime time)
{
    /// <summary>Checks a certificate.</summary>
    /// <param name="certificate">It, encoded.</param>
    /// <param name="others">What its holder sent along, in any order; what does not help does not harm.</param>
    /// <param name="purpose">What it is to be believed for.</param>
    /// <param name="host">The name or address, without brackets, of the host it must be for; null: any.</param>
    /// <returns>The chain, the certificate first, the trusted one last.</returns>
    /// <exception cref="BootFailure">It is not: a kind of <see cref="CertificateFailure"/>.</exception>
    public IReadOnlyList<Certificate> Verify(
        ReadOnlyMemory<byte> certificate, IReadOnlyList<ReadOnlyMemory<byte>> others, CertificatePurpose purpose,
        string? host = null)
    {
        if (trust.IsEmpty) throw new BootFailure(CertificateFailure.NoRoots);
        if (others.Count > ChainSearch.OthersMax) throw new BootFailure(CertificateFailure.TooMany);
        Certificate leaf = Certificate.TryRead(certificate.Span)
            ?? throw new BootFailure(CertificateFailure.BadCertificate);
        var between = new List<Certificate>(others.Count);
        foreach (ReadOnlyMemory<byte> other in others)
        {
            if (Certificate.TryRead(other.Span) is { } read && !read.IsSame(leaf)) between.Add(read);
        }
        var rules = new PathRules(purpose, host, time);
        return new ChainSearch(trust, rules, between).Run(leaf);
    }
}
