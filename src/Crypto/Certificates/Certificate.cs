using System;
using System.Text;
using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>A certificate at hand: its bytes and who it is.</summary>
public sealed class Certificate
{
    /// <summary>Length of a fingerprint.</summary>
    public const int FingerprintBytes = 32;

    private const int NameLettersMax = 64;

    private readonly byte[] _bytes, _fingerprint;

    private Certificate(byte[] bytes)
    {
        _bytes = bytes;
        _fingerprint = new byte[FingerprintBytes];
        Digest.Compute(HashKind.Sha256, bytes, _fingerprint);
    }

    /// <summary>All of it, encoded.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Its SHA-256: what <c>trust</c> names it by.</summary>
    public ReadOnlySpan<byte> Fingerprint => _fingerprint;

    /// <summary>The fingerprint as iPXE and browsers show it: 12:34:…</summary>
    public string FingerprintText
    {
        get
        {
            var text = new StringBuilder(FingerprintBytes * 3);
            foreach (byte octet in _fingerprint)
            {
                if (text.Length > 0) text.Append(':');
                text.Append($"{octet:x2}");
            }
            return text.ToString();
        }
    }

    /// <summary>Its parts.</summary>
    public CertificateView View
    {
        get
        {
            bool isRead = CertificateView.TryRead(_bytes, out CertificateView view, out _);
            Check.That(isRead);   // it was read before
            return view;
        }
    }

    /// <summary>Whose it is, for the screen.</summary>
    public string Name => NameOf(View.Subject);

    /// <summary>Who issued it, for the screen.</summary>
    public string IssuerName => NameOf(View.Issuer);

    /// <summary>Reads one; null: it is none.</summary>
    public static Certificate? TryRead(ReadOnlySpan<byte> bytes) =>
        CertificateView.TryRead(bytes, out _, out _) ? new Certificate(bytes.ToArray()) : null;

    /// <summary>The same certificate.</summary>
    public bool IsSame(Certificate other) => _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <summary>A name for the screen: the common name, else that of the organization. Whoever made the certificate
    /// chose it, so it is kept short and free of control characters.</summary>
    public static string NameOf(ReadOnlySpan<byte> name)
    {
        string text = X509Name.FindText(name, ObjectIds.CommonName);
        if (text.Length == 0) text = X509Name.FindText(name, ObjectIds.OrganizationalUnit);
        if (text.Length == 0) text = X509Name.FindText(name, ObjectIds.Organization);
        if (text.Length == 0) return "(no name)";
        var clean = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (clean.Length == NameLettersMax) return clean.Append("...").ToString();
            clean.Append(letter is < ' ' or (>= '\x7f' and < '\xa0') ? '?' : letter);
        }
        return clean.ToString();
    }
}
