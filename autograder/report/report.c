// The table of formats, and the way of a result into one.
#include "report.h"
#include "../grade/die.h"
#include "../sandbox/visible.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

static const struct report_format formats[] = {
    {"text", "report.txt", "people, on a terminal", .write = report_text},
    {"html", "report.html", "people: one page with the timing diagrams", .write = report_html},
    {"json", "result.json", "programs: all that is known; every other format is made of it",
     .write = report_json},
    {"junit", "junit.xml", "GitLab, Jenkins, Artemis and most others", .write = report_junit},
    {"tap", "report.tap", "prove and others (TAP 14)", .write = report_tap},
    {"github", "annotations.txt", "GitHub Actions: annotations, to be printed in a step",
     .write = report_github},
    {"github-summary", "summary.md", "GitHub Actions: --append \"$GITHUB_STEP_SUMMARY\"",
     .write = report_github_summary},
    {"github-result", "result.txt",
     "GitHub Classroom's reporter: --append \"$GITHUB_OUTPUT\" sets the output `result`",
     .write = report_github_result},
    {"classroom50", "result.json", "Classroom 50; use --exit-zero", .write = report_classroom50},
    {"gradescope", "results.json", "Gradescope: --output /autograder/results/",
     .write = report_gradescope},
    {"autolab", "autolab.txt", "Autolab: must be the last on standard output", true,
     .write = report_autolab},
    {"check50", "check50.json", "what reads check50's JSON", .write = report_check50},
    {"exercism", "results.json", "Exercism's test runner, version 3; use --exit-zero",
     .write = report_exercism},
};

const struct report_format *report_formats(size_t *count)
{
    *count = sizeof formats / sizeof *formats;
    return formats;
}

const struct report_format *report_format(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

static json_t *visible_string(const json_t *string)
{
    char *text = visible_text(json_string_value(string), json_string_length(string));
    json_t *copy = text == NULL ? NULL : json_string(text);
    free(text);
    return copy;
}

// A copy in which each text is visible.
static json_t *visible_copy(json_t *value)
{
    size_t index;
    const char *key;
    json_t *part, *copy;
    switch (json_typeof(value)) {
    case JSON_STRING:
        copy = visible_string(value);
        break;
    case JSON_OBJECT:
        copy = json_object();
        json_object_foreach (value, key, part)
            if (json_object_set_new(copy, key, visible_copy(part)) == -1)
                die("out of memory");
        break;
    case JSON_ARRAY:
        copy = json_array();
        json_array_foreach (value, index, part)
            if (json_array_append_new(copy, visible_copy(part)) == -1)
                die("out of memory");
        break;
    default:
        copy = json_copy(value);
    }
    if (copy == NULL)
        die("out of memory");
    return copy;
}

char *report_make(const struct report_format *format, const json_t *result,
                  const struct report_settings *settings)
{
    char *text = NULL;
    size_t size;
    json_t *visible = visible_copy((json_t *)result);
    FILE *file = open_memstream(&text, &size);
    if (file == NULL)
        die("out of memory");
    format->write(visible, settings, file);
    if (fclose(file) != 0)
        die("out of memory");
    json_decref(visible);
    return text;
}
