using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

// mbedtls/x509_crt.h as native/shim.c shows it: certificates that TLS is given or has read
internal static unsafe partial class Native
{
    [DllImport(Library, EntryPoint = "mbedtls_x509_crt_init")]
    public static extern void CertificateInitialize(nint chain);

    [DllImport(Library, EntryPoint = "mbedtls_x509_crt_free")]
    public static extern void CertificateFree(nint chain);

    [DllImport(Library, EntryPoint = "bootlace_read_certificate")]
    public static extern int CertificateAppend(nint chain, byte* bytes, nuint length);

    [DllImport(Library, EntryPoint = "bootlace_next")]
    public static extern nint CertificateNext(nint certificate);

    [DllImport(Library, EntryPoint = "bootlace_encoded")]
    public static extern byte* CertificateEncoded(nint certificate, nuint* length);
}
