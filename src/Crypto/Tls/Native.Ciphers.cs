using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

// mbedtls/gcm.h and chachapoly.h
internal static unsafe partial class Native
{
    [DllImport(Library, EntryPoint = "mbedtls_gcm_init")]
    public static extern void GcmInitialize(nint gcm);

    [DllImport(Library, EntryPoint = "mbedtls_gcm_free")]
    public static extern void GcmFree(nint gcm);

    [DllImport(Library, EntryPoint = "mbedtls_gcm_setkey")]
    public static extern int GcmKey(nint gcm, int cipher, byte* key, uint bits);

    [DllImport(Library, EntryPoint = "mbedtls_gcm_crypt_and_tag")]
    public static extern int GcmCrypt(
        nint gcm, int mode, nuint length, byte* nonce, nuint nonceLength, byte* more, nuint moreLength, byte* input,
        byte* output, nuint tagLength, byte* tag);

    [DllImport(Library, EntryPoint = "mbedtls_chachapoly_init")]
    public static extern void ChaChaPolyInitialize(nint chaCha);

    [DllImport(Library, EntryPoint = "mbedtls_chachapoly_free")]
    public static extern void ChaChaPolyFree(nint chaCha);

    [DllImport(Library, EntryPoint = "mbedtls_chachapoly_setkey")]
    public static extern int ChaChaPolyKey(nint chaCha, byte* key);

    [DllImport(Library, EntryPoint = "mbedtls_chachapoly_encrypt_and_tag")]
    public static extern int ChaChaPolyEncrypt(
        nint chaCha, nuint length, byte* nonce, byte* more, nuint moreLength, byte* input, byte* output, byte* tag);
}
