/* The mem functions for the library that host tests load, which stands alone; in the firmware runtime/ has them. */
#include <string.h>

void *(memcpy)(void *restrict target, const void *restrict source, size_t length)
{
    return (memmove)(target, source, length);
}

void *(memmove)(void *target, const void *source, size_t length)
{
    unsigned char *to = target;
    const unsigned char *from = source;
    if (to <= from)
        for (size_t at = 0; at < length; at++)
            to[at] = from[at];
    else
        for (size_t at = length; at > 0; at--)
            to[at - 1] = from[at - 1];
    return target;
}

void *(memset)(void *target, int value, size_t length)
{
    for (size_t at = 0; at < length; at++)
        ((unsigned char *) target)[at] = (unsigned char) value;
    return target;
}

int memcmp(const void *left, const void *right, size_t length)
{
    const unsigned char *a = left, *b = right;
    for (size_t at = 0; at < length; at++)
        if (a[at] != b[at])
            return a[at] - b[at];
    return 0;
}
