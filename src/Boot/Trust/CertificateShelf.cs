using System;
using System.Collections.Generic;
using Bootlace.Crypto;
using Bootlace.Script;

namespace Bootlace.Boot;

/// <summary>The <see cref="TrustStore"/>, for commands.</summary>
/// <param name="trust">The store.</param>
/// <param name="policy">Says whether a file of roots may be used: whoever writes it can then vouch for all
/// others.</param>
internal sealed class CertificateShelf(TrustStore trust, TrustPolicy policy) : ICertificates
{
    /// <inheritdoc/>
    public IReadOnlyList<CertificateLine> All
    {
        get
        {
            var lines = new List<CertificateLine>();
            foreach (StoredCertificate stored in trust.Certificates)
            {
                Certificate one = stored.Certificate;
                lines.Add(new CertificateLine(
                    ByteText.FromUnicode(one.Name), one.FingerprintText, trust.IsTrusted(one),
                    stored.Origin == TrustOrigin.Embedded));
            }
            return lines;
        }
    }

    /// <inheritdoc/>
    public int Add(IImage image, string? subject, bool isTrusted)
    {
        if (isTrusted) policy.Admit((Image)image);
        return Add(((Image)image).Content.ToContiguous().Span, subject, isTrusted);
    }

    /// <inheritdoc/>
    public int Add(ReadOnlySpan<byte> file, string? subject, bool isTrusted)
    {
        List<Certificate> certificates = CertificateFile.Read(file);
        if (subject is not null) certificates.RemoveAll(one => ByteText.FromUnicode(one.Name) != subject);
        return trust.Add(certificates, TrustOrigin.Script, isTrusted);
    }

    /// <inheritdoc/>
    public int Free(string? subject) =>
        trust.Remove(stored => subject is null || ByteText.FromUnicode(stored.Certificate.Name) == subject);
}
