namespace Bootlace.Wire;

/// <summary>What a responder says of a certificate (RFC 6960, section 2.2).</summary>
public enum OcspStatus
{
    /// <summary>It has not been revoked.</summary>
    Good,
    /// <summary>It has.</summary>
    Revoked,
    /// <summary>The responder does not know it.</summary>
    Unknown,
}
