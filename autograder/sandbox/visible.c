// Text from a stranger, as it may be shown anywhere.
#include "visible.h"
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

// Characters that iswprint() calls printable, but that nobody sees, that turn the direction of the text
// round them, or that mean something to some program only (Unicode's Default_Ignorable_Code_Point,
// Bidi_Control and private use).
static const struct {
    wchar_t first;
    wchar_t last;
} hidden[] = {
    {0xad, 0xad},       {0x34f, 0x34f},     {0x61c, 0x61c},      {0x115f, 0x1160}, {0x17b4, 0x17b5},
    {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},    {0x2060, 0x206f}, {0x3164, 0x3164},
    {0xe000, 0xf8ff},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},    {0xffa0, 0xffa0}, {0xfff0, 0xfffb},
    {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff},
};

static bool is_visible(wchar_t character)
{
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (character >= hidden[i].first && character <= hidden[i].last)
            return false;
    return character == L'\n' || character == L'\t' || iswprint((wint_t)character);
}

// At most four times as long as the bytes.
static void show(char *to, const char *bytes, size_t size)
{
    mbstate_t state = {0};
    for (size_t at = 0; at < size;) {
        wchar_t character;
        size_t length = mbrtowc(&character, bytes + at, size - at, &state);
        bool valid = length >= 1 && length <= size - at;
        if (valid && is_visible(character)) {
            memcpy(to, bytes + at, length);
            to += length;
            at += length;
        } else {
            state = (mbstate_t){0};
            to += sprintf(to, "\\x%02x", (unsigned char)bytes[at++]);
        }
    }
    *to = '\0';
}

// Most texts are, and then no locale is needed, which takes longer than all the rest.
static bool is_plain(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((bytes[i] < ' ' || bytes[i] > '~') && bytes[i] != '\n' && bytes[i] != '\t')
            return false;
    return true;
}

char *visible_text(const char *bytes, size_t size)
{
    if (is_plain(bytes, size))
        return strndup(bytes, size);
    char *text = malloc(4 * size + 1);
    if (text == NULL)
        return NULL;
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); // without it only ASCII stays
    locale_t before = utf8 == (locale_t)0 ? (locale_t)0 : uselocale(utf8);
    show(text, bytes, size);
    if (before != (locale_t)0)
        uselocale(before);
    if (utf8 != (locale_t)0)
        freelocale(utf8);
    return text;
}
