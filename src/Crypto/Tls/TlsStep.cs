namespace Bootlace.Crypto;

/// <summary>Where a handshake stands. Whatever it says, what <see cref="TlsSession.Output"/> holds goes out first.
/// </summary>
public enum TlsStep
{
    /// <summary>It goes on when more of the peer's records are there.</summary>
    NeedsInput,

    /// <summary>The server has shown its certificates, <see cref="TlsSession.PeerCertificates"/>: judge them, then go
    /// on, or refuse them by <see cref="TlsSession.Refuse"/>. Nothing secret has been sent yet.</summary>
    NeedsVerdict,

    /// <summary>Connected.</summary>
    Done,
}
