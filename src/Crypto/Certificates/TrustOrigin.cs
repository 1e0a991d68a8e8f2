namespace Bootlace.Crypto;

/// <summary>How a certificate got into the <see cref="TrustStore"/>.</summary>
public enum TrustOrigin
{
    /// <summary>It was built into the loader or added to its file: it stays.</summary>
    Embedded,
    /// <summary>The script added it.</summary>
    Script,
}
