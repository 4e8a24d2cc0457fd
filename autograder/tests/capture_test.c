// What capture.h promises: the head and the tail of any output, as text that is safe to show.
#include "../sandbox/capture.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST = 5 * CAPTURE_PART };

// Output in which each byte tells where it stands.
static void fill(char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-*"[i % 65];
}

static char *text_in_chunks(const char *bytes, size_t size, size_t chunk)
{
    static struct capture capture;
    capture = (struct capture){0};
    for (size_t at = 0; at < size; at += chunk)
        capture_add(&capture, bytes + at, size - at < chunk ? size - at : chunk);
    cr_expect(capture.total == size, "%zu bytes were added, but total is %zu", size, capture.total);
    char *text = capture_text(&capture);
    cr_assert(text != NULL, "there is no text of %zu bytes", size);
    return text;
}

static void expect_shown(const char *bytes, size_t size, const char *expected)
{
    char *text = text_in_chunks(bytes, size, size);
    cr_expect(strcmp(text, expected) == 0, "it is shown as \"%s\", expected \"%s\"", text, expected);
    free(text);
}
#define EXPECT_SHOWN(bytes, expected) expect_shown(bytes, sizeof(bytes) - 1, expected)

Test(capture, of_nothing_is_an_empty_string)
{
    struct capture capture = {0};
    char *text = capture_text(&capture);
    cr_expect(text != NULL && text[0] == '\0', "the text of nothing is \"%s\"", text);
    free(text);
}

Test(capture, keeps_a_short_text_whole)
{
    EXPECT_SHOWN("one\n\ttwo, and no end of line", "one\n\ttwo, and no end of line");
}

Test(capture, keeps_everything_up_to_two_parts)
{
    static char bytes[2 * CAPTURE_PART + 1];
    static const size_t sizes[] = {
        1, CAPTURE_PART - 1, CAPTURE_PART, CAPTURE_PART + 1, 2 * CAPTURE_PART - 1, 2 * CAPTURE_PART};
    fill(bytes, sizeof bytes - 1);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *text = text_in_chunks(bytes, sizes[i], sizes[i]);
        cr_expect(strlen(text) == sizes[i] && memcmp(text, bytes, sizes[i]) == 0,
                  "%zu bytes are fewer than can be kept, but their text differs from them", sizes[i]);
        free(text);
    }
}

static void expect_gap(const char *bytes, size_t size)
{
    char gap[80];
    char *text = text_in_chunks(bytes, size, size);
    snprintf(gap, sizeof gap, "\n[... %zu bytes left out ...]\n", size - 2 * CAPTURE_PART);
    cr_assert(strlen(text) == 2 * CAPTURE_PART + strlen(gap), "the text of %zu bytes has %zu", size,
              strlen(text));
    cr_expect(memcmp(text, bytes, CAPTURE_PART) == 0, "the head of %zu bytes is not as written", size);
    cr_expect(memcmp(text + CAPTURE_PART, gap, strlen(gap)) == 0,
              "of %zu bytes the gap reads \"%.40s\", expected \"%s\"", size, text + CAPTURE_PART, gap);
    cr_expect(strcmp(text + CAPTURE_PART + strlen(gap), bytes + size - CAPTURE_PART) == 0,
              "the tail of %zu bytes is not as written", size);
    free(text);
}

Test(capture, of_a_long_output_has_head_gap_and_tail)
{
    static char bytes[LONGEST + 1];
    static const size_t sizes[] = {2 * CAPTURE_PART + 1, 3 * CAPTURE_PART - 1, 3 * CAPTURE_PART,
                                   3 * CAPTURE_PART + 1, LONGEST};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        memset(bytes, 0, sizeof bytes);
        fill(bytes, sizes[i]);
        expect_gap(bytes, sizes[i]);
    }
}

Test(capture, does_not_depend_on_the_pieces_in_which_it_comes)
{
    static char bytes[LONGEST];
    static const size_t sizes[] = {CAPTURE_PART + 1, 2 * CAPTURE_PART + 1, LONGEST};
    static const size_t chunks[] = {1, 7, 4096, CAPTURE_PART - 1, CAPTURE_PART, CAPTURE_PART + 1, 40000};
    fill(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *whole = text_in_chunks(bytes, sizes[i], sizes[i]);
        for (size_t j = 0; j < sizeof chunks / sizeof *chunks; j++) {
            char *text = text_in_chunks(bytes, sizes[i], chunks[j]);
            cr_expect(strcmp(text, whole) == 0, "%zu bytes in pieces of %zu give another text", sizes[i],
                      chunks[j]);
            free(text);
        }
        free(whole);
    }
}

Test(capture, shows_printable_text_of_any_language_as_it_is)
{
    EXPECT_SHOWN("\u00e9 \u2713 \u65e5\u672c \U0001f600", "\u00e9 \u2713 \u65e5\u672c \U0001f600");
    EXPECT_SHOWN("a back\\slash", "a back\\slash");
}

Test(capture, shows_control_characters_as_numbers)
{
    EXPECT_SHOWN("\033[31mred\007\b\r\177", "\\x1b[31mred\\x07\\x08\\x0d\\x7f");
    EXPECT_SHOWN("before\0after", "before\\x00after");
    EXPECT_SHOWN("8-bit CSI \302\233", "8-bit CSI \\xc2\\x9b");
}

Test(capture, shows_bytes_that_are_no_valid_text_as_numbers)
{
    EXPECT_SHOWN("\xff", "\\xff");
    EXPECT_SHOWN("a\xffz", "a\\xffz");
    EXPECT_SHOWN("cut short: \xe2\x9c", "cut short: \\xe2\\x9c");
    EXPECT_SHOWN("\xe2\x9cx", "\\xe2\\x9cx");
    EXPECT_SHOWN("overlong: \xc0\xaf", "overlong: \\xc0\\xaf");
    EXPECT_SHOWN("surrogate: \xed\xa0\x80", "surrogate: \\xed\\xa0\\x80");
}

Test(capture, shows_a_character_that_the_gap_cuts_as_numbers)
{
    static char bytes[3 * CAPTURE_PART];
    memset(bytes, 'x', sizeof bytes);
    memcpy(bytes + CAPTURE_PART - 1, "\u2713", 3); // its first byte is the last one of the head
    char *text = text_in_chunks(bytes, sizeof bytes, sizeof bytes);
    cr_expect(strstr(text, "x\\xe2\n[...") != NULL, "half a character stands before the gap as it is");
    free(text);
}
