using Bootlace.Wire;

namespace Bootlace.Crypto;

/// <summary>Why a certificate is not believed: area 0c, numbers from 0040.</summary>
public static class CertificateFailure
{
    /// <summary>Nobody is trusted at all.</summary>
    public static readonly FailureKind NoRoots = new(0x020c0040,
        "No certificate authority is trusted",
        "add one: './build.sh trust LOADER.efi ROOTS.pem' puts it into the loader, 'certstore --trust URI' takes it "
        + "from a script, 'set trust FINGERPRINT' names it by its SHA-256");

    /// <summary>The server's certificate is for other hosts.</summary>
    public static readonly FailureKind WrongHost = new(0x020c0041,
        "The server's certificate is for another host",
        "use a name that is in its subjectAltName, or have the server's certificate issued for this one");

    /// <summary>The chain ends at somebody we do not trust.</summary>
    public static readonly FailureKind UnknownAuthority = new(0x020c0042,
        "The certificate was issued by an authority that is not trusted",
        "trust it by 'certstore --trust', or give the authority between by 'certstore': certstat lists those at hand");

    /// <summary>Its time is over.</summary>
    public static readonly FailureKind Expired = new(0x020c0043,
        "A certificate has expired", "renew it on the server; 'ntp SERVER' helps where our clock is wrong");

    /// <summary>Its time has not begun.</summary>
    public static readonly FailureKind NotYetValid = new(0x020c0044,
        "A certificate is not valid yet", "our clock is probably wrong: 'ntp SERVER' sets it");

    /// <summary>It vouches for itself, and nobody else does.</summary>
    public static readonly FailureKind SelfSigned = new(0x020c0045,
        "The certificate is self-signed and not trusted",
        "compare its fingerprint with the server's, then trust it by 'set trust' or 'certstore --trust'");

    /// <summary>It is for other uses.</summary>
    public static readonly FailureKind WrongUsage = new(0x020c0046,
        "A certificate is for another use", "its extended key usage must name serverAuth or codeSigning");

    /// <summary>A signature does not belong to it.</summary>
    public static readonly FailureKind BadChain = new(0x020c0047,
        "The signature on a certificate is wrong", "the server sends certificates that do not belong together");

    /// <summary>It was issued by somebody who is no authority.</summary>
    public static readonly FailureKind NotAnAuthority = new(0x020c0048,
        "A certificate was issued by one that may not issue any",
        "an authority needs basicConstraints CA:TRUE, and keyCertSign if it has keyUsage at all");

    /// <summary>There are more authorities between than one of them allows, or than we follow.</summary>
    public static readonly FailureKind PathTooLong = new(0x020c0049,
        "There are too many authorities between the certificate and its root",
        "an authority's pathlen forbids it, or there are more than ten");

    /// <summary>An authority vouches for names it may not vouch for.</summary>
    public static readonly FailureKind NameNotPermitted = new(0x020c004a,
        "An authority may not vouch for that name", "see the nameConstraints of the authorities above");

    /// <summary>It says something that must be understood, and we do not.</summary>
    public static readonly FailureKind UnknownCritical = new(0x020c004b,
        "A certificate has a critical extension that is not known here",
        "issue it without, or not marked as critical");

    /// <summary>A key is too short.</summary>
    public static readonly FailureKind WeakKey = new(0x020c004c,
        "A certificate's key is too weak", "RSA needs 2048 bits or more; or use ECDSA on P-256");

    /// <summary>A signature rests on a broken hash.</summary>
    public static readonly FailureKind WeakHash = new(0x020c004d,
        "A certificate's signature rests on a hash that is too weak", "issue it anew with SHA-256");

    /// <summary>A key or signature of a kind we do not have.</summary>
    public static readonly FailureKind UnknownAlgorithm = new(0x3c0c004e,
        "A certificate's key or signature is of a kind that is not known here",
        "RSA, and ECDSA on P-256, P-384 or P-521 are known");

    /// <summary>It is no certificate, or contradicts itself.</summary>
    public static readonly FailureKind BadCertificate = new(0x1c0c004f,
        "A certificate is damaged", "look at it with 'openssl x509 -text'");

    /// <summary>More certificates than we look at.</summary>
    public static readonly FailureKind TooMany = new(0x460c0050,
        "There are too many certificates", "at most 64 beside the trusted ones are looked at");

    /// <summary>A file of certificates that has none.</summary>
    public static readonly FailureKind NoCertificate = new(0x1c0c0051,
        "There is no certificate in that", "PEM and DER are read");

    /// <summary>Its issuer has taken it back.</summary>
    public static readonly FailureKind Revoked = new(0x020c0052,
        "A certificate has been revoked", "the server needs a new one; ask who issued it");

    /// <summary>Nobody says whether it was revoked, and somebody must.</summary>
    public static readonly FailureKind RevocationUnknown = new(0x020c0053,
        "It cannot be learned whether a certificate was revoked",
        "the responder must be reachable over HTTP; 'clear ocsp' does without it");

    /// <summary>The setting <c>trust</c> is not what it must be.</summary>
    public static readonly FailureKind BadFingerprints = new(0x1c0c0054,
        "The setting 'trust' is no list of fingerprints",
        "each is a SHA-256, 32 bytes: openssl x509 -in CA.pem -noout -fingerprint -sha256; at most 64 of them");
}
