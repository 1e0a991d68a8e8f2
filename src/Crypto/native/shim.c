/* What C# cannot say of mbedTLS: its header's inline functions, the sizes of its structures, its variadic printing,
   and one register. */
#include <string.h>
#include <time.h>
#include "mbedtls/chachapoly.h"
#include "mbedtls/entropy.h"
#include "mbedtls/gcm.h"
#include "mbedtls/md.h"
#include "mbedtls/platform_time.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/ssl.h"
#include "mbedtls/version.h"
#include "mbedtls/x509_crt.h"

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
        sizeof(mbedtls_gcm_context), sizeof(mbedtls_chachapoly_context),
    };
    return structure >= 0 && (size_t) structure < sizeof sizes / sizeof *sizes ? sizes[structure] : 0;
}

/* The order is that of the enumeration CertificatePart in C#. */
const void *bootlace_certificate_part(const mbedtls_x509_crt *certificate, int part, size_t *length)
{
    const mbedtls_x509_buf *parts[] = {
        &certificate->raw, &certificate->tbs, &certificate->serial, &certificate->issuer_raw,
        &certificate->subject_raw, &certificate->pk_raw, &certificate->subject_key_id,
        &certificate->authority_key_id.keyIdentifier,
    };
    if (part < 0 || (size_t) part >= sizeof parts / sizeof *parts)
        return 0;
    *length = parts[part]->len;
    return parts[part]->p;
}

mbedtls_x509_crt *bootlace_certificate_next(const mbedtls_x509_crt *certificate)
{
    return certificate->next;
}

mbedtls_pk_context *bootlace_certificate_key(mbedtls_x509_crt *certificate)
{
    return &certificate->pk;
}

/* From and to: year, month, day, hour, minute, second each. The result: bit 0 an authority, bit 1 issued by itself. */
int bootlace_certificate_facts(const mbedtls_x509_crt *certificate, int *dates)
{
    memcpy(dates, &certificate->valid_from, 6 * sizeof(int));
    memcpy(dates + 6, &certificate->valid_to, 6 * sizeof(int));
    int own = certificate->issuer_raw.len == certificate->subject_raw.len
        && memcmp(certificate->issuer_raw.p, certificate->subject_raw.p, certificate->issuer_raw.len) == 0;
    return (certificate->MBEDTLS_PRIVATE(ca_istrue) ? 1 : 0) | own << 1;
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

int bootlace_is_connected(mbedtls_ssl_context *tls)
{
    return mbedtls_ssl_is_handshake_over(tls);
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
