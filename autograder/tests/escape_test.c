// What escape.h promises: what is written means the text, the whole text, and nothing else. Each language
// is read back here by the rules of that language, and must give the text again.
#include "../report/escape.h"
#include "../sandbox/visible.h"
#include "report_support.h"
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 5000 };

typedef void escape(const char *text, FILE *file);

// What `function` makes of the text. The caller frees it.
static char *escaped(escape *function, const char *text)
{
    char *copy = NULL;
    size_t size;
    FILE *file = open_memstream(&copy, &size);
    function(text, file);
    cr_assert(fclose(file) == 0, "out of memory");
    return copy;
}

static void escape_string(const char *text, FILE *file)
{
    json_t *string = json_string(text);
    escape_json(string, JSON_ENCODE_ANY, file);
    json_decref(string);
}

// Each decoder reads in place. It returns false if something stands there that has a meaning of its own.
typedef bool decode(char *text);

static bool decode_text(char *text)
{
    (void)text;
    return true;
}

static bool decode_numbers(char *text, const char *forbidden)
{
    char *to = text;
    while (*text != '\0') {
        if (strchr(forbidden, *text) != NULL)
            return false;
        if (*text == '&') {
            char *end;
            long number = strncmp(text, "&#", 2) == 0 ? strtol(text + 2, &end, 10) : 0;
            if (number <= 0 || number > 126 || *end != ';')
                return false;
            *to++ = (char)number;
            text = end + 1;
        } else {
            *to++ = *text++;
        }
    }
    *to = '\0';
    return true;
}

static bool decode_markup(char *text)
{
    return decode_numbers(text, "<>");
}

static bool decode_attribute(char *text)
{
    return decode_numbers(text, "<>\"'\n\t"); // a parser would make blanks of the last two
}

static bool decode_markdown(char *text)
{
    char *to = text;
    for (char *from = text; *from != '\0'; from++) {
        if (*from == '\n')
            return false;
        if (*from == '\\' && ispunct((unsigned char)from[1]))
            *to++ = *++from;
        else if (*from == '&' && strncmp(from, "&#", 2) == 0) {
            char *end;
            *to++ = (char)strtol(from + 2, &end, 10);
            from = end;
        } else if (ispunct((unsigned char)*from) && strchr(",;'", *from) == NULL) {
            return false;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return true;
}

static bool decode_percent(char *text, const char *forbidden)
{
    char *to = text;
    for (char *from = text; *from != '\0'; from++) {
        unsigned number;
        if (strchr(forbidden, *from) != NULL)
            return false;
        if (*from == '%') {
            if (sscanf(from + 1, "%2X", &number) != 1)
                return false;
            *to++ = (char)number;
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return true;
}

static bool decode_data(char *text)
{
    return decode_percent(text, "\r\n");
}

static bool decode_property(char *text)
{
    return decode_percent(text, "\r\n:,");
}

static bool decode_tap(char *text)
{
    char *to = text;
    for (char *from = text; *from != '\0'; from++) {
        if (*from == '#' || *from == '\n')
            return false;
        if (*from == '\\')
            from++;
        *to++ = *from;
    }
    *to = '\0';
    return true;
}

static bool decode_json(char *text)
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    if (!json_is_string(value))
        return false;
    strcpy(text, json_string_value(value));
    json_decref(value);
    return true;
}

static bool is_begin_of_word(const char *text, size_t at)
{
    return at == 0 || isspace((unsigned char)text[at - 1]);
}

// The text as it comes back. Some languages have no other way than to write \xNN for a character (of
// `numbers`) that would make a command; in some, lines become blanks.
static char *expected(const char *text, const char *numbers, bool one_line)
{
    char *copy = malloc(4 * strlen(text) + 1), *to = copy;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool command = i > 0 && text[i] == text[i - 1] &&
                       (text[i] == '#' || (text[i] == ':' && is_begin_of_word(text, i - 1)));
        if (command && strchr(numbers, text[i]) != NULL)
            to += sprintf(to, "\\x%02x", (unsigned)text[i]);
        else
            *to++ = one_line && isspace((unsigned char)text[i]) ? ' ' : text[i];
    }
    *to = '\0';
    return copy;
}

static const struct {
    const char *name;
    escape *escape;
    decode *decode;
    const char *numbers;
    bool one_line;
} languages[] = {
    {"text", escape_text, decode_text, "#:", false},
    {"markup", escape_markup, decode_markup, "", false},
    {"attribute", escape_attribute, decode_attribute, "", false},
    {"Markdown", escape_markdown, decode_markdown, "", true},
    {"command data", escape_command_data, decode_data, "#:", false},
    {"command property", escape_command_property, decode_property, "#", false},
    {"TAP", escape_tap, decode_tap, ":", true},
    {"JSON", escape_string, decode_json, "", false},
};

// What no output of a step may have in it.
static bool is_command(const char *text)
{
    const char *marks[] = {"##[", "##v", "##t"};
    for (size_t i = 0; i < 3; i++)
        if (strstr(text, marks[i]) != NULL)
            return true;
    for (size_t i = 0; text[i] != '\0'; i++)
        if (strncmp(text + i, "::", 2) == 0 && is_begin_of_word(text, i))
            return true;
    return false;
}

static void expect_round_trip(size_t i, const char *text)
{
    char *copy = escaped(languages[i].escape, text);
    char *wanted = expected(text, languages[i].numbers, languages[i].one_line);
    bool json = languages[i].escape == escape_string; // in quotes, it begins no line
    cr_assert(!is_command(copy) || json, "as %s it is a command to a CI system: %s", languages[i].name,
              copy);
    cr_assert(strstr(copy, "##[") == NULL, "as %s it is a command: %s", languages[i].name, copy);
    cr_assert(languages[i].decode(copy), "as %s it means something: \"%s\" of \"%s\"", languages[i].name,
              copy, text);
    cr_assert(strcmp(copy, wanted) == 0, "as %s the text comes back with %s", languages[i].name,
              first_difference(copy, wanted));
    free(copy);
    free(wanted);
}

Test(escape, gives_each_language_the_text_and_nothing_else, .timeout = 60)
{
    char bytes[RANDOM_TEXT_SIZE];
    struct random_text random = {.seed = 7};
    for (int round = 0; round < ROUNDS; round++) {
        size_t size = random_bytes(&random, bytes);
        char *text = visible_text(bytes, size);
        for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
            expect_round_trip(i, text);
        free(text);
    }
}

Test(visible, text_stays_visible_whatever_the_bytes_were, .timeout = 60)
{
    char bytes[RANDOM_TEXT_SIZE];
    struct random_text random = {.seed = 3};
    for (int round = 0; round < ROUNDS; round++) {
        size_t size = random_bytes(&random, bytes);
        char *text = visible_text(bytes, size), *again = visible_text(text, strlen(text));
        cr_assert(strcmp(text, again) == 0, "it is not visible: %s", first_difference(text, again));
        for (const char *at = text; *at != '\0'; at++)
            cr_assert((unsigned char)*at >= ' ' || *at == '\n' || *at == '\t', "it has the byte %d", *at);
        json_t *string = json_string(text); // which takes valid UTF-8 only
        cr_assert(string != NULL, "it is no valid text");
        json_decref(string);
        free(text);
        free(again);
    }
}

Test(visible, shows_what_nobody_sees)
{
    static const char *const hidden[] = {
        "\xc2\xad",     "\xd8\x9c",     "\xe2\x80\x8b",     "\xe2\x80\x8f", "\xe2\x80\xa8",
        "\xe2\x80\xae", "\xe2\x81\xa6", "\xe3\x85\xa4",     "\xef\xb8\x8f", "\xef\xbb\xbf",
        "\xef\xbf\xbe", "\xee\x80\x80", "\xf3\xa0\x80\xa1", "\xc2\x9b",     "\x7f",
        "\x1b",         "\r",           "\xed\xa0\x80",     "\xc0\xaf",     "\xf8"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        char *text = visible_text(hidden[i], strlen(hidden[i]));
        cr_expect(strncmp(text, "\\x", 2) == 0 && strlen(text) == 4 * strlen(hidden[i]),
                  "number %zu stands as \"%s\"", i, text);
        free(text);
    }
}
