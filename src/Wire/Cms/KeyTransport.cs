namespace Bootlace.Wire;

/// <summary>How an envelope's key is encrypted for a recipient.</summary>
public enum KeyTransport
{
    /// <summary>In a way we do not know.</summary>
    None,
    /// <summary>RSA, PKCS #1 version 1.5.</summary>
    RsaPkcs1,
    /// <summary>RSA-OAEP with one hash for all, and no label.</summary>
    RsaOaep,
}
