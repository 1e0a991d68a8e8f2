/* Declarations only: runtime/ has the mem functions in the firmware, strings.c the rest. */
#pragma once
#include <stddef.h>

/* The library reads its words by memcpy of four or eight bytes, and counts on a compiler that makes one load of it. */
#define memcpy(target, source, length) __builtin_memcpy(target, source, length)
#define memmove(target, source, length) __builtin_memmove(target, source, length)
#define memset(target, value, length) __builtin_memset(target, value, length)

void *(memcpy)(void *restrict target, const void *restrict source, size_t length);
void *(memmove)(void *target, const void *source, size_t length);
void *(memset)(void *target, int value, size_t length);
int memcmp(const void *left, const void *right, size_t length);
size_t strlen(const char *text);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t length);
char *strchr(const char *text, int wanted);
char *strstr(const char *text, const char *wanted);
