/* What mbedTLS asks of its platform. Everything but the printing is C#, called through the hooks. */
#pragma once
#include <stddef.h>
#include <stdarg.h>

struct bootlace_hooks
{
    void *(*calloc)(size_t count, size_t size);
    void (*free)(void *block);
    int (*random)(unsigned char *target, size_t length);
    long long (*time)(void);          /* seconds since 1970, UTC */
    long long (*milliseconds)(void);  /* since any moment, never back */
    void (*calendar)(long long seconds, int *fields);  /* year, month 1-12, day, hour, minute, second */
};

void *bootlace_calloc(size_t count, size_t size);
void bootlace_free(void *block);
long long bootlace_time(long long *result);
int bootlace_snprintf(char *target, size_t room, const char *format, ...);
int bootlace_vsnprintf(char *target, size_t room, const char *format, va_list arguments);
