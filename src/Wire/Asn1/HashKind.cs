namespace Bootlace.Wire;

/// <summary>The hash functions that signatures and digest commands name.</summary>
public enum HashKind
{
    /// <summary>One we do not know.</summary>
    None,
    /// <summary>MD5: broken, for digest commands only.</summary>
    Md5,
    /// <summary>SHA-1: broken, for digest commands only.</summary>
    Sha1,
    /// <summary>SHA-224: for digest commands only.</summary>
    Sha224,
    /// <summary>SHA-256.</summary>
    Sha256,
    /// <summary>SHA-384.</summary>
    Sha384,
    /// <summary>SHA-512.</summary>
    Sha512,
    /// <summary>SHA3-256: for CHAP.</summary>
    Sha3,
    /// <summary>MD4: broken, for digest commands only.</summary>
    Md4,
}
