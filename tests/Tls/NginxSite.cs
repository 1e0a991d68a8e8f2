namespace Bootlace.Tests.Tls;

/// <summary>One way to speak TLS that nginx offers, each on a port of its own.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Key">The kind of its key.</param>
/// <param name="Options">More lines of its configuration.</param>
internal sealed record NginxSite(string Name, string Key, string Options)
{
    private const string Tls12 = "ssl_protocols TLSv1.2; ssl_ciphers ", Tls13 = "ssl_protocols TLSv1.3; ";
    private const string Suites = "ssl_conf_command Ciphersuites TLS_";
    private const string AsksClients = "ssl_client_certificate root.crt; ";

    public static readonly NginxSite[] All =
    [
        new("1.2 RSA", "rsa2048", Tls12 + "ECDHE-RSA-AES128-GCM-SHA256; ssl_ecdh_curve X25519;"),
        new("1.2 RSA AES-256", "rsa4096", Tls12 + "ECDHE-RSA-AES256-GCM-SHA384; ssl_ecdh_curve prime256v1;"),
        new("1.2 ECDSA", "p256", Tls12 + "ECDHE-ECDSA-AES128-GCM-SHA256; ssl_ecdh_curve secp384r1;"),
        new("1.2 ECDSA ChaCha", "p384", Tls12 + "ECDHE-ECDSA-CHACHA20-POLY1305; ssl_ecdh_curve X25519;"),
        new("1.3 RSA", "rsa3072", Tls13 + Suites + "AES_128_GCM_SHA256; ssl_ecdh_curve X25519;"),
        new("1.3 RSA AES-256", "rsa4096", Tls13 + Suites + "AES_256_GCM_SHA384; ssl_ecdh_curve prime256v1;"),
        new("1.3 ECDSA", "p256", Tls13 + Suites + "AES_128_GCM_SHA256; ssl_ecdh_curve secp384r1;"),
        new("1.3 ECDSA ChaCha", "p384", Tls13 + Suites + "CHACHA20_POLY1305_SHA256; ssl_ecdh_curve X25519;"),
        new("as it comes", "rsa2048", ""),
        new("small records", "p256", "ssl_buffer_size 1k;"),
        new("1.2 asks", "p256", "ssl_protocols TLSv1.2; ssl_verify_client optional; " + AsksClients),
        new("1.3 asks", "p256", Tls13 + "ssl_verify_client optional; " + AsksClients),
        new("1.2 wants", "p256", "ssl_protocols TLSv1.2; ssl_verify_client on; " + AsksClients),
        new("1.3 wants", "p256", Tls13 + "ssl_verify_client on; " + AsksClients),
        new("1.2 no tickets", "rsa2048", "ssl_protocols TLSv1.2; ssl_session_tickets off;"),
        new("1.3 no tickets", "rsa2048", Tls13 + "ssl_session_tickets off;"),
        new("two keys", "p256", "ssl_certificate rsa2048.crt; ssl_certificate_key rsa2048.key;"),
    ];
}
