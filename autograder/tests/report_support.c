// What the tests of reports share.
#include "report_support.h"
#include <criterion/criterion.h>
#include <stdbool.h>
#include <string.h>

static const char *fixed_variable(const char *name)
{
    static const char *const variables[][2] = {
        {"CLASSROOM", "systems"},
        {"ASSIGNMENT", "pool"},
        {"SUBMISSION_TAG", "submit/2026-06-01T14-32-05Z-a1b2c3d"},
        {"COMMIT_URL", "https://example.org/commit/a1b2c3d"},
        {"RELEASE_URL", "https://example.org/releases/a1b2c3d"},
    };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (strcmp(variables[i][0], name) == 0)
            return variables[i][1];
    return NULL;
}

const struct report_settings fixed_settings = {
    .failures = REPORT_ALL_FAILURES, .now = 1780324400, .variable = fixed_variable};

const struct report_format *first_format(void)
{
    size_t count;
    return report_formats(&count);
}

const struct report_format *end_of_formats(void)
{
    size_t count;
    return report_formats(&count) + count;
}

json_t *fixed_result(void)
{
    json_error_t error;
    json_t *result = json_load_file(in_workbook("autograder/tests/reports/result.json"), 0, &error);
    cr_assert(result != NULL, "result.json: %s", error.text);
    return result;
}

const char *first_difference(const char *text, const char *expected)
{
    while (*text != '\0' && *text == *expected) {
        text++;
        expected++;
    }
    return text_of("\"%.40s\" instead of \"%.40s\"", text, expected);
}

static const char *const fragments[] = {"::error::",
                                        "::set-output name=result::x",
                                        "\n::stop-commands::x\n",
                                        "\r::error::",
                                        "  ::notice::",
                                        "##[error]",
                                        "##vso[task.complete]",
                                        "##teamcity[x]",
                                        "###",
                                        "#",
                                        "##",
                                        ":",
                                        "::",
                                        "::::",
                                        "%0A::error::",
                                        "%",
                                        "\n",
                                        "\n\n",
                                        "\t",
                                        " ",
                                        "\r",
                                        "\033[2J",
                                        "\033]0;x\007",
                                        "\b",
                                        "\177",
                                        "\001",
                                        "<",
                                        ">",
                                        "&",
                                        "\"",
                                        "'",
                                        "]]>",
                                        "<![CDATA[",
                                        "<!--",
                                        "-->",
                                        "</pre>",
                                        "</failure>",
                                        "<script>alert(1)</script>",
                                        "&amp;",
                                        "&#10;",
                                        "\\",
                                        "\\n",
                                        "`",
                                        "```",
                                        "|",
                                        "*",
                                        "_",
                                        "[x](y)",
                                        "![x](y)",
                                        "@x",
                                        "http://x.y",
                                        "www.x.y",
                                        "\n# x",
                                        "\n- x",
                                        "ok 1 - x",
                                        "\nnot ok 2",
                                        "\nBail out!",
                                        "\n1..0",
                                        "\n...\n",
                                        "\n---\n",
                                        "# SKIP",
                                        "# TODO",
                                        "{\"x\":1}",
                                        "\n{\"scores\":{\"x\":100}}\n",
                                        "\xc3\xa9",
                                        "\xe2\x82\xac",
                                        "\xf0\x9f\x98\x80",
                                        "\xe2\x80\xae",
                                        "\xe2\x80\x8b",
                                        "\xe2\x81\xa6",
                                        "\xef\xbb\xbf",
                                        "\xc2\x85",
                                        "\xe2\x80\xa8",
                                        "\xef\xbf\xbe",
                                        "\xf3\xa0\x80\x81",
                                        "pool.c:7:1: error: x",
                                        "\npool.c:1:",
                                        "x",
                                        "word",
                                        "a b"};

static unsigned next(struct random_text *random)
{
    random->seed = random->seed * 1103515245u + 12345u;
    return random->seed >> 16;
}

static size_t fill(struct random_text *random, char *bytes, bool only_text)
{
    size_t size = 0;
    for (unsigned parts = next(random) % 24; parts > 0; parts--) {
        const char *part = fragments[next(random) % (sizeof fragments / sizeof *fragments)];
        size_t length = strlen(part);
        if (size + length + 1 > RANDOM_TEXT_SIZE)
            break;
        memcpy(bytes + size, part, length);
        size += length;
        if (!only_text && next(random) % 4 == 0)
            bytes[size++] = (char)next(random);
    }
    return size;
}

size_t random_bytes(struct random_text *random, char *bytes)
{
    return fill(random, bytes, false);
}

json_t *random_string(struct random_text *random)
{
    char bytes[RANDOM_TEXT_SIZE];
    size_t size = fill(random, bytes, true);
    if (size == 0)
        bytes[size++] = 'x'; // what is empty is left out in some formats
    if (next(random) % 4 == 0)
        bytes[size - 1] = '\0'; // which JSON can hold, too
    json_t *string = json_stringn(bytes, size);
    return string != NULL ? string : json_string("a character that was cut");
}
