// Gradescope's results.json. A test that was not reached, was too busy to be measured or could not be
// graded has neither score nor status, and says why; the total stands at the top. (gradescope/
// autograder_samples, docs/specs.md)
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>

enum { OUTPUT_MOST = 8192 };

static json_t *build_entry(const json_t *exercise, size_t number)
{
    const json_t *build = json_object_get(exercise, "build");
    json_t *entry = json_object();
    char *sentence = build_sentence(exercise),
         *message = excerpt(field_text(build, "message"), OUTPUT_MOST);
    put_text(entry, "number", compose("%zu.0", number));
    put_text(entry, "name", compose("%s builds", field_text(exercise, "file")));
    if (!is_build_fault(exercise))
        put_value(entry, "status", json_string(is_built(exercise) ? "passed" : "failed"));
    put_text(entry, "output",
             message[0] == '\0' ? compose("%s", "") : compose("%s:\n%s", sentence, message));
    free(sentence);
    free(message);
    return entry;
}

// What the learner reads below a test.
static char *words(const json_t *result, const json_t *exercise, const json_t *test)
{
    char *why = explanation(test), *command = command_by_hand(result, exercise, test);
    char *speed = speed_sentence(test), *output = excerpt(field_text(test, "output"), OUTPUT_MOST);
    bool failed = !has_status(test, "passed") && !has_status(test, "not_reached");
    char *text = compose("%s%s%s%s%s%s%s", speed, speed[0] != '\0' ? ".\n" : "", why,
                         failed && output[0] != '\0' ? "\nThe program wrote:\n" : "",
                         failed ? output : "", failed ? "\nBy hand: " : "", failed ? command : "");
    free(why);
    free(command);
    free(speed);
    free(output);
    return text;
}

static json_t *test_entry(const json_t *result, const json_t *exercise, const json_t *test, size_t number,
                          size_t part)
{
    json_t *entry = json_object();
    bool counted = has_status(test, "passed") || has_status(test, "failed");
    put_text(entry, "number", compose("%zu.%zu", number, part));
    put_value(entry, "name", json_string(field_text(test, "description")));
    if (counted) {
        put_value(entry, "score", json_integer(field_number(test, "points")));
        put_value(entry, "max_score", json_integer(field_number(test, "max_points")));
        put_value(entry, "status", json_string(field_text(test, "status")));
    }
    put_text(entry, "output", words(result, exercise, test));
    put_value(entry, "tags", json_pack("[s]", field_text(exercise, "id")));
    put_value(entry, "extra_data",
              json_pack("{s:s, s:s, s:s, s:I}", "suite", field_text(test, "suite"), "name",
                        field_text(test, "name"), "status", field_text(test, "status"), "max_points",
                        (json_int_t)field_number(test, "max_points")));
    return entry;
}

static void rank(json_t *leaderboard, const json_t *test)
{
    const json_t *speed = json_object_get(test, "speed");
    if (speed == NULL)
        return;
    json_t *row = json_object();
    put_text(row, "name", compose("Speedup: %s", field_text(test, "description")));
    put_value(row, "value", json_real(field_real(speed, "speedup")));
    append_value(leaderboard, row);
}

void report_gradescope(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t i, j;
    json_t *exercise, *test, *tests = json_array(), *leaderboard = json_array(), *report = json_object();
    json_t *environment = json_object_get(result, "environment");
    char *points = points_sentence(result), *where = circumstances(result);
    (void)settings;
    json_array_foreach (json_object_get(result, "exercises"), i, exercise) {
        append_value(tests, build_entry(exercise, i + 1));
        json_array_foreach (json_object_get(exercise, "tests"), j, test) {
            append_value(tests, test_entry(result, exercise, test, i + 1, j + 1));
            rank(leaderboard, test);
        }
    }
    put_value(report, "score", json_integer(field_number(result, "points")));
    put_text(report, "output", compose("%s\n%s", points, where));
    put_value(report, "output_format", json_string("text"));
    put_value(report, "test_output_format", json_string("text"));
    put_value(report, "test_name_format", json_string("text"));
    put_value(report, "visibility", json_string("visible"));
    put_value(report, "stdout_visibility", json_string("hidden"));
    put_value(report, "extra_data", json_pack("{s:O?}", "environment", environment));
    put_value(report, "tests", tests);
    put_value(report, "leaderboard", leaderboard);
    escape_json(report, JSON_INDENT(1), file);
    fputc('\n', file);
    json_decref(report);
    free(points);
    free(where);
}
