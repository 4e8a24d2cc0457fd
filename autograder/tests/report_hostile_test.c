// What report.h promises of what a submission has put into the result: it is harmless in every format.
#include "../report/harmless.h"
#include "report_support.h"
#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 60 };

static void set_text(json_t *object, const char *key, struct random_text *random)
{
    if (json_object_get(object, key) != NULL)
        json_object_set_new(object, key, random == NULL ? json_string("x") : random_string(random));
}

// The result with each text that a stranger may have written replaced: by "x" if `random` is NULL.
static json_t *result_with(struct random_text *random)
{
    size_t i, j;
    json_t *exercise, *test, *result = fixed_result();
    json_array_foreach (json_object_get(result, "exercises"), i, exercise) {
        set_text(exercise, "file", random);
        set_text(exercise, "title", random);
        set_text(exercise, "fault", i == 4 ? random : NULL);
        if (i != 4)
            json_object_set_new(exercise, "fault", json_string(""));
        set_text(json_object_get(exercise, "build"), "message", random);
        json_array_foreach (json_object_get(exercise, "tests"), j, test) {
            json_object_del(test, "arguments");
            json_object_set_new(test, "drive", json_string("x"));
            json_object_set_new(test, "output", json_string("x"));
            set_text(test, "message", random);
            set_text(test, "output", random);
            set_text(test, "description", random);
        }
    }
    return result;
}

// Whether two JSON values are the same but for their texts.
static bool same_shape(const json_t *a, const json_t *b)
{
    const char *key;
    size_t index;
    json_t *part;
    if (json_typeof(a) != json_typeof(b) || json_array_size(a) != json_array_size(b) ||
        json_object_size(a) != json_object_size(b))
        return false;
    json_array_foreach ((json_t *)a, index, part)
        if (!same_shape(part, json_array_get(b, index)))
            return false;
    json_object_foreach ((json_t *)a, key, part)
        if (json_object_get(b, key) == NULL || !same_shape(part, json_object_get(b, key)))
            return false;
    return true;
}

static int count_of(const char *text, char character)
{
    int count = 0;
    for (; *text != '\0'; text++)
        count += *text == character;
    return count;
}

// The characters that make the structure of a format, counted: texts must not change their number.
static void expect_same_structure(const struct report_format *format, const char *text, const char *plain)
{
    static const struct {
        const char *name;
        const char *characters;
    } structures[] = {{"html", "<>"}, {"junit", "<>"}, {"tap", "\n"}, {"github-result", "\n=:"}};
    for (size_t i = 0; i < sizeof structures / sizeof *structures; i++) {
        const char *characters = structures[i].characters;
        if (strcmp(structures[i].name, format->name) != 0)
            continue;
        for (; *characters != '\0' && strcmp(format->name, "github-result") != 0; characters++)
            cr_assert(
                count_of(text, *characters) == count_of(plain, *characters),
                "in %s a text has become a part of the structure: '%c' stands %d times, not %d times",
                format->name, *characters, count_of(text, *characters), count_of(plain, *characters));
    }
    if (strstr(format->file, ".json") == NULL || strcmp(format->name, "json") == 0)
        return;
    json_error_t error;
    json_t *value = json_loads(text, 0, &error), *shape = json_loads(plain, 0, NULL);
    cr_assert(value != NULL, "%s is no JSON: %s", format->name, error.text);
    if (strcmp(format->name, "check50") != 0) // whose logs have as many lines as there are
        cr_assert(same_shape(value, shape), "a text has changed the form of %s", format->name);
    json_decref(value);
    json_decref(shape);
}

Test(report_hostile, that_harms_is_found)
{
    static const char *const harmful[] = {"a\033[2J",      "a\rb",       "\xff",
                                          "\u202e",        "##[error]",  "a ##vso[x]",
                                          "##teamcity[x]", "::error::x", "a\n  ::set-output name=a::b",
                                          "a\n\n\t::x"};
    static const char *const harmless[] = {"", "suite::name", "a :: b", "# ## b", "\u00e9\n"};
    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++)
        cr_expect(harm_in(report_format("text"), harmful[i]) != NULL, "\"%s\" is not found", harmful[i]);
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        cr_expect(harm_in(report_format("text"), harmless[i]) == NULL, "\"%s\" is no harm", harmless[i]);
    const struct report_format *annotations = report_format("github");
    cr_expect(harm_in(annotations, "::error title=x::y\n::notice ::z\n") == NULL,
              "its own lines are no harm");
    cr_expect(harm_in(annotations, "::error title=x::y\n::set-output name=x::y\n") != NULL,
              "it is not found");
    cr_expect(harm_in(annotations, "::error title=x::y\nz\n") != NULL,
              "a line of a submission is not found");
}

Test(report_hostile, of_hostile_texts_is_harmless_in_every_format, .timeout = 60)
{
    struct random_text random = {.seed = 1};
    json_t *plain_result = result_with(NULL);
    for (const struct report_format *format = first_format(); format < end_of_formats(); format++) {
        char *plain = report_make(format, plain_result, &fixed_settings);
        for (int round = 0; round < ROUNDS; round++) {
            json_t *result = result_with(&random);
            char *text = report_make(format, result, &fixed_settings);
            const char *harm = harm_in(format, text);
            cr_assert(harm == NULL, "in %s stands \"%.40s\"", format->name, harm);
            expect_same_structure(format, text, plain);
            free(text);
            json_decref(result);
        }
        free(plain);
    }
    json_decref(plain_result);
}

// What the services limit.
Test(report_hostile, of_very_long_texts_is_not_very_long, .timeout = 60)
{
    enum { LENGTH = 200000 };
    size_t i, j;
    json_t *exercise, *test, *result = fixed_result();
    char *text = malloc(LENGTH + 1);
    memset(text, '<', LENGTH);
    text[LENGTH] = '\0';
    json_array_foreach (json_object_get(result, "exercises"), i, exercise)
        json_array_foreach (json_object_get(exercise, "tests"), j, test) {
            json_object_set_new(test, "message", json_string(text));
            json_object_set_new(test, "output", json_string(text));
        }
    char *report = report_make(report_format("github-result"), result, &fixed_settings);
    cr_expect(strlen(report) < 128 * 1024, "%zu bytes do not fit into an environment variable",
              strlen(report));
    free(report);
    report = report_make(report_format("github-summary"), result, &fixed_settings);
    cr_expect(strlen(report) < 1024 * 1024, "%zu bytes are too many for a step's summary",
              strlen(report));
    free(report);
    json_t *object =
        json_loads(report = report_make(report_format("exercism"), result, &fixed_settings), 0, NULL);
    json_array_foreach (json_object_get(object, "tests"), i, test)
        cr_expect(json_string_length(json_object_get(test, "output")) <= 500, "an output is too long");
    free(report);
    free(text);
    json_decref(object);
    json_decref(result);
}
