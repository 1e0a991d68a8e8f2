namespace Bootlace.Crypto;

/// <summary>The versions spoken; the numbers are the protocol's.</summary>
public enum TlsVersion
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>TLS 1.2 (RFC 5246).</summary>
    Tls12 = 0x0303,

    /// <summary>TLS 1.3 (RFC 8446).</summary>
    Tls13 = 0x0304,
}
