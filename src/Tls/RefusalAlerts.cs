using Bootlace.Crypto;
using Bootlace.Wire;

namespace Bootlace.Tls;

/// <summary>What a server hears when its certificates are not believed (RFC 8446, section 6.2): its log should say what
/// our screen says.</summary>
internal static class RefusalAlerts
{
    public static TlsAlert For(FailureKind kind)
    {
        if (kind == CertificateFailure.Expired || kind == CertificateFailure.NotYetValid)
            return TlsAlert.CertificateExpired;
        if (kind == CertificateFailure.UnknownAuthority || kind == CertificateFailure.SelfSigned
            || kind == CertificateFailure.NoRoots)
            return TlsAlert.UnknownAuthority;
        if (kind == CertificateFailure.Revoked) return TlsAlert.CertificateRevoked;
        if (kind == CertificateFailure.UnknownAlgorithm) return TlsAlert.UnsupportedCertificate;
        if (kind == CertificateFailure.WrongHost || kind == CertificateFailure.RevocationUnknown)
            return TlsAlert.CertificateUnknown;
        return TlsAlert.BadCertificate;
    }
}
