using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

// mbedtls/pk.h, and rsa.h as native/shim.c shows it
internal static unsafe partial class Native
{
    [DllImport(Library, EntryPoint = "mbedtls_pk_init")]
    public static extern void KeyInitialize(nint key);

    [DllImport(Library, EntryPoint = "mbedtls_pk_free")]
    public static extern void KeyFree(nint key);

    [DllImport(Library, EntryPoint = "mbedtls_pk_parse_public_key")]
    public static extern int KeyReadPublic(nint key, byte* bytes, nuint length);

    [DllImport(Library, EntryPoint = "bootlace_read_key")]
    public static extern int KeyReadPrivate(nint key, byte* bytes, nuint length);

    [DllImport(Library, EntryPoint = "bootlace_match")]
    public static extern int KeyMatches(nint publicKey, nint privateKey);

    [DllImport(Library, EntryPoint = "bootlace_decrypt")]
    public static extern int KeyDecrypt(
        nint key, int oaepHash, byte* input, nuint length, byte* output, nuint room, nuint* written);

    [DllImport(Library, EntryPoint = "mbedtls_pk_can_do")]
    public static extern int KeyCan(nint key, int type);

    [DllImport(Library, EntryPoint = "mbedtls_pk_get_bitlen")]
    public static extern nuint KeyBits(nint key);

    [DllImport(Library, EntryPoint = "mbedtls_pk_verify_ext")]
    public static extern int KeyVerify(
        int type, PssOptions* options, nint key, int digestAlgorithm, byte* digest, nuint digestLength, byte* signature,
        nuint signatureLength);

    /// <summary>mbedtls_pk_rsassa_pss_options</summary>
    public struct PssOptions
    {
        public int MaskAlgorithm;
        public int SaltBytes;
    }
}
