using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>What can go wrong between us and a TLS server, its certificates apart: area 0c, numbers 0001 to
/// 003f.</summary>
public static class TlsFailure
{
    /// <summary>The server gave up and said why.</summary>
    public static readonly FailureKind Refused = new(0x420c0001,
        "The server refused the TLS connection",
        "the alert's name says why; see the server's log");

    /// <summary>No version is spoken by both.</summary>
    public static readonly FailureKind NoCommonVersion = new(0x440c0002,
        "The server speaks no TLS that is safe: 1.2 or 1.3 is needed",
        "switch TLS 1.2 or 1.3 on in the server");

    /// <summary>No cipher suite, group or signature is known to both.</summary>
    public static readonly FailureKind NoCommonCipher = new(0x3c0c0003,
        "The server offers no cipher, group or signature that we have",
        "ECDHE with AES-GCM or ChaCha20, on X25519 or a NIST curve, and an RSA or ECDSA certificate are needed");

    /// <summary>The server broke the protocol, or is none.</summary>
    public static readonly FailureKind ProtocolError = new(0x430c0004,
        "The server broke the TLS protocol",
        "check that this port speaks TLS, and not plain HTTP");

    /// <summary>A record's check failed.</summary>
    public static readonly FailureKind BadRecord = new(0x1d0c0005,
        "A TLS record was damaged or forged on its way",
        "somebody between changes what is sent; the connection was given up");

    /// <summary>The handshake's proof failed.</summary>
    public static readonly FailureKind BadProof = new(0x020c0006,
        "The server cannot prove that the certificate is its own",
        "its private key does not belong to the certificate, or somebody stands between");

    /// <summary>The connection ended without close_notify.</summary>
    public static readonly FailureKind Truncated = new(0x0f0c0007,
        "The TLS stream was cut off: it ended and the server did not say so",
        "somebody may have cut it; see the server's log");

    /// <summary>The certificates cannot be read.</summary>
    public static readonly FailureKind BadCertificate = new(0x1c0c0008,
        "The server's certificate cannot be read",
        "it is damaged, or of a kind we do not know");

    /// <summary>The own certificate is none.</summary>
    public static readonly FailureKind BadOwnCertificate = new(0x1c0c0009,
        "The client certificate cannot be read",
        "set cert to a certificate, PEM or DER, with those that lead to the authority behind it");

    /// <summary>The own private key is none.</summary>
    public static readonly FailureKind BadOwnKey = new(0x1c0c000a,
        "The client's private key cannot be read",
        "set privkey to an RSA or elliptic-curve key, PEM or DER, not encrypted");

    /// <summary>They do not belong together.</summary>
    public static readonly FailureKind OwnKeyDoesNotMatch = new(0x1c0c000b,
        "The private key is not that of the client certificate",
        "set cert and privkey to a pair");

    /// <summary>The handshake takes too long.</summary>
    public static readonly FailureKind Silent = new(0x4c0c000c,
        "The server does not get on with the TLS handshake",
        "it was given up after half a minute; see the server's log, and whether something between holds packets back");

    /// <summary>There is no client certificate, and there must be.</summary>
    public static readonly FailureKind NoOwnCertificate = new(0x020c000d,
        "The server wants a client certificate, and there is none",
        "set cert and privkey to one that the server's administrator has issued");

    /// <summary>Somebody took TLS 1.3 out of our offer.</summary>
    public static readonly FailureKind Downgraded = new(0x020c000e,
        "Somebody between us and the server prevents TLS 1.3",
        "the server can do better than what it was asked for; something on the way changes the handshake");

    /// <summary>New keys in the middle of a stream.</summary>
    public static readonly FailureKind KeyUpdate = new(0x3c0c000f,
        "The server changed its keys in the middle of the stream (KeyUpdate), which is not known here",
        "servers do so after hundreds of gigabytes, or when told to; have it done later, or offer TLS 1.2");

    // --- include/mbedtls/ssl.h and its neighbors ---
    private const int FatalAlert = -0x7780, NoClosing = -0x7280, CloseNotify = -0x7880, InvalidMac = -0x7180;
    private const int BadVersion = -0x6e80, Handshake = -0x6e00, IllegalParameter = -0x6600;
    private const int UnexpectedMessage = -0x7700;
    private const int BadCertificateStatus = -0x7a00, X509First = -0x2080, X509Last = -0x2980;
    private const int EcpVerifyFailed = -0x4e00, RsaVerifyFailed = -0x4380, RsaPadding = -0x4100;
    private const int SignatureTooLong = -0x3900, KeyFirst = -0x3980, KeyLast = -0x3d80;
    private const int ProtocolVersionAlert = 70, HandshakeFailureAlert = 40, CertificateRequiredAlert = 116;

    /// <summary>The failure for a status of a call on a session.</summary>
    /// <param name="status">The library's.</param>
    /// <param name="alert">What the server said, where the status is that it did.</param>
    /// <param name="place">What the session was at.</param>
    /// <param name="hasOwn">Whether there is a client certificate.</param>
    internal static BootFailure Of(int status, int alert, TlsPlace place, bool hasOwn) => status switch
    {
        FatalAlert when alert >= 0 => OfAlert(alert, place, hasOwn),
        NoClosing or CloseNotify or 0 => new BootFailure(Truncated),
        BadVersion => new BootFailure(NoCommonVersion),
        Handshake when (place & TlsPlace.Proof) != 0 => new BootFailure(BadProof),
        Handshake => new BootFailure(NoCommonCipher),
        IllegalParameter when (place & TlsPlace.Downgrade) != 0 => new BootFailure(Downgraded),
        UnexpectedMessage when (place & TlsPlace.KeyUpdate) != 0 => new BootFailure(KeyUpdate),
        InvalidMac => new BootFailure(BadRecord),
        EcpVerifyFailed or RsaVerifyFailed or RsaPadding or SignatureTooLong => new BootFailure(BadProof),
        BadCertificateStatus => new BootFailure(BadCertificate),
        _ when IsCertificate(status) => new BootFailure(BadCertificate),
        _ when CryptoFailure.IsOutOfMemory(status) => new BootFailure(CryptoFailure.OutOfMemory),
        _ => new BootFailure(ProtocolError, $"The server broke the TLS protocol (-0x{-status:x4})"),
    };

    private static BootFailure OfAlert(int alert, TlsPlace place, bool hasOwn)
    {
        bool isGeneral = alert == HandshakeFailureAlert;   // TLS 1.2 has no other for a missing certificate
        if (alert == ProtocolVersionAlert) return new BootFailure(NoCommonVersion);
        if (isGeneral && (place & TlsPlace.Hello) != 0) return new BootFailure(NoCommonCipher);
        if (alert == CertificateRequiredAlert || (isGeneral && (place & TlsPlace.AsksForCertificate) != 0 && !hasOwn))
            return new BootFailure(NoOwnCertificate);
        return new BootFailure(Refused, $"The server refused the TLS connection: {TlsAlerts.NameOf(alert)}");
    }

    private static bool IsCertificate(int status)
    {
        int upper = -(-status & ~0x7f);
        return upper is (<= X509First and >= X509Last) or (<= KeyFirst and >= KeyLast)
            && !CryptoFailure.IsOutOfMemory(status);
    }
}
