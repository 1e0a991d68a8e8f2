using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Why an image cannot be decrypted. Area 0d, numbers from 0040.</summary>
public static class EnvelopeFailure
{
    /// <summary>A file that is no envelope.</summary>
    public static readonly FailureKind NotAnEnvelope =
        new(0x1c0d0040, "The file is no CMS envelope",
            "make it by 'openssl cms -encrypt -binary -aes-256-gcm -outform DER', and 'cmsdetach' the data from it");
    /// <summary>An envelope as mail carries it.</summary>
    public static readonly FailureKind IsMail =
        new(0x3c0d0041, "The envelope is an S/MIME mail", "make it anew with '-outform DER'");
    /// <summary>An envelope longer than any without the data.</summary>
    public static readonly FailureKind EnvelopeTooLarge =
        new(0x230d0042, "The envelope is too large",
            "detach the encrypted data from it, by iPXE's 'cmsdetach': 1 MiB at most");
    /// <summary>No private key.</summary>
    public static readonly FailureKind NoPrivateKey =
        new(0x020d0043, "There is no private key to decrypt with", "set privkey, and cert to its certificate");
    /// <summary>Nobody whom the envelope is for has our key.</summary>
    public static readonly FailureKind NotForUs =
        new(0x020d0044, "The envelope is not for our certificate",
            "encrypt for the certificate of privkey, and set cert to it or add it by 'certstore'");
    /// <summary>A key we cannot decrypt.</summary>
    public static readonly FailureKind UnknownTransport =
        new(0x3c0d0045, "The envelope's key is encrypted in a way we do not know",
            "encrypt for a certificate with an RSA key, with PKCS #1 or with OAEP and one hash");
    /// <summary>A cipher we do not have.</summary>
    public static readonly FailureKind UnknownCipher =
        new(0x3c0d0046, "The image is encrypted in a way we do not know",
            "encrypt with '-aes-128-gcm', '-aes-192-gcm', '-aes-256-gcm', or with '-cbc' instead of '-gcm'");
    /// <summary>An image that ends within a block.</summary>
    public static readonly FailureKind Truncated =
        new(0x1c0d0047, "The encrypted image is truncated",
            "compare its size with that of the file on the server: AES-CBC makes multiples of 16 bytes");
    /// <summary>An image longer than the cipher takes.</summary>
    public static readonly FailureKind ImageTooLarge =
        new(0x230d0048, "The image is too large for AES-GCM", "encrypt less than 4 GiB at once");
    /// <summary>A wrong key, padding or tag: which of them is not told.</summary>
    public static readonly FailureKind DoesNotFit =
        new(0x020d0049, "The image cannot be decrypted",
            "image or envelope was changed, or they do not belong together: compare both with the originals");
}
