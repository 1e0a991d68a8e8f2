/* What C# cannot say of mbedTLS: its header's inline functions, the sizes of its structures, its private fields, its
   variadic printing, and one register. */
#define MBEDTLS_ALLOW_PRIVATE_ACCESS
#include <string.h>
#include <time.h>
#include "mbedtls/aes.h"
#include "mbedtls/chachapoly.h"
#include "mbedtls/entropy.h"
#include "mbedtls/gcm.h"
#include "mbedtls/md.h"
#include "mbedtls/platform_time.h"
#include "mbedtls/platform_util.h"
#include "psa/crypto.h"
#include "mbedtls/ssl.h"
#include "mbedtls/version.h"
#include "mbedtls/x509_crt.h"
#include "ssl_misc.h"

#if MBEDTLS_VERSION_NUMBER < 0x03060700 || MBEDTLS_VERSION_NUMBER >= 0x03070000
#error "mbedTLS 3.6.7 or a later 3.6 is needed: earlier ones cannot talk TLS 1.2 with many servers."
#endif

static struct bootlace_hooks hooks;

void bootlace_attach(const struct bootlace_hooks *given)
{
    hooks = *given;
}

void *bootlace_calloc(size_t count, size_t size)
{
    return hooks.calloc(count, size);
}

void bootlace_free(void *block)
{
    if (block != 0)
        hooks.free(block);
}

long long bootlace_time(long long *result)
{
    long long now = hooks.time();
    if (result != 0)
        *result = now;
    return now;
}

mbedtls_ms_time_t mbedtls_ms_time(void)
{
    return hooks.milliseconds();
}

struct tm *mbedtls_platform_gmtime_r(const mbedtls_time_t *seconds, struct tm *target)
{
    int fields[6];
    hooks.calendar(*seconds, fields);
    target->tm_year = fields[0] - 1900;
    target->tm_mon = fields[1] - 1;
    target->tm_mday = fields[2];
    target->tm_hour = fields[3];
    target->tm_min = fields[4];
    target->tm_sec = fields[5];
    return target;
}

int mbedtls_hardware_poll(void *unused, unsigned char *target, size_t length, size_t *filled)
{
    (void) unused;
    *filled = 0;
    if (hooks.random(target, length) != 0)
        return MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
    *filled = length;
    return 0;
}

/* Whoever prints, prints nothing: texts are made in C#. The linker drops these with their last caller. */
int bootlace_snprintf(char *target, size_t room, const char *format, ...)
{
    (void) format;
    if (room > 0)
        *target = 0;
    return -1;
}

int bootlace_vsnprintf(char *target, size_t room, const char *format, va_list arguments)
{
    (void) arguments;
    return bootlace_snprintf(target, room, format);
}

/* The order is that of the enumeration Structure in C#. */
size_t bootlace_size(int structure)
{
    static const unsigned short sizes[] = {
        sizeof(mbedtls_md_context_t), sizeof(mbedtls_x509_crt), sizeof(mbedtls_pk_context),
        sizeof(mbedtls_ssl_config), sizeof(mbedtls_ssl_context), sizeof(mbedtls_ssl_session),
        sizeof(mbedtls_gcm_context), sizeof(mbedtls_chachapoly_context), sizeof(mbedtls_aes_context),
    };
    return structure >= 0 && (size_t) structure < sizeof sizes / sizeof *sizes ? sizes[structure] : 0;
}

/* As mbedtls_x509_crt_parse_der, which the TLS files call by this name: extensions the library does not know pass, also
   critical ones. C# reads the certificate again and judges it, and knows more of them. */
static int any_extension(void *unused, const mbedtls_x509_crt *certificate, const mbedtls_x509_buf *id, int critical,
                         const unsigned char *start, const unsigned char *end)
{
    (void) unused, (void) certificate, (void) id, (void) critical, (void) start, (void) end;
    return 0;
}

int bootlace_read_certificate(mbedtls_x509_crt *chain, const unsigned char *bytes, size_t length)
{
    return mbedtls_x509_crt_parse_der_with_ext_cb(chain, bytes, length, 1, any_extension, 0);
}

const mbedtls_x509_crt *bootlace_next(const mbedtls_x509_crt *certificate)
{
    return certificate->next;
}

const unsigned char *bootlace_encoded(const mbedtls_x509_crt *certificate, size_t *length)
{
    *length = certificate->raw.len;
    return certificate->raw.p;
}

static int chance(void *unused, unsigned char *target, size_t length)
{
    (void) unused;
    return psa_generate_random(target, length) == PSA_SUCCESS ? 0 : MBEDTLS_ERR_ENTROPY_SOURCE_FAILED;
}

int bootlace_read_key(mbedtls_pk_context *key, const unsigned char *bytes, size_t length)
{
    return mbedtls_pk_parse_key(key, bytes, length, 0, 0, chance, 0);
}

/* Whether the private key is that of the public one. */
int bootlace_match(mbedtls_pk_context *public_key, mbedtls_pk_context *private_key)
{
    return mbedtls_pk_check_pair(public_key, private_key, chance, 0);
}

/* Decrypts what is encrypted for an RSA key: PKCS #1 version 1.5, or OAEP with that hash. */
int bootlace_decrypt(mbedtls_pk_context *key, int oaep_hash, const unsigned char *input, size_t length,
                     unsigned char *output, size_t room, size_t *written)
{
    *written = 0;
    if (mbedtls_pk_get_type(key) != MBEDTLS_PK_RSA)
        return MBEDTLS_ERR_PK_TYPE_MISMATCH;
    mbedtls_rsa_context *rsa = mbedtls_pk_rsa(*key);
    if (length != mbedtls_rsa_get_len(rsa))
        return MBEDTLS_ERR_RSA_BAD_INPUT_DATA;
    int status = mbedtls_rsa_set_padding(rsa, oaep_hash != 0 ? MBEDTLS_RSA_PKCS_V21 : MBEDTLS_RSA_PKCS_V15,
                                         (mbedtls_md_type_t) oaep_hash);
    return status != 0 ? status : mbedtls_rsa_pkcs1_decrypt(rsa, chance, 0, written, input, output, room);
}

/* A client's options. C# judges the certificates, in the middle of the handshake. */
int bootlace_client(mbedtls_ssl_config *options)
{
    int status = mbedtls_ssl_config_defaults(options, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM,
                                             MBEDTLS_SSL_PRESET_DEFAULT);
    if (status != 0)
        return status;
    mbedtls_ssl_conf_rng(options, chance, 0);
    mbedtls_ssl_conf_authmode(options, MBEDTLS_SSL_VERIFY_NONE);
    mbedtls_ssl_conf_tls13_enable_signal_new_session_tickets(
        options, MBEDTLS_SSL_TLS1_3_SIGNAL_NEW_SESSION_TICKETS_ENABLED);
    return 0;
}

/* Goes on with the handshake. Stops with 0 when it is done, and when the server's certificates have just been read. */
int bootlace_handshake(mbedtls_ssl_context *tls, int *has_certificates)
{
    *has_certificates = 0;
    while (!mbedtls_ssl_is_handshake_over(tls)) {
        int before = tls->state;
        /* The cookie of a HelloRetryRequest answers nothing that we sent (RFC 8446, 4.2); the library wants it to. */
        if (before == MBEDTLS_SSL_SERVER_HELLO)
            tls->handshake->sent_extensions |= (uint32_t) MBEDTLS_SSL_EXT_MASK(COOKIE);
        int status = mbedtls_ssl_handshake_step(tls);
        if (status != 0)
            return status;
        *has_certificates = before == MBEDTLS_SSL_SERVER_CERTIFICATE && tls->state != before;
        if (*has_certificates)
            break;
    }
    return 0;
}

const mbedtls_x509_crt *bootlace_peer(const mbedtls_ssl_context *tls)
{
    const mbedtls_ssl_session *session = tls->session_negotiate != 0 ? tls->session_negotiate : tls->session;
    return session != 0 ? session->peer_cert : 0;
}

/* The number of the alert that a call has just failed with; negative: none came. The library has one status for alerts
   that come, and for some that it sends. */
int bootlace_alert(const mbedtls_ssl_context *tls)
{
    return tls->in_msg != 0 && tls->in_msgtype == MBEDTLS_SSL_MSG_ALERT ? tls->in_msg[1] : -1;
}

/* What a call on a session was at when it failed; the bits are those of the enumeration TlsPlace in C#. */
int bootlace_place(const mbedtls_ssl_context *tls)
{
    enum { random_end = 4 + 2 + 32, key_update = 24 };
    int place = 0;
    if (tls->state <= MBEDTLS_SSL_SERVER_HELLO)
        place |= 1;
    if (tls->state == MBEDTLS_SSL_CERTIFICATE_VERIFY || tls->state == MBEDTLS_SSL_SERVER_FINISHED)
        place |= 2;
    if (tls->handshake != 0 && tls->handshake->client_auth)
        place |= 4;
    if (tls->in_msg == 0 || tls->in_msgtype != MBEDTLS_SSL_MSG_HANDSHAKE)
        return place;
    if (tls->state == MBEDTLS_SSL_SERVER_HELLO && tls->in_msg[0] == MBEDTLS_SSL_HS_SERVER_HELLO
        && tls->in_hslen >= random_end && memcmp(tls->in_msg + random_end - 8, "DOWNGRD", 7) == 0)
        place |= 8;
    if (tls->state == MBEDTLS_SSL_HANDSHAKE_OVER && tls->tls_version == MBEDTLS_SSL_VERSION_TLS1_3
        && tls->in_msg[0] == key_update)
        place |= 16;
    return place;
}

void bootlace_versions(mbedtls_ssl_config *config, int least, int most)
{
    mbedtls_ssl_conf_min_tls_version(config, (mbedtls_ssl_protocol_version) least);
    mbedtls_ssl_conf_max_tls_version(config, (mbedtls_ssl_protocol_version) most);
}

int bootlace_version(const mbedtls_ssl_context *tls)
{
    return (int) mbedtls_ssl_get_version_number(tls);
}

#if defined(__aarch64__)
#include <sys/auxv.h>

/* Linux's bits, from the register they are made of: without them the library takes AES instructions for granted. */
unsigned long getauxval(unsigned long kind)
{
    unsigned long long isar;
    __asm__("mrs %0, ID_AA64ISAR0_EL1" : "=r"(isar));
    unsigned aes = isar >> 4 & 15, sha2 = isar >> 12 & 15;
    if (kind != AT_HWCAP)
        return 0;
    return 1ul << 1 | (aes >= 1 ? 1ul << 3 : 0) | (aes >= 2 ? 1ul << 4 : 0)
        | (sha2 >= 1 ? 1ul << 6 : 0) | (sha2 >= 2 ? 1ul << 21 : 0);
}
#endif
