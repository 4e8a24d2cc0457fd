// Names that strangers chose, made harmless.
#include "shown.h"
#include "digest.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// Characters that show nothing, or that change how others are shown: line ends, directions (bidi),
// joiners, tags, and what is for private use.
static bool is_printable(uint32_t c)
{
    static const uint32_t not_printable[][2] = {
        {0x0, 0x1f},      {0x7f, 0xa0},     {0xad, 0xad},       {0x61c, 0x61c},        {0x115f, 0x1160},
        {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f},   {0x2028, 0x202f},      {0x205f, 0x206f},
        {0x3000, 0x3000}, {0x3164, 0x3164}, {0xd800, 0xf8ff},   {0xfe00, 0xfe0f},      {0xfeff, 0xfeff},
        {0xffa0, 0xffa0}, {0xfff0, 0xffff}, {0x1d173, 0x1d17a}, {0xe0000, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof not_printable / sizeof *not_printable; i++)
        if (c >= not_printable[i][0] && c <= not_printable[i][1])
            return false;
    return true;
}

// How many bytes the printable character has that `text` begins with; 0 if it begins with none (RFC
// 3629).
static size_t character(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t size = byte[0] < 0x80 ? 1 : byte[0] < 0xc0 ? 0 : byte[0] < 0xe0 ? 2 : byte[0] < 0xf0 ? 3 : 4;
    uint32_t c = size == 1 ? byte[0] : byte[0] & (0x7fU >> size);
    for (size_t i = 1; i < size; i++) {
        if ((byte[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (byte[i] & 0x3f);
    }
    return size > 0 && byte[0] < 0xf8 && c >= least[size] && is_printable(c) ? size : 0;
}

char *shown_name(const char *name, char *shown, size_t size)
{
    size_t used = 0, whole = 0; // `whole`: so much leaves room for "..."
    while (*name != '\0') {
        char part[8];
        size_t length = character(name);
        if (length == 0)
            snprintf(part, sizeof part, "\\x%02x", (unsigned char)*name);
        else
            snprintf(part, sizeof part, "%.*s%s", (int)length, name, *name == '\\' ? "\\" : "");
        if (used + strlen(part) + 1 > size) {
            snprintf(shown + whole, size - whole, "...");
            return shown;
        }
        memcpy(shown + used, part, strlen(part));
        used += strlen(part);
        whole = used + 4 <= size ? used : whole;
        name += length == 0 ? 1 : length;
    }
    shown[used] = '\0';
    return shown;
}

char *shown_file(const char *shown, char *file)
{
    enum { LONGEST = 200, KEPT = 150 };
    char digest[DIGEST_SIZE];
    if (strlen(shown) <= LONGEST) {
        snprintf(file, SHOWN_SIZE, "%s", shown);
        return file;
    }
    size_t kept = KEPT;
    while (((unsigned char)shown[kept] & 0xc0) == 0x80) // not in the middle of a character
        kept--;
    digest_bytes(shown, strlen(shown), digest);
    snprintf(file, SHOWN_SIZE, "%.*s-%.16s", (int)kept, shown, digest);
    return file;
}
