namespace Bootlace.Crypto;

/// <summary>A certificate in the <see cref="TrustStore"/>.</summary>
/// <param name="Certificate">It.</param>
/// <param name="Origin">How it got there.</param>
/// <param name="IsRoot">It is trusted; else it only helps to find the way from a certificate to a root.</param>
public sealed record StoredCertificate(Certificate Certificate, TrustOrigin Origin, bool IsRoot);
