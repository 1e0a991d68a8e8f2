using System.Security.Authentication;

namespace Bootlace.Build;

/// <summary>One of those that the HTTPS benchmark measures in turns.</summary>
/// <param name="Name">For the table.</param>
/// <param name="IsRival">iPXE; otherwise us.</param>
/// <param name="Version">The TLS version that its servers speak.</param>
public sealed record HttpsContestant(string Name, bool IsRival, SslProtocols Version);
