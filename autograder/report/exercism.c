// Exercism's results.json, version 3 (exercism/docs, building/tooling/test-runners/interface.md). It
// knows pass, fail and error only: what was not reached or was too busy to be measured is left out of
// "tests" and stands in "left_out". What could not be graded is an error.
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_MOST = 500 }; // characters, by the specification
static const char cut[] = "\nOutput was truncated. Please limit to 500 chars";

static char *limited_output(const json_t *test)
{
    const char *output = field_text(test, "output");
    if (strlen(output) <= OUTPUT_MOST) // bytes: never more characters
        return compose("%s", output);
    size_t length = OUTPUT_MOST - (sizeof cut - 1);
    while (length > 0 && ((unsigned char)output[length] & 0xc0) == 0x80)
        length--;
    return compose("%.*s%s", (int)length, output, cut);
}

static char *name_of(const json_t *result, const json_t *exercise, const json_t *test)
{
    bool several = json_array_size(json_object_get(result, "exercises")) > 1;
    return compose("%s%s%s", several ? field_text(exercise, "id") : "", several ? ": " : "",
                   field_text(test, "description"));
}

static void add_test(json_t *report, const json_t *result, const json_t *exercise, const json_t *test)
{
    json_t *entry = json_object();
    char *why = explanation(test);
    put_text(entry, "name", name_of(result, exercise, test));
    if (has_status(test, "not_reached") || has_status(test, "busy")) {
        put_value(entry, "why", json_string(why));
        append_value(json_object_get(report, "left_out"), entry);
    } else {
        const char *status = has_status(test, "passed")   ? "pass"
                             : has_status(test, "failed") ? "fail"
                                                          : "error";
        put_value(entry, "status", json_string(status));
        put_value(entry, "message", has_status(test, "passed") ? json_null() : json_string(why));
        put_text(entry, "output", limited_output(test));
        put_text(entry, "test_code", command_by_hand(result, exercise, test));
        append_value(json_object_get(report, "tests"), entry);
    }
    free(why);
}

// What stopped the grading of everything: a submission that does not build, or a fault of the grader.
static char *obstacles(const json_t *result)
{
    size_t index;
    json_t *exercise;
    char *text = compose("%s", "");
    json_array_foreach (json_object_get(result, "exercises"), index, exercise) {
        const char *fault = field_text(exercise, "fault");
        char *sentence = is_built(exercise) ? compose("%s", "") : build_sentence(exercise);
        char *longer =
            compose("%s%s%s%s%s%s", text, sentence, sentence[0] != '\0' ? ":\n" : "",
                    sentence[0] != '\0' ? field_text(json_object_get(exercise, "build"), "message") : "",
                    fault[0] != '\0' ? "\nNo fault of yours: the examination broke off. " : "", fault);
        free(text);
        free(sentence);
        text = longer;
    }
    return text;
}

static bool any(const json_t *tests, const char *status)
{
    size_t index;
    json_t *test;
    json_array_foreach ((json_t *)tests, index, test)
        if (has_status(test, status))
            return true;
    return false;
}

void report_exercism(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t i, j;
    json_t *exercise, *test;
    json_t *report = json_pack("{s:i, s:s, s:n, s:[], s:[]}", "version", 3, "status", "pass", "message",
                               "tests", "left_out");
    (void)settings;
    json_array_foreach (json_object_get(result, "exercises"), i, exercise)
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            add_test(report, result, exercise, test);
    char *why = obstacles(result);
    const json_t *tests = json_object_get(report, "tests");
    bool nothing = json_array_size(tests) == 0;
    if (nothing || (!any(tests, "fail") && (has_status(result, "not_graded") || why[0] != '\0'))) {
        put_value(report, "status", json_string("error"));
        put_value(report, "message",
                  json_string(why[0] != '\0'
                                  ? why
                                  : "Not everything could be graded. This is no fault of yours."));
    } else if (any(tests, "fail")) {
        put_value(report, "status", json_string("fail"));
    }
    escape_json(report, JSON_INDENT(1), file);
    fputc('\n', file);
    json_decref(report);
    free(why);
}
