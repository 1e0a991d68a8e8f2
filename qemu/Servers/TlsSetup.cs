using System.Collections.Generic;
using System.Net.Security;
using System.Security.Authentication;

namespace Bootlace.Harness;

/// <summary>What a TLS port says of itself, and asks of clients.</summary>
/// <param name="Server">Its certificate and key.</param>
/// <param name="Between">The certificates it sends behind its own.</param>
public sealed record TlsSetup(TestIdentity Server, params IReadOnlyList<TestIdentity> Between)
{
    /// <summary>The versions it speaks.</summary>
    public SslProtocols Versions { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The cipher suites it speaks; null: the library's.</summary>
    public IReadOnlyList<TlsCipherSuite>? Suites { get; init; }

    /// <summary>Clients must show a certificate that this authority has signed; null: none is asked for.</summary>
    public TestIdentity? ClientAuthority { get; init; }
}
