// JUnit XML: a suite for each exercise. A failure is the submission's, an error the grader's, and what
// was not reached or too busy to be measured is skipped. Points are properties and in the messages, for
// this format has none.
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_MOST = 16384 };

struct counts {
    int tests;
    int failures;
    int errors;
    int skipped;
    double seconds;
};

static bool has_fault(const json_t *exercise)
{
    return field_text(exercise, "fault")[0] != '\0';
}

static void count_exercise(const json_t *exercise, struct counts *counts)
{
    size_t index;
    json_t *test;
    counts->tests += 1 + has_fault(exercise);
    counts->failures += !is_built(exercise) && !is_build_fault(exercise);
    counts->errors += is_build_fault(exercise) + has_fault(exercise);
    json_array_foreach (json_object_get(exercise, "tests"), index, test) {
        counts->tests++;
        counts->failures += has_status(test, "failed");
        counts->errors += has_status(test, "not_graded");
        counts->skipped += has_status(test, "not_reached") || has_status(test, "busy");
        counts->seconds += field_real(test, "seconds");
    }
}

static void open_with_counts(const char *element, const char *name, const struct counts *counts,
                             FILE *file)
{
    fprintf(file, "<%s name=\"", element);
    escape_attribute(name, file);
    fprintf(file, "\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\" time=\"%.3f\">\n",
            counts->tests, counts->failures, counts->errors, counts->skipped, counts->seconds);
}

static void property(const char *name, const char *value, FILE *file)
{
    fprintf(file, "      <property name=\"%s\" value=\"", name);
    escape_attribute(value, file);
    fprintf(file, "\"/>\n");
}

static void number_property(const char *name, const json_t *object, FILE *file)
{
    char *number = compose("%lld", field_number(object, name));
    property(name, number, file);
    free(number);
}

static void properties(const json_t *result, const json_t *exercise, FILE *file)
{
    const json_t *environment = json_object_get(result, "environment");
    fprintf(file, "    <properties>\n");
    property("title", field_text(exercise, "title"), file);
    property("file", field_text(exercise, "file"), file);
    number_property("points", exercise, file);
    number_property("max_points", exercise, file);
    property("sandbox", field_text(environment, "sandbox"), file);
    number_property("usable_cpus", environment, file);
    number_property("seed", environment, file);
    fprintf(file, "    </properties>\n");
}

static void open_case(const char *class, const char *name, double seconds, FILE *file)
{
    fprintf(file, "    <testcase classname=\"");
    escape_attribute(class, file);
    fprintf(file, "\" name=\"");
    escape_attribute(name, file);
    fprintf(file, "\" time=\"%.3f\">\n", seconds);
}

static void close_case(FILE *file)
{
    fprintf(file, "    </testcase>\n");
}

// What happened to a test that did not pass: `element` is failure, error or skipped. Of the message the
// first line.
static void outcome(const char *element, const char *type, const char *message, const char *details,
                    FILE *file)
{
    char *line = compose("%.*s", (int)strcspn(message, "\n"), message);
    fprintf(file, "      <%s type=\"%s\" message=\"", element, type);
    escape_attribute(line, file);
    free(line);
    fprintf(file, "\">");
    escape_markup(details, file);
    fprintf(file, "</%s>\n", element);
}

static void write_build(const json_t *exercise, FILE *file)
{
    const json_t *build = json_object_get(exercise, "build");
    char *sentence = build_sentence(exercise),
         *message = excerpt(field_text(build, "message"), OUTPUT_MOST);
    open_case(field_text(exercise, "id"), "builds", 0, file);
    if (!is_built(exercise))
        outcome(is_build_fault(exercise) ? "error" : "failure", field_text(build, "status"), sentence,
                message, file);
    if (is_built(exercise) && message[0] != '\0') {
        fprintf(file, "      <system-out>");
        escape_markup(message, file);
        fprintf(file, "</system-out>\n");
    }
    close_case(file);
    free(sentence);
    free(message);
}

static void system_out(const json_t *test, FILE *file)
{
    char *speed = speed_sentence(test), *output = excerpt(field_text(test, "output"), OUTPUT_MOST);
    fprintf(file, "      <system-out>%lld of %lld points\n", field_number(test, "points"),
            field_number(test, "max_points"));
    escape_markup(speed, file);
    fprintf(file, "%s", speed[0] != '\0' ? "\n" : "");
    escape_markup(output, file);
    fprintf(file, "</system-out>\n");
    free(speed);
    free(output);
}

static void write_test(const json_t *result, const json_t *exercise, const json_t *test, FILE *file)
{
    char *class = compose("%s.%s", field_text(exercise, "id"), field_text(test, "suite"));
    char *why = explanation(test), *command = command_by_hand(result, exercise, test);
    char *details = compose("%s\n%s\nBy hand: %s", field_text(test, "description"), why, command);
    open_case(class, field_text(test, "name"), field_real(test, "seconds"), file);
    if (has_status(test, "not_reached") || has_status(test, "busy"))
        outcome("skipped", field_text(test, "status"), why, "", file);
    else if (!has_status(test, "passed"))
        outcome(has_status(test, "failed") ? "failure" : "error", field_text(test, "status"), why,
                details, file);
    system_out(test, file);
    close_case(file);
    free(class);
    free(why);
    free(command);
    free(details);
}

static void write_exercise(const json_t *result, const json_t *exercise, FILE *file)
{
    size_t index;
    json_t *test;
    struct counts counts = {0};
    count_exercise(exercise, &counts);
    fprintf(file, "  ");
    open_with_counts("testsuite", field_text(exercise, "id"), &counts, file);
    properties(result, exercise, file);
    write_build(exercise, file);
    json_array_foreach (json_object_get(exercise, "tests"), index, test)
        write_test(result, exercise, test, file);
    if (has_fault(exercise)) {
        open_case(field_text(exercise, "id"), "examination", 0, file);
        outcome("error", "not_graded", "The examination broke off.", field_text(exercise, "fault"), file);
        close_case(file);
    }
    fprintf(file, "  </testsuite>\n");
}

void report_junit(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t index;
    json_t *exercise;
    struct counts counts = {0};
    (void)settings;
    json_array_foreach (json_object_get(result, "exercises"), index, exercise)
        count_exercise(exercise, &counts);
    fprintf(file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    open_with_counts("testsuites", "multiprocessing-in-c", &counts, file);
    json_array_foreach (json_object_get(result, "exercises"), index, exercise)
        write_exercise(result, exercise, file);
    fprintf(file, "</testsuites>\n");
}
