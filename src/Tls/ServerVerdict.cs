namespace Bootlace.Tls;

/// <summary>Why a server is believed.</summary>
/// <param name="Subject">Whose certificate it has.</param>
/// <param name="Authority">The trusted one at the end of its chain; it may be the same.</param>
public sealed record ServerVerdict(string Subject, string Authority);
