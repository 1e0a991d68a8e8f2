namespace Bootlace.Crypto;

/// <summary>The C structures whose sizes C# needs; the order is that of bootlace_size in native/shim.c.</summary>
internal enum Structure
{
    Digest, Certificate, Key, TlsOptions, Tls, TlsTicket, Gcm, ChaChaPoly, Aes,
}
