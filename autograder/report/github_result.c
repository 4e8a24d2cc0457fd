// GitHub Classroom's reporter: one line for $GITHUB_OUTPUT, "result=" and the base64 of a JSON object
// (classroom-resources/autograding-grading-reporter, src/main.js). The reporter prints what it finds, so
// texts are made harmless for a log, too. It gets them in an environment variable, which Linux limits to
// 128 KiB: messages are short, and left out where there are very many.
#include "../grade/die.h"
#include "base64.h"
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MOST = 500, WHOLE_MOST = 90 * 1024 }; // base64 adds a third

static char *logged(const char *text)
{
    char *copy = NULL;
    size_t size;
    FILE *file = open_memstream(&copy, &size);
    if (file == NULL)
        die("out of memory");
    escape_text(text, file);
    if (fclose(file) != 0)
        die("out of memory");
    return copy;
}

static json_t *entry_of(const json_t *result, const json_t *exercise, const json_t *test, bool messages)
{
    json_t *entry = json_object();
    char *why = explanation(test), *part = excerpt(why, MESSAGE_MOST);
    char *name = compose("%s: %s", field_text(exercise, "id"), field_text(test, "description"));
    const char *status = has_status(test, "passed")       ? "pass"
                         : has_status(test, "not_graded") ? "error"
                                                          : "fail";
    put_text(entry, "name", logged(name));
    put_value(entry, "status", json_string(status));
    put_value(entry, "score", json_integer(field_number(test, "points")));
    put_text(entry, "message", messages ? logged(part) : compose("%s", ""));
    put_text(entry, "test_code", command_by_hand(result, exercise, test));
    put_value(entry, "filename", json_string(""));
    put_value(entry, "line_no", json_integer(0));
    put_value(entry, "duration", json_integer((json_int_t)(field_real(test, "seconds") * 1000)));
    free(why);
    free(part);
    free(name);
    return entry;
}

static json_t *build_entry(const json_t *exercise, bool messages)
{
    json_t *entry = json_object();
    char *sentence = build_sentence(exercise);
    char *message =
        compose("%s: %s", sentence, field_text(json_object_get(exercise, "build"), "message"));
    char *part = excerpt(message, MESSAGE_MOST);
    put_text(entry, "name", compose("%s: builds", field_text(exercise, "id")));
    put_value(entry, "status", json_string(is_build_fault(exercise) ? "error" : "fail"));
    put_value(entry, "score", json_integer(0));
    put_text(entry, "message", messages ? logged(part) : compose("%s", ""));
    put_text(entry, "test_code", compose("make grade E=%s", field_text(exercise, "id")));
    put_value(entry, "filename", json_string(""));
    put_value(entry, "line_no", json_integer(0));
    put_value(entry, "duration", json_integer(0));
    free(sentence);
    free(message);
    free(part);
    return entry;
}

// What was too busy to be measured is left out: this format would call it failed.
static char *object_of(const json_t *result, bool messages)
{
    size_t i, j;
    json_t *exercise, *test, *tests = json_array(), *object = json_object();
    bool full = field_number(result, "points") == field_number(result, "max_points");
    json_array_foreach (json_object_get(result, "exercises"), i, exercise) {
        if (!is_built(exercise))
            append_value(tests, build_entry(exercise, messages));
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            if (!has_status(test, "busy"))
                append_value(tests, entry_of(result, exercise, test, messages));
    }
    put_value(object, "version", json_integer(1));
    put_value(object, "status",
              json_string(has_status(result, "not_graded") ? "error"
                          : full                           ? "pass"
                                                           : "fail"));
    put_value(object, "max_score", json_integer(field_number(result, "max_points")));
    put_value(object, "tests", tests);
    char *text = json_dumps(object, JSON_COMPACT);
    if (text == NULL)
        die("cannot write the result");
    json_decref(object);
    return text;
}

void report_github_result(const json_t *result, const struct report_settings *settings, FILE *file)
{
    (void)settings;
    char *text = object_of(result, true);
    if (strlen(text) > WHOLE_MOST) {
        free(text);
        text = object_of(result, false);
    }
    fprintf(file, "result=");
    base64_write(text, strlen(text), file);
    fprintf(file, "\n");
    free(text);
}
