// Base64 (RFC 4648), in one line.
#include "base64.h"
#include <stdint.h>

void base64_write(const char *bytes, size_t size, FILE *file)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < size; at += 3) {
        size_t left = size - at < 3 ? size - at : 3;
        uint32_t group = 0;
        for (size_t i = 0; i < 3; i++)
            group = group << 8 | (i < left ? (unsigned char)bytes[at + i] : 0);
        for (size_t i = 0; i < 4; i++)
            fputc(i <= left ? digits[group >> (18 - 6 * i) & 63] : '=', file);
    }
}
