using System.Net.Security;
using System.Security.Authentication;

namespace Bootlace.Harness;

/// <summary>One TLS handshake that a client brought to its end.</summary>
/// <param name="Version">The version agreed on.</param>
/// <param name="Suite">The cipher suite agreed on.</param>
/// <param name="ServerName">The name that the client asked for (SNI); empty: none.</param>
/// <param name="ClientName">The common name in the client's certificate; empty: it showed none.</param>
public sealed record LoggedHandshake(
    SslProtocols Version, TlsCipherSuite Suite, string ServerName, string ClientName);
