// Classroom 50's result.json: whole points, hyphenated keys. The service says in environment variables
// whose result it is. What could not be measured or graded is left out with its points; what was not
// reached counts. (foundation50/classroom50, wiki/Advanced-Autograding.md)
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>

enum { MESSAGE_MOST = 2000, TIME_SIZE = 40 };

static const char *variable(const struct report_settings *settings, const char *name)
{
    const char *value = settings->variable == NULL ? NULL : settings->variable(name);
    return value == NULL ? "" : value;
}

static json_t *test_entry(const json_t *exercise, const json_t *test)
{
    json_t *entry = json_object();
    char *why = explanation(test);
    put_text(entry, "test-name",
             compose("%s: %s", field_text(exercise, "id"), field_text(test, "description")));
    put_value(entry, "passed", json_boolean(has_status(test, "passed")));
    put_value(entry, "score", json_integer(field_number(test, "points")));
    put_value(entry, "max-score", json_integer(field_number(test, "max_points")));
    put_value(entry, "status", json_string(field_text(test, "status")));
    put_text(entry, "message", excerpt(why, MESSAGE_MOST));
    if (json_object_get(test, "speed") != NULL)
        put_value(entry, "speedup", json_real(field_real(json_object_get(test, "speed"), "speedup")));
    free(why);
    return entry;
}

static json_t *build_entry(const json_t *exercise)
{
    const json_t *build = json_object_get(exercise, "build");
    json_t *entry = json_object();
    char *sentence = build_sentence(exercise),
         *message = excerpt(field_text(build, "message"), MESSAGE_MOST);
    put_text(entry, "test-name", compose("%s: builds", field_text(exercise, "id")));
    put_value(entry, "passed", json_boolean(is_built(exercise)));
    put_value(entry, "score", json_integer(0));
    put_value(entry, "max-score", json_integer(0));
    put_value(entry, "status", json_string(field_text(build, "status")));
    put_text(entry, "message",
             message[0] == '\0' ? compose("%s", "") : compose("%s: %s", sentence, message));
    free(sentence);
    free(message);
    return entry;
}

static json_t *tests_of(const json_t *result)
{
    size_t i, j;
    json_t *exercise, *test, *tests = json_array();
    json_array_foreach (json_object_get(result, "exercises"), i, exercise) {
        append_value(tests, build_entry(exercise));
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            if (!has_status(test, "busy") && !has_status(test, "not_graded"))
                append_value(tests, test_entry(exercise, test));
    }
    return tests;
}

// Of the listed tests, so that the service's own sum agrees.
static json_int_t sum(const json_t *tests, const char *key)
{
    size_t index;
    json_t *test;
    json_int_t total = 0;
    json_array_foreach ((json_t *)tests, index, test)
        total += field_number(test, key);
    return total;
}

static void write_time(time_t now, char *text)
{
    struct tm utc;
    if (gmtime_r(&now, &utc) == NULL || strftime(text, TIME_SIZE, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0)
        text[0] = '\0';
}

// The submission's time is in its tag ("submit/2026-06-01T14-32-05Z-a1b2c3d"), and stays when it is
// graded again; the present if the tag is another one.
static void submission_time(const struct report_settings *settings, char *text)
{
    int part[6], end = 0;
    const char *tag = variable(settings, "SUBMISSION_TAG");
    sscanf(tag, "submit/%4d-%2d-%2dT%2d-%2d-%2dZ-%n", &part[0], &part[1], &part[2], &part[3], &part[4],
           &part[5], &end);
    if (end > 0)
        snprintf(text, TIME_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", part[0], part[1], part[2], part[3],
                 part[4], part[5]);
    else
        write_time(settings->now, text);
}

void report_classroom50(const json_t *result, const struct report_settings *settings, FILE *file)
{
    static const struct {
        const char *key;
        const char *variable;
    } identities[] = {{"classroom", "CLASSROOM"},       {"assignment", "ASSIGNMENT"},
                      {"submission", "SUBMISSION_TAG"}, {"commit", "COMMIT_URL"},
                      {"release", "RELEASE_URL"},       {"review", "REVIEW_URL"}};
    char submitted[TIME_SIZE], graded[TIME_SIZE];
    json_t *tests = tests_of(result), *report = json_object();
    put_value(report, "schema", json_string("classroom50/result/v1"));
    for (size_t i = 0; i < sizeof identities / sizeof *identities; i++)
        put_value(report, identities[i].key, json_string(variable(settings, identities[i].variable)));
    if (field_text(report, "review")[0] == '\0')
        put_value(report, "review", json_string(field_text(report, "commit")));
    submission_time(settings, submitted);
    write_time(settings->now, graded);
    put_value(report, "datetime", json_string(submitted));
    put_value(report, "graded_at", json_string(graded));
    put_value(report, "score", json_integer(sum(tests, "score")));
    put_value(report, "max-score", json_integer(sum(tests, "max-score")));
    put_value(report, "tests", tests);
    escape_json(report, JSON_INDENT(1), file);
    fputc('\n', file);
    json_decref(report);
}
