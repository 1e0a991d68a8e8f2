using System.Security.Authentication;

namespace Bootlace.Build;

/// <summary>One of those that the HTTPS benchmark measures in turns.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Loader">A loader of ours; null: iPXE.</param>
/// <param name="Version">The TLS version that its servers speak.</param>
/// <param name="HasChaCha">Whether they know ChaCha20; otherwise AES-128-GCM alone.</param>
public sealed record HttpsContestant(string Name, string? Loader, SslProtocols Version, bool HasChaCha = true);
