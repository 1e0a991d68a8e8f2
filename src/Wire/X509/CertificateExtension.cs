using System;

namespace Bootlace.Wire;

/// <summary>An extension of a certificate (RFC 5280, section 4.2).</summary>
public readonly ref struct CertificateExtension
{
    private CertificateExtension(ReadOnlySpan<byte> id, bool isCritical, ReadOnlySpan<byte> value)
    {
        Id = id;
        IsCritical = isCritical;
        Value = value;
    }

    /// <summary>Its object identifier.</summary>
    public ReadOnlySpan<byte> Id { get; }

    /// <summary>Who does not know it must refuse the certificate.</summary>
    public bool IsCritical { get; }

    /// <summary>Its value: an encoded element.</summary>
    public ReadOnlySpan<byte> Value { get; }

    internal static bool TryRead(scoped ref DerReader reader, out CertificateExtension extension, out ParseError error)
    {
        extension = default;
        bool isCritical = false;
        if (!reader.TryEnter(DerTag.Sequence, out DerReader inside, out error)
            || !inside.TryRead(DerTag.ObjectId, out DerElement id, out error))
            return false;
        if (inside.IsNext(DerTag.Boolean))
        {
            if (!inside.TryRead(out DerElement critical, out error)) return false;
            error = critical.Content.Length == 1 ? ParseError.None : ParseError.BadLength;
            if (error != ParseError.None) return false;
            isCritical = critical.Content[0] != 0;
        }
        if (!inside.TryRead(DerTag.OctetString, out DerElement value, out error) || !inside.TryEnd(out error))
            return false;
        extension = new CertificateExtension(id.Content, isCritical, value.Content);
        return true;
    }
}
