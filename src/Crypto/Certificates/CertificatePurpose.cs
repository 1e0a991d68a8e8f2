namespace Bootlace.Crypto;

/// <summary>What a certificate is to be believed for.</summary>
public enum CertificatePurpose
{
    /// <summary>A server says that it is a host.</summary>
    ServerAuth,
    /// <summary>Somebody vouches for a program or a list of files.</summary>
    CodeSigning,
    /// <summary>An authority's deputy says which certificates have been revoked.</summary>
    OcspSigning,
}
