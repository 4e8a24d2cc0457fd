// check50's JSON (cs50/check50, docs/source/json_specification.rst). A check whose "passed" is null was
// skipped: not reached, too busy to be measured, or not graded by a fault of the grader.
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

enum { LOG_LINES = 40 };
static const char version[] = "3.3.11"; // of check50, whose form this is

static json_t *lines_of(const char *text)
{
    json_t *lines = json_array();
    for (int count = 0; *text != '\0' && count < LOG_LINES; count++) {
        size_t length = strcspn(text, "\n");
        append_value(lines, json_stringn(text, length));
        text += length + (text[length] == '\n');
    }
    if (*text != '\0')
        append_value(lines, json_string("..."));
    return lines;
}

static json_t *error_of(const char *why)
{
    return json_pack("{s:s, s:s, s:[], s:{}}", "type", "NotGraded", "value", why, "traceback", "data");
}

static json_t *build_check(const json_t *exercise)
{
    const json_t *build = json_object_get(exercise, "build");
    json_t *check = json_object();
    char *sentence = build_sentence(exercise);
    put_text(check, "name", compose("%s::builds", field_text(exercise, "id")));
    put_text(check, "description", compose("%s builds", field_text(exercise, "file")));
    put_value(check, "passed", is_build_fault(exercise) ? json_null() : json_boolean(is_built(exercise)));
    put_value(check, "log", lines_of(field_text(build, "message")));
    put_value(check, "cause",
              is_built(exercise) ? json_null() : json_pack("{s:s, s:n}", "rationale", sentence, "help"));
    put_value(check, "data", json_object());
    put_value(check, "dependency", json_null());
    free(sentence);
    return check;
}

static json_t *cause_of(const json_t *result, const json_t *exercise, const json_t *test)
{
    if (has_status(test, "passed"))
        return json_null();
    char *why = explanation(test), *command = command_by_hand(result, exercise, test);
    json_t *cause = json_object();
    put_value(cause, "rationale", json_string(why));
    if (has_status(test, "failed"))
        put_text(cause, "help", compose("Try it by hand: %s", command));
    else
        put_value(cause, "help", json_null());
    if (!has_status(test, "failed") && !has_status(test, "not_reached") && !has_status(test, "busy"))
        put_value(cause, "error", error_of(field_text(test, "message")));
    free(why);
    free(command);
    return cause;
}

static json_t *test_check(const json_t *result, const json_t *exercise, const json_t *test)
{
    json_t *check = json_object();
    const char *message = field_text(test, "message");
    bool after_a_test = has_status(test, "not_reached") && message[0] != '\0';
    put_text(check, "name", compose("%s::%s", field_text(exercise, "id"), field_text(test, "name")));
    put_value(check, "description", json_string(field_text(test, "description")));
    put_value(check, "passed",
              has_status(test, "passed") || has_status(test, "failed")
                  ? json_boolean(has_status(test, "passed"))
                  : json_null());
    put_value(check, "log", lines_of(field_text(test, "output")));
    put_value(check, "cause", cause_of(result, exercise, test));
    put_value(check, "data",
              json_pack("{s:s, s:I, s:I}", "status", field_text(test, "status"), "points",
                        (json_int_t)field_number(test, "points"), "max_points",
                        (json_int_t)field_number(test, "max_points")));
    if (json_object_get(test, "speed") != NULL)
        put_value(json_object_get(check, "data"), "speedup",
                  json_real(field_real(json_object_get(test, "speed"), "speedup")));
    put_text(check, "dependency",
             compose("%s::%s", field_text(exercise, "id"), after_a_test ? message : "builds"));
    return check;
}

static char *slug_of(const json_t *result)
{
    size_t index;
    json_t *exercise;
    char *slug = compose("%s", "");
    json_array_foreach (json_object_get(result, "exercises"), index, exercise) {
        char *longer = compose("%s%s%s", slug, index > 0 ? "," : "", field_text(exercise, "id"));
        free(slug);
        slug = longer;
    }
    return slug;
}

// Why the grader could not do its part; empty if it could.
static const char *fault_of(const json_t *exercise)
{
    const char *fault = field_text(exercise, "fault");
    bool build_only = fault[0] == '\0' && is_build_fault(exercise);
    return build_only ? field_text(json_object_get(exercise, "build"), "message") : fault;
}

void report_check50(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t i, j, count = 0;
    json_t *exercise, *test, *checks = json_array(), *report = json_object();
    const char *fault = "";
    (void)settings;
    json_array_foreach (json_object_get(result, "exercises"), i, exercise) {
        append_value(checks, build_check(exercise));
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            append_value(checks, test_check(result, exercise, test));
        count += json_array_size(json_object_get(exercise, "tests"));
        fault = fault[0] == '\0' ? fault_of(exercise) : fault;
    }
    put_text(report, "slug", slug_of(result));
    if (count == 0) // not one test: check50 says so in the results' place
        put_value(report, "error", error_of(fault[0] == '\0' ? "nothing could be graded" : fault));
    else
        put_value(report, "results", json_incref(checks));
    put_value(report, "version", json_string(version));
    json_decref(checks);
    escape_json(report, JSON_INDENT(1), file);
    fputc('\n', file);
    json_decref(report);
}
