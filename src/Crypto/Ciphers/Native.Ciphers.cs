using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

// mbedtls/aes.h, gcm.h and chachapoly.h
internal static unsafe partial class Native
{
    [DllImport(Library, EntryPoint = "mbedtls_aes_init")]
    public static extern void AesInitialize(nint aes);

    [DllImport(Library, EntryPoint = "mbedtls_aes_free")]
    public static extern void AesFree(nint aes);

    [DllImport(Library, EntryPoint = "mbedtls_aes_setkey_enc")]
    public static extern int AesKeyToEncrypt(nint aes, byte* key, uint bits);

    [DllImport(Library, EntryPoint = "mbedtls_aes_setkey_dec")]
    public static extern int AesKeyToDecrypt(nint aes, byte* key, uint bits);

    [DllImport(Library, EntryPoint = "mbedtls_aes_crypt_cbc")]
    public static extern int AesCbc(nint aes, int mode, nuint length, byte* vector, byte* input, byte* output);

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

    [DllImport(Library, EntryPoint = "mbedtls_gcm_starts")]
    public static extern int GcmStart(nint gcm, int mode, byte* nonce, nuint nonceLength);

    [DllImport(Library, EntryPoint = "mbedtls_gcm_update_ad")]
    public static extern int GcmAddMore(nint gcm, byte* more, nuint moreLength);

    [DllImport(Library, EntryPoint = "mbedtls_gcm_update")]
    public static extern int GcmUpdate(
        nint gcm, byte* input, nuint inputLength, byte* output, nuint room, nuint* outputLength);

    [DllImport(Library, EntryPoint = "mbedtls_gcm_finish")]
    public static extern int GcmFinish(
        nint gcm, byte* output, nuint room, nuint* outputLength, byte* tag, nuint tagLength);

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
