using System;
using System.Collections.Generic;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Whom we trust: roots by their certificates or by their fingerprints; and certificates that are not trusted
/// but may stand between. One for the whole process.</summary>
/// <param name="readEmbedded">Reads the roots that came with the loader, when they are first needed: encoded
/// certificates one behind the other; empty: none.</param>
public sealed class TrustStore(Func<byte[]> readEmbedded)
{
    private const int FingerprintsMax = 64, CertificatesMax = 1024;

    private readonly List<StoredCertificate> _certificates = [];
    private readonly HashSet<string> _stored = [], _roots = [], _fingerprints = [];
    private bool _hasEmbedded;
    private int _generation;

    /// <summary>A store with nothing embedded.</summary>
    public TrustStore() : this(() => [])
    {
    }

    /// <summary>Changes whenever something here does: what was believed before may not be believed now.</summary>
    public int Generation
    {
        get
        {
            Begin();
            return _generation;
        }
    }

    /// <summary>All certificates, roots first come first.</summary>
    public IReadOnlyList<StoredCertificate> Certificates
    {
        get
        {
            Begin();
            return _certificates;
        }
    }

    /// <summary>Nobody is trusted.</summary>
    public bool IsEmpty
    {
        get
        {
            Begin();
            return _roots.Count == 0 && _fingerprints.Count == 0;
        }
    }

    /// <summary>Whether it is trusted itself.</summary>
    public bool IsTrusted(Certificate certificate)
    {
        Begin();
        string fingerprint = Convert.ToHexString(certificate.Fingerprint);
        return _roots.Contains(fingerprint) || _fingerprints.Contains(fingerprint);
    }

    /// <summary>Adds certificates; one that is here already becomes a root if it is to be one.</summary>
    /// <returns>How many are new, or roots now.</returns>
    /// <exception cref="BootFailure">There are too many: none was added.</exception>
    public int Add(IReadOnlyList<Certificate> certificates, TrustOrigin origin, bool isRoot)
    {
        Begin();
        return AddAll(certificates, origin, isRoot);
    }

    /// <summary>Drops what the script added and <paramref name="isToGo"/> picks.</summary>
    /// <returns>How many.</returns>
    public int Remove(Predicate<StoredCertificate> isToGo)
    {
        Begin();
        int removed = 0;
        for (int i = _certificates.Count - 1; i >= 0; i--)
        {
            StoredCertificate stored = _certificates[i];
            if (stored.Origin == TrustOrigin.Embedded || !isToGo(stored)) continue;
            string fingerprint = Convert.ToHexString(stored.Certificate.Fingerprint);
            _stored.Remove(fingerprint);
            _roots.Remove(fingerprint);
            _certificates.RemoveAt(i);
            removed++;
        }
        if (removed > 0) _generation++;
        return removed;
    }

    /// <summary>Trusts whom these fingerprints name, and none that others named before.</summary>
    /// <param name="list">SHA-256 digests, one behind the other; empty: none.</param>
    /// <exception cref="BootFailure">It is no list of such, and names nobody.</exception>
    public void SetFingerprints(ReadOnlySpan<byte> list)
    {
        _fingerprints.Clear();
        _generation++;
        bool isList = list.Length % Certificate.FingerprintBytes == 0
            && list.Length / Certificate.FingerprintBytes <= FingerprintsMax;
        if (!isList) throw new BootFailure(CertificateFailure.BadFingerprints);
        for (; list.Length > 0; list = list[Certificate.FingerprintBytes..])
            _fingerprints.Add(Convert.ToHexString(list[..Certificate.FingerprintBytes]));
    }

    private int AddAll(IReadOnlyList<Certificate> certificates, TrustOrigin origin, bool isRoot)
    {
        if (_certificates.Count + CountNew(certificates) > CertificatesMax)
            throw new BootFailure(CertificateFailure.TooMany);
        int added = 0;
        foreach (Certificate certificate in certificates)
        {
            string fingerprint = Convert.ToHexString(certificate.Fingerprint);
            bool isNew = _stored.Add(fingerprint), isNewRoot = isRoot && _roots.Add(fingerprint);
            if (!isNew && !isNewRoot) continue;
            TrustOrigin itsOrigin = isNew ? origin : RemoveStored(certificate);
            _certificates.Add(new StoredCertificate(certificate, itsOrigin, isRoot));
            added++;
        }
        if (added > 0) _generation++;
        return added;
    }

    private int CountNew(IReadOnlyList<Certificate> certificates)
    {
        HashSet<string> fresh = [];
        foreach (Certificate certificate in certificates)
        {
            string fingerprint = Convert.ToHexString(certificate.Fingerprint);
            if (!_stored.Contains(fingerprint)) fresh.Add(fingerprint);
        }
        return fresh.Count;
    }

    /// <summary>Takes one out that is here, to put it back as a root; says how it got here.</summary>
    private TrustOrigin RemoveStored(Certificate certificate)
    {
        int index = _certificates.FindIndex(stored => stored.Certificate.IsSame(certificate));
        Check.That(index >= 0);
        TrustOrigin origin = _certificates[index].Origin;
        _certificates.RemoveAt(index);
        return origin;
    }

    private void Begin()
    {
        if (_hasEmbedded) return;
        _hasEmbedded = true;
        byte[] embedded = readEmbedded();
        if (embedded.Length > 0) AddAll(CertificateFile.Read(embedded), TrustOrigin.Embedded, isRoot: true);
    }
}
