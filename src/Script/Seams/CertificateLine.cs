namespace Bootlace.Script;

/// <summary>A certificate as <c>certstat</c> shows it.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Fingerprint">Its SHA-256 in hex with colons, as the setting <c>trust</c> takes it.</param>
/// <param name="IsTrusted">It is believed itself.</param>
/// <param name="IsEmbedded">It came with the loader, and stays.</param>
public readonly record struct CertificateLine(string Name, string Fingerprint, bool IsTrusted, bool IsEmbedded);
