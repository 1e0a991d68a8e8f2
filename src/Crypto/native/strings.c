/* The string functions that mbedTLS calls. */
#include <string.h>

size_t strlen(const char *text)
{
    size_t length = 0;
    while (text[length] != 0)
        length++;
    return length;
}

int strcmp(const char *left, const char *right)
{
    while (*left != 0 && *left == *right) {
        left++;
        right++;
    }
    return (unsigned char) *left - (unsigned char) *right;
}

int strncmp(const char *left, const char *right, size_t length)
{
    for (; length > 0; length--, left++, right++)
        if (*left != *right || *left == 0)
            return (unsigned char) *left - (unsigned char) *right;
    return 0;
}

char *strchr(const char *text, int wanted)
{
    for (;; text++) {
        if (*text == (char) wanted)
            return (char *) text;
        if (*text == 0)
            return 0;
    }
}

char *strstr(const char *text, const char *wanted)
{
    size_t length = strlen(wanted);
    for (; *text != 0; text++)
        if (strncmp(text, wanted, length) == 0)
            return (char *) text;
    return length == 0 ? (char *) text : 0;
}
