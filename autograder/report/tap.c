// TAP 14: one line for each test, points and reasons in its YAML block. What was not reached, was too
// busy to be measured or could not be graded is skipped; if it is the grader's fault, the report ends in
// "Bail out!", so that nobody takes it for a result.
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_MOST = 4096 };

struct stream {
    FILE *file;
    int number; // of the last test
};

// The first line of a text.
static void escape_first_line(const char *text, FILE *file)
{
    char *line = compose("%.*s", (int)strcspn(text, "\n"), text);
    escape_tap(line, file);
    free(line);
}

static void test_line(struct stream *stream, bool ok, const char *name, const char *description)
{
    fprintf(stream->file, "%s %d - ", ok ? "ok" : "not ok", ++stream->number);
    escape_tap(name, stream->file);
    fprintf(stream->file, " ");
    escape_tap(description, stream->file);
}

static void skip(struct stream *stream, const char *kind, const char *why)
{
    fprintf(stream->file, " # SKIP %s", kind);
    escape_first_line(why, stream->file);
}

static void yaml_text(struct stream *stream, const char *key, const char *text)
{
    json_t *value = json_string(text);
    if (text[0] != '\0') {
        fprintf(stream->file, "  %s: ", key);
        escape_json(value, JSON_ENCODE_ANY, stream->file);
        fprintf(stream->file, "\n");
    }
    json_decref(value);
}

static void write_build(struct stream *stream, const json_t *exercise)
{
    const json_t *build = json_object_get(exercise, "build");
    char *sentence = build_sentence(exercise),
         *message = excerpt(field_text(build, "message"), OUTPUT_MOST);
    test_line(stream, is_built(exercise) || is_build_fault(exercise), field_text(exercise, "id"),
              "builds");
    if (is_build_fault(exercise))
        skip(stream, "not graded: ", field_text(build, "message"));
    fprintf(stream->file, "\n");
    if (message[0] != '\0') {
        fprintf(stream->file, "  ---\n");
        yaml_text(stream, "message", sentence);
        yaml_text(stream, "output", message);
        fprintf(stream->file, "  ...\n");
    }
    free(sentence);
    free(message);
}

static void write_block(struct stream *stream, const json_t *test, const char *why, const char *command)
{
    char *speed = speed_sentence(test), *output = excerpt(field_text(test, "output"), OUTPUT_MOST);
    fprintf(stream->file, "  ---\n  points: %lld\n  max_points: %lld\n  duration_ms: %.0f\n",
            field_number(test, "points"), field_number(test, "max_points"),
            field_real(test, "seconds") * 1000);
    yaml_text(stream, "status", field_text(test, "status"));
    yaml_text(stream, "speed", speed);
    yaml_text(stream, "message", why);
    if (!has_status(test, "passed")) {
        yaml_text(stream, "output", output);
        yaml_text(stream, "by_hand", command);
    }
    fprintf(stream->file, "  ...\n");
    free(speed);
    free(output);
}

static void write_test(struct stream *stream, const json_t *result, const json_t *exercise,
                       const json_t *test)
{
    char *name = compose("%s %s:", field_text(exercise, "id"), field_text(test, "name"));
    char *why = explanation(test), *command = command_by_hand(result, exercise, test);
    test_line(stream, !has_status(test, "failed"), name, field_text(test, "description"));
    if (has_status(test, "not_reached") || has_status(test, "busy"))
        skip(stream, "", why);
    else if (!has_status(test, "passed") && !has_status(test, "failed"))
        skip(stream, "not graded: ", field_text(test, "message"));
    fprintf(stream->file, "\n");
    write_block(stream, test, why, command);
    free(name);
    free(why);
    free(command);
}

static int count_tests(const json_t *result)
{
    size_t index, count = 0;
    json_t *exercise;
    json_array_foreach (json_object_get(result, "exercises"), index, exercise)
        count += 1 + json_array_size(json_object_get(exercise, "tests"));
    return (int)count;
}

void report_tap(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t i, j;
    json_t *exercise, *test;
    struct stream stream = {.file = file};
    char *points = points_sentence(result), *where = circumstances(result);
    (void)settings;
    fprintf(file, "TAP version 14\n1..%d\n", count_tests(result));
    json_array_foreach (json_object_get(result, "exercises"), i, exercise) {
        write_build(&stream, exercise);
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            write_test(&stream, result, exercise, test);
        if (field_text(exercise, "fault")[0] != '\0') {
            fprintf(file, "# ");
            escape_first_line(field_text(exercise, "fault"), file);
            fprintf(file, "\n");
        }
    }
    fprintf(file, "# %s, %s\n", points, where);
    if (has_status(result, "not_graded"))
        fprintf(file,
                "Bail out! Not everything could be graded, and that is no fault of the submission\n");
    free(points);
    free(where);
}
