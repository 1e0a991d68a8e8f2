using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

// mbedtls/md.h
internal static unsafe partial class Native
{
    [DllImport(Library, EntryPoint = "mbedtls_md_info_from_type")]
    public static extern nint DigestInfo(int algorithm);

    [DllImport(Library, EntryPoint = "mbedtls_md_init")]
    public static extern void DigestInitialize(nint digest);

    [DllImport(Library, EntryPoint = "mbedtls_md_free")]
    public static extern void DigestFree(nint digest);

    [DllImport(Library, EntryPoint = "mbedtls_md_setup")]
    public static extern int DigestSetup(nint digest, nint info, int hmac);

    [DllImport(Library, EntryPoint = "mbedtls_md_starts")]
    public static extern int DigestStart(nint digest);

    [DllImport(Library, EntryPoint = "mbedtls_md_update")]
    public static extern int DigestAdd(nint digest, byte* bytes, nuint length);

    [DllImport(Library, EntryPoint = "mbedtls_md_finish")]
    public static extern int DigestFinish(nint digest, byte* target);

    [DllImport(Library, EntryPoint = "mbedtls_md")]
    public static extern int DigestOf(nint info, byte* bytes, nuint length, byte* target);

    [DllImport(Library, EntryPoint = "mbedtls_md_hmac")]
    public static extern int Hmac(nint info, byte* key, nuint keyLength, byte* bytes, nuint length, byte* target);
}
