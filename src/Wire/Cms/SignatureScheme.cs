namespace Bootlace.Wire;

/// <summary>How a signature is made from a digest.</summary>
public enum SignatureScheme
{
    /// <summary>One we do not know.</summary>
    None,
    /// <summary>RSA, PKCS #1 version 1.5.</summary>
    RsaPkcs1,
    /// <summary>RSA-PSS.</summary>
    RsaPss,
    /// <summary>ECDSA.</summary>
    Ecdsa,
}
