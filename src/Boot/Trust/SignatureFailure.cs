using Bootlace.Wire;

namespace Bootlace.Boot;

/// <summary>Why an image is not to be trusted, or its signature cannot be checked. Area 0d. What is wrong with a
/// signer's certificate is told by the codes of area 0c.</summary>
public static class SignatureFailure
{
    /// <summary>Nobody vouches for an image that is to be used, under <c>imgtrust</c>.</summary>
    public static readonly FailureKind NotTrusted =
        new(0x020d0001, "Nobody vouches for the image, and 'imgtrust' is in force",
            "check it by 'imgverify', pin it by --sha256, or list it in a 'manifest'");
    /// <summary><c>imgtrust --allow</c> after <c>imgtrust --permanent</c>.</summary>
    public static readonly FailureKind IsPermanent =
        new(0x410d0002, "'imgtrust --permanent' is in force", "only a restart of the machine ends it");
    /// <summary>A file without the digest that the script gives.</summary>
    public static readonly FailureKind OtherDigest =
        new(0x020d0003, "The file has another SHA-256 than --sha256 says",
            "the file was changed on its way, or the script names another version");
    /// <summary>A file no manifest names.</summary>
    public static readonly FailureKind NotInManifest =
        new(0x020d0004, "The manifest does not list the file",
            "add it by sha256sum and sign again; names are relative to the manifest's own URI");
    /// <summary>A file without the digest that the manifest gives.</summary>
    public static readonly FailureKind OtherThanListed =
        new(0x020d0005, "The file has another SHA-256 than the manifest says",
            "the file was changed, or the manifest is of another version: compare both on the server");
    /// <summary>A manifest that is no list of digests.</summary>
    public static readonly FailureKind BadManifest =
        new(0x1c0d0006, "The manifest has a line that is no digest and name",
            "make it by 'sha256sum FILES'; empty lines and lines that begin with # are allowed");
    /// <summary>Two lists that contradict each other.</summary>
    public static readonly FailureKind ManifestConflict =
        new(0x140d0007, "A file is listed with two digests", "sign one list for all, or list each file once");
    /// <summary>A list too long.</summary>
    public static readonly FailureKind ManifestTooLarge =
        new(0x230d0008, "The manifest is too large", "it holds at most 4 MiB and 16384 files");
    /// <summary>A file that is no signature.</summary>
    public static readonly FailureKind NotASignature =
        new(0x1c0d0009, "The file is no CMS signature", "make it by 'openssl cms -sign -binary -outform DER'");
    /// <summary>A signature as mail carries it.</summary>
    public static readonly FailureKind IsMail =
        new(0x3c0d000a, "The signature is an S/MIME mail", "make it anew with '-outform DER'");
    /// <summary>A signature longer than any.</summary>
    public static readonly FailureKind SignatureTooLarge =
        new(0x230d000b, "The signature is too large", "make it without '-nodetach' and '-stream': 1 MiB at most");
    /// <summary>A signature without signers.</summary>
    public static readonly FailureKind NoSigners =
        new(0x020d000c, "Nobody signed: the file only carries certificates", "make it by 'openssl cms -sign'");
    /// <summary>A signer whose certificate is not at hand.</summary>
    public static readonly FailureKind NoCertificate =
        new(0x020d000d, "The signer's certificate is not at hand",
            "make the signature without '-nocerts', or add the certificate by 'certstore'");
    /// <summary>A good signature by somebody else.</summary>
    public static readonly FailureKind OtherSigner =
        new(0x020d000e, "Somebody else signed", "--signer is the common name in the signer's certificate");
    /// <summary>A signature that does not fit what was signed.</summary>
    public static readonly FailureKind BadSignature =
        new(0x020d000f, "The signature does not fit",
            "file or signature was changed, or they do not belong together: sign again with -binary");
    /// <summary>A file that is not the one that was signed.</summary>
    public static readonly FailureKind OtherFile =
        new(0x020d0010, "The file is not the one that was signed",
            "the file was changed, or it was signed without -binary");
    /// <summary>Signed attributes that speak of something else than a file.</summary>
    public static readonly FailureKind OtherContent =
        new(0x020d0011, "The signature is not that of a file", "sign the file itself by 'openssl cms -sign -binary'");
    /// <summary>A digest that can be forged.</summary>
    public static readonly FailureKind WeakHash =
        new(0x020d0012, "The signature rests on a hash that is too weak", "sign with '-md sha256'");
    /// <summary>An algorithm we do not have.</summary>
    public static readonly FailureKind UnknownAlgorithm =
        new(0x3c0d0014, "The signature is of a kind we do not know",
            "sign with RSA or with ECDSA on P-256, P-384 or P-521, and SHA-256, SHA-384 or SHA-512");
}
