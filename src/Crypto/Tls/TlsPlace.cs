using System;

namespace Bootlace.Crypto;

/// <summary>What a session was at when it failed, where the library's status alone does not tell; native/shim.c sets
/// the bits.</summary>
[Flags]
internal enum TlsPlace
{
    /// <summary>The server has agreed to nothing yet.</summary>
    Hello = 1,

    /// <summary>The server was to prove something: that the certificate is its own, that nobody changed the
    /// handshake.</summary>
    Proof = 2,

    /// <summary>The server has asked for a client certificate.</summary>
    AsksForCertificate = 4,

    /// <summary>The server agrees to TLS 1.2, and says in its random number that it was not asked for 1.3 (RFC 8446,
    /// section 4.1.3).</summary>
    Downgrade = 8,

    /// <summary>The server changes its keys in the middle of the stream.</summary>
    KeyUpdate = 16,
}
