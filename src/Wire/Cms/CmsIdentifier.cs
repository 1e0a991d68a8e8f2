using System;

namespace Bootlace.Wire;

/// <summary>Whose certificate is meant: by issuer and serial number, or by key identifier (SignerIdentifier and
/// RecipientIdentifier, RFC 5652, sections 5.3 and 6.2.1).</summary>
internal readonly ref struct CmsIdentifier
{
    private static readonly DerTag s_keyIdentifier = DerTag.Context(0);

    private readonly ReadOnlySpan<byte> _issuer;
    private readonly ReadOnlySpan<byte> _serialNumber;
    private readonly ReadOnlySpan<byte> _keyIdentifier;

    private CmsIdentifier(
        ReadOnlySpan<byte> issuer, ReadOnlySpan<byte> serialNumber, ReadOnlySpan<byte> keyIdentifier)
    {
        _issuer = issuer;
        _serialNumber = serialNumber;
        _keyIdentifier = keyIdentifier;
    }

    /// <summary>Whether it is this certificate.</summary>
    public bool Names(in CertificateView certificate)
    {
        if (_issuer.Length == 0)
            return _keyIdentifier.Length > 0 && certificate.SubjectKeyIdentifier.SequenceEqual(_keyIdentifier);
        return certificate.Issuer.SequenceEqual(_issuer) && certificate.SerialNumber.SequenceEqual(_serialNumber);
    }

    public static bool TryRead(scoped ref DerReader reader, out CmsIdentifier identifier, out ParseError error)
    {
        identifier = default;
        if (reader.IsNext(s_keyIdentifier))
        {
            if (!reader.TryRead(out DerElement id, out error)) return false;
            identifier = new CmsIdentifier(default, default, id.Content);
            return true;
        }
        if (!reader.TryEnter(DerTag.Sequence, out DerReader pair, out error)
            || !pair.TryRead(DerTag.Sequence, out DerElement name, out error)
            || !pair.TryRead(DerTag.Integer, out DerElement number, out error) || !pair.TryEnd(out error))
            return false;
        identifier = new CmsIdentifier(name.Bytes, number.Content, default);
        return true;
    }
}
