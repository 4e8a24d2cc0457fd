// What a program wrote: the head and the tail are kept, the middle is counted.
#include "capture.h"
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

void capture_add(struct capture *capture, const char *bytes, size_t size)
{
    size_t room = CAPTURE_PART - capture->head_size;
    size_t to_head = size < room ? size : room;
    memcpy(capture->head + capture->head_size, bytes, to_head);
    capture->head_size += to_head;
    capture->total += to_head;
    bytes += to_head;
    size -= to_head;
    if (size > CAPTURE_PART) { // only the last bytes can stay
        capture->total += size - CAPTURE_PART;
        bytes += size - CAPTURE_PART;
        size = CAPTURE_PART;
    }
    for (size_t i = 0; i < size; i++)
        capture->tail[capture->total++ % CAPTURE_PART] = bytes[i];
}

// Whether a character may be shown as it is: no control character, and none that is invisible or turns
// the direction of the text round it.
static bool is_harmless(wchar_t character)
{
    bool hidden =
        (character >= 0x200b && character <= 0x200f) || (character >= 0x202a && character <= 0x202e) ||
        (character >= 0x2060 && character <= 0x2069) || character == 0xfeff || character == 0x061c;
    return character == L'\n' || character == L'\t' || (iswprint((wint_t)character) && !hidden);
}

// Writes bytes as printable text. Returns the end of what it wrote: at most four times as much.
static char *print(char *to, const char *bytes, size_t size, locale_t utf8)
{
    locale_t before = utf8 == (locale_t)0 ? (locale_t)0 : uselocale(utf8);
    mbstate_t state = {0};
    for (size_t at = 0; at < size;) {
        wchar_t character;
        size_t length = mbrtowc(&character, bytes + at, size - at, &state);
        bool valid = length >= 1 && length <= size - at;
        if (valid && is_harmless(character)) {
            memcpy(to, bytes + at, length);
            to += length;
            at += length;
        } else {
            state = (mbstate_t){0};
            to += sprintf(to, "\\x%02x", (unsigned char)bytes[at++]);
        }
    }
    if (before != (locale_t)0)
        uselocale(before);
    return to;
}

char *capture_text(const struct capture *capture)
{
    char gap[80] = "";
    size_t tail_size = capture->total - capture->head_size;
    if (tail_size > CAPTURE_PART) {
        snprintf(gap, sizeof gap, "\n[... %zu bytes left out ...]\n", tail_size - CAPTURE_PART);
        tail_size = CAPTURE_PART;
    }
    size_t size = capture->head_size + strlen(gap) + tail_size;
    char *bytes = malloc(size + 1);
    char *text = malloc(4 * size + 1);
    if (bytes == NULL || text == NULL) {
        free(bytes);
        free(text);
        return NULL;
    }
    memcpy(bytes, capture->head, capture->head_size);
    memcpy(bytes + capture->head_size, gap, strlen(gap));
    char *end = bytes + capture->head_size + strlen(gap);
    for (size_t at = capture->total - tail_size; at < capture->total; at++)
        *end++ = capture->tail[at % CAPTURE_PART];
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); // without it only ASCII stays
    *print(text, bytes, size, utf8) = '\0';
    if (utf8 != (locale_t)0)
        freelocale(utf8);
    free(bytes);
    return text;
}
