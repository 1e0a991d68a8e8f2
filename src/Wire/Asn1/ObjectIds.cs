using System;

namespace Bootlace.Wire;

/// <summary>The object identifiers we know, as the content of their elements.</summary>
public static class ObjectIds
{
    /// <summary>1.2.840.113549.1.7.1: CMS content that is just bytes (RFC 5652, section 4).</summary>
    public static ReadOnlySpan<byte> Data => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
    /// <summary>1.2.840.113549.1.7.2: CMS SignedData (RFC 5652, section 5.1).</summary>
    public static ReadOnlySpan<byte> SignedData => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    /// <summary>1.2.840.113549.1.7.3: CMS EnvelopedData (RFC 5652, section 6.1).</summary>
    public static ReadOnlySpan<byte> EnvelopedData => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03];
    /// <summary>1.2.840.113549.1.9.16.1.23: CMS AuthEnvelopedData (RFC 5083, section 2.1).</summary>
    public static ReadOnlySpan<byte> AuthEnvelopedData =>
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17];
    /// <summary>2.16.840.1.101.3.4.1: AES; .2, .22, .42 CBC with 128, 192, 256 bits (RFC 3565), .6, .26, .46 GCM
    /// (RFC 5084).</summary>
    public static ReadOnlySpan<byte> Aes => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01];
    /// <summary>1.2.840.113549.1.9.3: the content-type attribute.</summary>
    public static ReadOnlySpan<byte> ContentType => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
    /// <summary>1.2.840.113549.1.9.4: the message-digest attribute.</summary>
    public static ReadOnlySpan<byte> MessageDigest => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];

    /// <summary>1.2.840.113549.1.1: RSA; .1 the key or PKCS #1, .7 OAEP, .8 MGF1, .9 OAEP's label, .10 PSS, .11 to
    /// .14 PKCS #1 with SHA-2.</summary>
    public static ReadOnlySpan<byte> Rsa => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
    /// <summary>1.2.840.10045.4.3: ECDSA; .1 to .4 with SHA-2.</summary>
    public static ReadOnlySpan<byte> EcdsaWithSha2 => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03];
    /// <summary>1.2.840.10045.4.1: ECDSA with SHA-1.</summary>
    public static ReadOnlySpan<byte> EcdsaWithSha1 => [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x01];

    /// <summary>1.2.840.113549.2.5.</summary>
    public static ReadOnlySpan<byte> Md5 => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05];
    /// <summary>1.3.14.3.2.26.</summary>
    public static ReadOnlySpan<byte> Sha1 => [0x2b, 0x0e, 0x03, 0x02, 0x1a];
    /// <summary>2.16.840.1.101.3.4.2: .1 SHA-256, .2 SHA-384, .3 SHA-512, .4 SHA-224.</summary>
    public static ReadOnlySpan<byte> Sha2 => [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02];

    /// <summary>2.5.4.3: commonName.</summary>
    public static ReadOnlySpan<byte> CommonName => [0x55, 0x04, 0x03];
    /// <summary>2.5.29.14: subjectKeyIdentifier.</summary>
    public static ReadOnlySpan<byte> SubjectKeyIdentifier => [0x55, 0x1d, 0x0e];
    /// <summary>2.5.29.15: keyUsage.</summary>
    public static ReadOnlySpan<byte> KeyUsage => [0x55, 0x1d, 0x0f];
    /// <summary>2.5.29.17: subjectAltName.</summary>
    public static ReadOnlySpan<byte> SubjectAltName => [0x55, 0x1d, 0x11];
    /// <summary>2.5.29.19: basicConstraints.</summary>
    public static ReadOnlySpan<byte> BasicConstraints => [0x55, 0x1d, 0x13];
    /// <summary>2.5.29.30: nameConstraints.</summary>
    public static ReadOnlySpan<byte> NameConstraints => [0x55, 0x1d, 0x1e];
    /// <summary>2.5.29.32: certificatePolicies.</summary>
    public static ReadOnlySpan<byte> CertificatePolicies => [0x55, 0x1d, 0x20];
    /// <summary>2.5.29.35: authorityKeyIdentifier.</summary>
    public static ReadOnlySpan<byte> AuthorityKeyIdentifier => [0x55, 0x1d, 0x23];
    /// <summary>2.5.29.37: extKeyUsage.</summary>
    public static ReadOnlySpan<byte> ExtendedKeyUsage => [0x55, 0x1d, 0x25];
    /// <summary>2.5.29.37.0: any purpose.</summary>
    public static ReadOnlySpan<byte> AnyPurpose => [0x55, 0x1d, 0x25, 0x00];
    /// <summary>1.2.840.113549.1.9.1: an e-mail address in a name.</summary>
    public static ReadOnlySpan<byte> EmailAddress => [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x01];
    /// <summary>2.5.4.10: organizationName.</summary>
    public static ReadOnlySpan<byte> Organization => [0x55, 0x04, 0x0a];
    /// <summary>2.5.4.11: organizationalUnitName.</summary>
    public static ReadOnlySpan<byte> OrganizationalUnit => [0x55, 0x04, 0x0b];
    /// <summary>1.3.6.1.5.5.7.3.1: extended key usage serverAuth.</summary>
    public static ReadOnlySpan<byte> ServerAuth => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];
    /// <summary>1.3.6.1.5.5.7.3.3: extended key usage codeSigning.</summary>
    public static ReadOnlySpan<byte> CodeSigning => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x03];
    /// <summary>1.3.6.1.5.5.7.3.9: extended key usage OCSPSigning.</summary>
    public static ReadOnlySpan<byte> OcspSigning => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x09];
    /// <summary>1.3.6.1.5.5.7.1.1: authorityInfoAccess.</summary>
    public static ReadOnlySpan<byte> AuthorityInfoAccess => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01];
    /// <summary>1.3.6.1.5.5.7.1.24: TLS features that a server must offer (RFC 7633).</summary>
    public static ReadOnlySpan<byte> TlsFeature => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x18];
    /// <summary>1.3.6.1.5.5.7.48.1: the address of an OCSP responder.</summary>
    public static ReadOnlySpan<byte> OcspResponder => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01];
    /// <summary>1.3.6.1.5.5.7.48.1.1: OCSP's basic answer.</summary>
    public static ReadOnlySpan<byte> OcspBasic => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01];
    /// <summary>1.3.6.1.5.5.7.48.1.5: whoever answers for an authority is not asked about itself.</summary>
    public static ReadOnlySpan<byte> OcspNoCheck => [0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x05];
}
