using System;

namespace Bootlace.Wire;

/// <summary>Asks about one certificate (RFC 6960, section 4.1.1), as RFC 5019 wants it: by SHA-1, which is all that
/// most responders know and only names the issuer here, and without a nonce, so that the answer may be one made before.
/// </summary>
public readonly ref struct OcspQuery
{
    /// <summary>Length of either hash.</summary>
    public const int HashBytes = 20;

    /// <summary>Longest serial number (RFC 5280, section 4.1.2.2).</summary>
    public const int SerialBytesMax = 20;

    /// <summary>Longest query.</summary>
    public const int BytesMax = 128;

    /// <summary>AlgorithmIdentifier of SHA-1.</summary>
    private static ReadOnlySpan<byte> Algorithm => [0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00];

    /// <summary>SHA-1 of the issuer's name, encoded.</summary>
    public required ReadOnlySpan<byte> IssuerNameHash { get; init; }

    /// <summary>SHA-1 of the issuer's key: the bits alone.</summary>
    public required ReadOnlySpan<byte> IssuerKeyHash { get; init; }

    /// <summary>The certificate's serial number.</summary>
    public required ReadOnlySpan<byte> SerialNumber { get; init; }

    /// <summary>Writes it.</summary>
    /// <returns>Its length; 0: the serial number is longer than any may be.</returns>
    public int Emit(Span<byte> target)
    {
        Check.That(IssuerNameHash.Length == HashBytes && IssuerKeyHash.Length == HashBytes);
        if (SerialNumber.Length is 0 or > SerialBytesMax) return 0;
        int idBytes = Algorithm.Length + 2 * (2 + HashBytes) + 2 + SerialNumber.Length;
        int at = 0;
        for (int level = 4; level >= 0; level--)   // OCSPRequest, TBSRequest, requestList, Request, CertID
        {
            target[at++] = DerTag.Sequence.Value;
            target[at++] = (byte)(idBytes + 2 * level);
        }
        Put(target, ref at, Algorithm);
        PutElement(target, ref at, DerTag.OctetString, IssuerNameHash);
        PutElement(target, ref at, DerTag.OctetString, IssuerKeyHash);
        PutElement(target, ref at, DerTag.Integer, SerialNumber);
        return at;
    }

    private static void PutElement(Span<byte> target, ref int at, DerTag tag, ReadOnlySpan<byte> content)
    {
        target[at++] = tag.Value;
        target[at++] = (byte)content.Length;
        Put(target, ref at, content);
    }

    private static void Put(Span<byte> target, ref int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(target[at..]);
        at += bytes.Length;
    }
}
