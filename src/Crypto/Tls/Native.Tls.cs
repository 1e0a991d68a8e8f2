using System.Runtime.InteropServices;

namespace Bootlace.Crypto;

// mbedtls/ssl.h, and what native/shim.c has of it
internal static unsafe partial class Native
{
    [DllImport(Library, EntryPoint = "mbedtls_ssl_config_init")]
    public static extern void OptionsInitialize(nint options);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_config_free")]
    public static extern void OptionsFree(nint options);

    [DllImport(Library, EntryPoint = "bootlace_client")]
    public static extern int OptionsOfClient(nint options);

    [DllImport(Library, EntryPoint = "bootlace_versions")]
    public static extern void OptionsVersions(nint options, int least, int most);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_conf_ciphersuites")]
    public static extern void OptionsSuites(nint options, nint list);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_conf_alpn_protocols")]
    public static extern int OptionsProtocols(nint options, nint list);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_conf_own_cert")]
    public static extern int OptionsOwnCertificate(nint options, nint chain, nint key);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_init")]
    public static extern void TlsInitialize(nint tls);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_free")]
    public static extern void TlsFree(nint tls);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_setup")]
    public static extern int TlsSetup(nint tls, nint options);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_set_hostname")]
    public static extern int TlsServerName(nint tls, byte* name);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_set_bio")]
    public static extern void TlsTransport(
        nint tls, nint context, delegate* unmanaged<nint, byte*, nuint, int> send,
        delegate* unmanaged<nint, byte*, nuint, int> receive, nint receiveWithin);

    [DllImport(Library, EntryPoint = "bootlace_handshake")]
    public static extern int TlsHandshake(nint tls, int* hasCertificates);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_read")]
    public static extern int TlsRead(nint tls, byte* target, nuint length);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_write")]
    public static extern int TlsWrite(nint tls, byte* bytes, nuint length);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_close_notify")]
    public static extern int TlsClose(nint tls);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_send_alert_message")]
    public static extern int TlsSendAlert(nint tls, byte level, byte alert);

    [DllImport(Library, EntryPoint = "bootlace_alert")]
    public static extern int TlsAlert(nint tls);

    [DllImport(Library, EntryPoint = "bootlace_place")]
    public static extern int TlsPlace(nint tls);

    [DllImport(Library, EntryPoint = "bootlace_version")]
    public static extern int TlsVersion(nint tls);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_get_ciphersuite_id_from_ssl")]
    public static extern int TlsSuite(nint tls);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_get_alpn_protocol")]
    public static extern byte* TlsProtocol(nint tls);

    [DllImport(Library, EntryPoint = "bootlace_peer")]
    public static extern nint TlsPeer(nint tls);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_get_session")]
    public static extern int TlsGetTicket(nint tls, nint ticket);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_set_session")]
    public static extern int TlsSetTicket(nint tls, nint ticket);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_session_init")]
    public static extern void TicketInitialize(nint ticket);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_session_free")]
    public static extern void TicketFree(nint ticket);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_session_load")]
    public static extern int TicketLoad(nint ticket, byte* bytes, nuint length);

    [DllImport(Library, EntryPoint = "mbedtls_ssl_session_save")]
    public static extern int TicketSave(nint ticket, byte* target, nuint room, nuint* length);
}
