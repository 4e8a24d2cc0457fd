// The result for people: a line for each test, then what went wrong, one by one.
#include "die.h"
#include "pictures.h"
#include "report.h"
#include "result.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 96, OUTPUT_LINES = 12, COMPILER_LINES = 40, DIAGRAM_WIDTH = 64 };

struct page {
    FILE *file;
    bool colours;
    bool sanitized;   // the submission was built with sanitizers
    bool own_library; // with the learner's other modules
    int failures;     // how many may still be shown
};

static const char *const bold = "1", *const green = "32", *const red = "31", *const grey = "90";

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static int number_of(const json_t *object, const char *key)
{
    return (int)json_integer_value(json_object_get(object, key));
}

static double real_of(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

__attribute__((format(printf, 3, 4))) static void paint(const struct page *page, const char *colour,
                                                        const char *format, ...)
{
    va_list values;
    va_start(values, format);
    if (page->colours)
        fprintf(page->file, "\033[%sm", colour);
    vfprintf(page->file, format, values);
    if (page->colours)
        fprintf(page->file, "\033[0m");
    va_end(values);
}

// Prints `text` in lines of at most WIDTH characters, each after `margin`. Line ends in it stay.
static void wrap(const struct page *page, const char *margin, const char *text)
{
    size_t used = 0;
    while (*text != '\0') {
        size_t blanks = strspn(text, " ");
        size_t length = strcspn(text + blanks, " \n");
        if (used > 0 && used + blanks + length > WIDTH) {
            fprintf(page->file, "\n");
            used = 0;
            text += blanks; // the line ends in their place
            blanks = 0;
        }
        length += blanks;
        if (used == 0 && length > 0) {
            fprintf(page->file, "%s", margin);
            used = strlen(margin);
        }
        fprintf(page->file, "%.*s", (int)length, text);
        used += length;
        text += length;
        if (*text == '\n') {
            fprintf(page->file, "\n");
            text++;
            used = 0;
        }
    }
    if (used > 0)
        fprintf(page->file, "\n");
}

// What a command needs to have the same library.
static const char *own_library(const struct page *page)
{
    return page->own_library ? " LIBRARY=mine" : "";
}

static bool is(const json_t *test, const char *status)
{
    return strcmp(text_of(test, "status"), status) == 0;
}

static void test_line(const struct page *page, const json_t *test)
{
    int most = number_of(test, "max_points");
    fprintf(page->file, "  ");
    if (is(test, "not_reached")) {
        paint(page, grey, "--      - /%2d  %s", most, text_of(test, "description"));
    } else {
        if (is(test, "passed"))
            paint(page, green, "pass");
        else
            paint(page, red, is(test, "failed") ? "FAIL" : is(test, "busy") ? "busy" : "????");
        fprintf(page->file, "  %3d /%2d  %s", number_of(test, "points"), most,
                text_of(test, "description"));
    }
    fprintf(page->file, "\n");
}

// The first lines of what a program or the compiler wrote, as they are, behind a margin. "##[" is a
// command to some CI systems wherever it stands.
static void output_lines(const struct page *page, const char *text, int most)
{
    int lines = 0;
    while (*text != '\0' && lines++ < most) {
        size_t length = strcspn(text, "\n");
        size_t shown = length < 200 ? length : 200;
        fprintf(page->file, "      | ");
        for (size_t i = 0; i < shown; i++)
            fprintf(page->file, i > 0 && text[i - 1] == '#' && text[i] == '#' ? "\\x23" : "%c", text[i]);
        fprintf(page->file, "%s\n", length > shown ? "..." : "");
        text += length + (text[length] == '\n');
    }
    if (*text != '\0')
        fprintf(page->file, "      | ... (there is more)\n");
}

static void failure(const struct page *page, const char *id, const json_t *test)
{
    const char *drive = text_of(test, "drive");
    const char *arguments = text_of(test, "arguments");
    fprintf(page->file, "\n  ");
    paint(page, bold, "%s", text_of(test, "name"));
    fprintf(page->file, " (%s)\n", text_of(test, "description"));
    if (is(test, "not_graded"))
        wrap(page, "    ",
             "This is no fault of yours: the test could not be carried out, and is not graded.");
    wrap(page, "    ", text_of(test, "message"));
    if (text_of(test, "output")[0] != '\0') {
        fprintf(page->file, "    The program wrote:\n");
        output_lines(page, text_of(test, "output"), OUTPUT_LINES);
    }
    const char *quote = arguments[0] != '\0' ? "\"" : "";
    if (drive[0] != '\0')
        fprintf(page->file, "    By hand:  make run E=%s D=%s%s%s%s%s%s%s\n", id, quote, drive,
                *quote != '\0' ? " " : "", arguments, quote, page->sanitized ? " SANITIZE=1" : "",
                own_library(page));
    if (!page->sanitized && strstr(text_of(test, "message"), "ended by signal 11") != NULL)
        fprintf(page->file, "    Where:    make grade E=%s SANITIZE=1%s\n", id, own_library(page));
}

static void build_problem(const struct page *page, const json_t *exercise)
{
    static const struct {
        const char *status;
        const char *before, *after; // around the name of the file
        bool quoted;                // the message is the compiler's
    } texts[] = {
        {"built", "The compiler warns about ", ":", true},
        {"not_compiled", "", " does not compile, so nothing could be tested:", true},
        {"not_linked", "", " does not link, so nothing could be tested:", true},
        {"not_graded", "Not graded, and no fault of yours: the grader could not read or build ", ":",
         true},
        {"refused", "", " was refused, so nothing could be tested:", false},
        {"missing", "", " was not tested:", false},
    };
    const json_t *build = json_object_get(exercise, "build");
    size_t i = 0;
    while (strcmp(texts[i].status, text_of(build, "status")) != 0 && i + 1 < sizeof texts / sizeof *texts)
        i++;
    fprintf(page->file, "\n  ");
    paint(page, bold, "%s%s%s", texts[i].before, text_of(exercise, "file"), texts[i].after);
    fprintf(page->file, "\n");
    if (texts[i].quoted)
        output_lines(page, text_of(build, "message"), COMPILER_LINES);
    else
        wrap(page, "    ", text_of(build, "message"));
}

// What was measured of a test of speed, with the timing diagram of that very run.
static void speed_part(const struct page *page, const json_t *test)
{
    struct diagram diagram;
    const json_t *speed = json_object_get(test, "speed");
    if (!picture_read(speed, &diagram))
        return;
    fprintf(page->file, "\n  ");
    paint(page, bold, "%s", text_of(test, "name"));
    fprintf(page->file,
            ": %.2f times as fast as one process; %.2f is full marks.\n"
            "    %.0f ms on the clock instead of %.0f ms; %.0f ms of it went to other programs.\n",
            real_of(speed, "speedup"), real_of(speed, "target"), real_of(speed, "wall_ms"),
            real_of(speed, "sequential_ms"), real_of(speed, "waited_ms"));
    diagram_text(&diagram, "    ", DIAGRAM_WIDTH, page->file);
    if (text_of(speed, "picture")[0] != '\0')
        fprintf(page->file, "    As a picture: %s\n", text_of(speed, "picture"));
}

// Whether the test started anything: one that did not has little to say.
static bool was_tried(const json_t *test)
{
    static const char not_run[] = "Not run:"; // as the examiner says
    return strncmp(text_of(test, "message"), not_run, sizeof not_run - 1) != 0;
}

// The details of the tests that did not pass, as many as the page has room for; first of those that were
// tried.
static void failures(struct page *page, const char *id, const json_t *tests)
{
    size_t index;
    json_t *test;
    int left_out = 0;
    for (int tried = 1; tried >= 0; tried--) {
        json_array_foreach ((json_t *)tests, index, test) {
            if (is(test, "passed") || is(test, "not_reached") || was_tried(test) != tried)
                continue;
            if (page->failures-- > 0)
                failure(page, id, test);
            else
                left_out++;
        }
    }
    if (left_out > 0)
        fprintf(page->file, "\n  The details of %d more: make grade E=%s ALL=1%s\n", left_out, id,
                own_library(page));
}

// Whose modules the exercise was built with.
static void uses(const struct page *page, const json_t *modules)
{
    size_t index;
    json_t *module;
    if (modules == NULL)
        return;
    fprintf(page->file, "\n");
    json_array_foreach ((json_t *)modules, index, module) {
        const char *reason = text_of(module, "reason");
        bool own = strcmp(text_of(module, "whose"), "learner") == 0;
        fprintf(page->file, "  It uses %s: %s%s.\n", text_of(module, "id"),
                own ? "yours" : "the solution's, for ", reason);
    }
    if (json_array_size(modules) == 0)
        fprintf(page->file, "  It uses no other module.\n");
}

static void exercise_part(struct page *page, const json_t *exercise)
{
    size_t index;
    json_t *test;
    const json_t *tests = json_object_get(exercise, "tests");
    const json_t *build = json_object_get(exercise, "build");
    paint(page, bold, "%s  %s", text_of(exercise, "id"), text_of(exercise, "title"));
    fprintf(page->file, "\n\n");
    bool waiting = false;
    json_array_foreach ((json_t *)tests, index, test) {
        test_line(page, test);
        waiting = waiting || is(test, "not_reached");
    }
    if (waiting)
        paint(page, grey, "  (-- not reached yet: tried when what comes before it passes)\n");
    uses(page, json_object_get(exercise, "uses"));
    json_array_foreach ((json_t *)tests, index, test)
        speed_part(page, test);
    if (strcmp(text_of(build, "status"), "built") != 0 || text_of(build, "message")[0] != '\0')
        build_problem(page, exercise);
    failures(page, text_of(exercise, "id"), tests);
    if (text_of(exercise, "fault")[0] != '\0') {
        fprintf(page->file, "\n");
        wrap(page, "  ", text_of(exercise, "fault"));
    }
    fprintf(page->file, "\n");
}

char *report_text(const json_t *result, bool colours, int failures)
{
    char *text = NULL;
    size_t size, index;
    json_t *exercise;
    const json_t *environment = json_object_get(result, "environment");
    const bool sanitized = json_is_true(json_object_get(environment, "sanitized"));
    struct page page = {.sanitized = sanitized,
                        .own_library = strcmp(text_of(environment, "library"), "mine") == 0,
                        .file = open_memstream(&text, &size),
                        .colours = colours,
                        .failures = failures};
    if (page.file == NULL)
        die("out of memory");
    json_array_foreach (json_object_get(result, "exercises"), index, exercise)
        exercise_part(&page, exercise);
    paint(&page, number_of(result, "points") == number_of(result, "max_points") ? green : bold,
          "%d of %d points", number_of(result, "points"), number_of(result, "max_points"));
    if (result_has_busy(result))
        paint(&page, red, "  (what was too busy to be measured is left out)");
    if (is(result, "not_graded"))
        paint(&page, red, "  (not everything could be graded)");
    paint(&page, grey, "   sandbox %s, %d usable CPU%s, seed %lld", text_of(environment, "sandbox"),
          number_of(environment, "usable_cpus"), number_of(environment, "usable_cpus") == 1 ? "" : "s",
          (long long)json_integer_value(json_object_get(environment, "seed")));
    fprintf(page.file, "\n");
    if (fclose(page.file) != 0)
        die("out of memory");
    return text;
}
