using System.Collections.Generic;
using System.Formats.Asn1;
using System.Linq;

namespace Bootlace.Tests.Crypto;

/// <summary>A certificate taken apart, to be put together with one part changed: .NET makes none that is wrong.
/// </summary>
internal sealed class CertificateParts
{
    public const int Version = 0, Serial = 1, InnerAlgorithm = 2, Issuer = 3, Validity = 4, Subject = 5, Key = 6,
        Extensions = 7;

    public CertificateParts(byte[] der)
    {
        AsnReader whole = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        Signed = ReadAll(whole.ReadSequence());
        Algorithm = whole.ReadEncodedValue().ToArray();
        Signature = whole.ReadEncodedValue().ToArray();
    }

    /// <summary>What is signed, element by element.</summary>
    public List<byte[]> Signed { get; }
    public byte[] Algorithm { get; set; }
    public byte[] Signature { get; set; }

    /// <summary>What follows and should not.</summary>
    public byte[] Rest { get; set; } = [];

    public byte[] Build() => Element(0x30, Element(0x30, [.. Signed]), Algorithm, Signature, Rest);

    /// <summary>The elements inside an element.</summary>
    public static List<byte[]> Open(byte[] element) =>
        ReadAll(new AsnReader(new AsnReader(element, AsnEncodingRules.BER).PeekContentBytes(), AsnEncodingRules.BER));

    /// <summary>An element with the shortest length.</summary>
    public static byte[] Element(byte tag, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        byte[] length = content.Length < 0x80 ? [(byte)content.Length]
            : content.Length < 0x100 ? [0x81, (byte)content.Length]
            : [0x82, (byte)(content.Length >> 8), (byte)content.Length];
        return [tag, .. length, .. content];
    }

    private static List<byte[]> ReadAll(AsnReader reader)
    {
        List<byte[]> parts = [];
        while (reader.HasData) parts.Add(reader.ReadEncodedValue().ToArray());
        return parts;
    }
}
