using System;

namespace Bootlace.Wire;

/// <summary>What a certificate's key may be used for (RFC 5280, section 4.2.1.3): the first eight bits.</summary>
public readonly record struct KeyUsage(byte Bits)
{
    private const byte DigitalSignature = 0x80, CertificateSign = 0x04;

    /// <summary>It may sign messages: handshakes, files.</summary>
    public bool AllowsSigning => (Bits & DigitalSignature) != 0;

    /// <summary>It may sign certificates.</summary>
    public bool AllowsCertificates => (Bits & CertificateSign) != 0;

    /// <summary>Reads the extension's value.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out KeyUsage usage, out ParseError error)
    {
        usage = default;
        var reader = new DerReader(value);
        if (!reader.TryRead(DerTag.BitString, out DerElement bits, out error) || !reader.TryEnd(out error))
            return false;
        error = bits.Content.Length is >= 1 and <= 3 && bits.Content[0] < 8 ? ParseError.None : ParseError.BadLength;
        if (error != ParseError.None) return false;
        usage = new KeyUsage(bits.Content.Length > 1 ? bits.Content[1] : (byte)0);
        return true;
    }
}
