namespace Bootlace.Tls;

/// <summary>What goes on with a server where an earlier session stopped.</summary>
/// <param name="Bytes">What the library saved: secret, and good for once.</param>
/// <param name="Verdict">Why the server was believed then: it shows no certificate again.</param>
public sealed record TlsTicket(byte[] Bytes, ServerVerdict Verdict);
