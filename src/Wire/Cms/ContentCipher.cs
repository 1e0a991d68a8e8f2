namespace Bootlace.Wire;

/// <summary>How an envelope's content is encrypted.</summary>
public enum ContentCipher
{
    /// <summary>In a way we do not know.</summary>
    None,
    /// <summary>AES-CBC, padded as PKCS #7 does it; nothing says whether it was changed.</summary>
    AesCbc,
    /// <summary>AES-GCM, with a tag.</summary>
    AesGcm,
}
