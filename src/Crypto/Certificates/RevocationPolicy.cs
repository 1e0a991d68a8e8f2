namespace Bootlace.Crypto;

/// <summary>What happens where nobody can say whether a certificate was revoked: the setting <c>ocsp</c>.</summary>
public enum RevocationPolicy
{
    /// <summary>The certificate is believed, and the screen says so once; the default.</summary>
    Soft,
    /// <summary>It is refused: <c>set ocsp require</c>.</summary>
    Required,
    /// <summary>Nobody is asked: <c>set ocsp off</c>.</summary>
    Off,
}
