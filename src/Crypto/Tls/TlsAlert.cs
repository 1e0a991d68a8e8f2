namespace Bootlace.Crypto;

/// <summary>What one end tells the other when it gives up (RFC 8446, section 6.2).</summary>
public enum TlsAlert : byte
{
    /// <summary>A message came that must not come now.</summary>
    UnexpectedMessage = 10,

    /// <summary>The handshake is refused.</summary>
    HandshakeFailure = 40,

    /// <summary>A certificate is damaged, or for something else.</summary>
    BadCertificate = 42,

    /// <summary>A certificate is of a kind that is not supported.</summary>
    UnsupportedCertificate = 43,

    /// <summary>A certificate was revoked.</summary>
    CertificateRevoked = 44,

    /// <summary>A certificate is too old, or not yet valid.</summary>
    CertificateExpired = 45,

    /// <summary>A certificate is not acceptable, for another reason.</summary>
    CertificateUnknown = 46,

    /// <summary>Nobody trusted has signed a certificate.</summary>
    UnknownAuthority = 48,

    /// <summary>The peer may not.</summary>
    AccessDenied = 49,

    /// <summary>The version is not spoken.</summary>
    ProtocolVersion = 70,

    /// <summary>A client certificate is asked for.</summary>
    CertificateRequired = 116,
}
