// The result for people: a line for each test, then what went wrong, one by one.
#include "../grade/die.h"
#include "../grade/result.h"
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include "picture.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

// A sanitizer's report is longer than what a learner prints: libraries may stand above the line of his
// own.
enum { OUTPUT_LINES = 12, SANITIZER_LINES = 40, COMPILER_LINES = 40 };
enum { WIDTH = 96, DIAGRAM_WIDTH = 64, LINE = 200 };

struct page {
    FILE *file;
    const json_t *result;
    bool colours;
    bool sanitized;   // the submission was built with sanitizers
    bool own_library; // with the learner's other modules
    int failures;     // how many may still be shown
};

static const char *const bold = "1", *const green = "32", *const red = "31", *const grey = "90";

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

static void test_line(const struct page *page, const json_t *test)
{
    int most = (int)field_number(test, "max_points");
    fprintf(page->file, "  ");
    if (has_status(test, "not_reached")) {
        paint(page, grey, "--      - /%2d  %s", most, field_text(test, "description"));
    } else {
        if (has_status(test, "passed"))
            paint(page, green, "pass");
        else
            paint(page, red,
                  has_status(test, "failed") ? "FAIL"
                  : has_status(test, "busy") ? "busy"
                                             : "????");
        fprintf(page->file, "  %3d /%2d  %s", (int)field_number(test, "points"), most,
                field_text(test, "description"));
    }
    fprintf(page->file, "\n");
}

// The first lines of what a program or the compiler wrote, as they are, behind a margin.
static void output_lines(const struct page *page, const char *text, int most)
{
    int lines = 0;
    while (*text != '\0' && lines++ < most) {
        size_t length = strcspn(text, "\n");
        fprintf(page->file, "      | %.*s%s\n", (int)(length < LINE ? length : LINE), text,
                length > LINE ? "..." : "");
        text += length + (text[length] == '\n');
    }
    if (*text != '\0')
        fprintf(page->file, "      | ... (there is more)\n");
}

// Whether the program was ended by a signal of which sanitizers know the line: it aborted itself (malloc
// says so of memory that is freed twice), or divided by 0, or used a bad pointer.
static bool is_crash(const char *message)
{
    static const char *const signals[] = {"signal 6 ", "signal 7 ", "signal 8 ", "signal 11 "};
    const char *ended = strstr(message, "ended by signal ");
    for (size_t i = 0; ended != NULL && i < sizeof signals / sizeof *signals; i++)
        if (strncmp(ended + strlen("ended by "), signals[i], strlen(signals[i])) == 0)
            return true;
    return false;
}

static void failure(const struct page *page, const json_t *exercise, const json_t *test)
{
    const char *id = field_text(exercise, "id");
    char *why = explanation(test), *command = command_by_hand(page->result, exercise, test);
    fprintf(page->file, "\n  ");
    paint(page, bold, "%s", field_text(test, "name"));
    fprintf(page->file, " (%s)\n", field_text(test, "description"));
    wrap(page, "    ", why);
    if (field_text(test, "output")[0] != '\0') {
        fprintf(page->file, "    The program wrote:\n");
        output_lines(page, field_text(test, "output"), page->sanitized ? SANITIZER_LINES : OUTPUT_LINES);
    }
    if (field_text(test, "drive")[0] != '\0')
        fprintf(page->file, "    By hand:  %s\n", command);
    if (!page->sanitized && is_crash(field_text(test, "message")))
        fprintf(page->file, "    Where:    make grade E=%s SANITIZE=1%s\n", id, own_library(page));
    free(why);
    free(command);
}

static void build_problem(const struct page *page, const json_t *exercise)
{
    const json_t *build = json_object_get(exercise, "build");
    char *sentence = build_sentence(exercise);
    fprintf(page->file, "\n  ");
    paint(page, bold, "%s:", sentence);
    fprintf(page->file, "\n");
    if (has_status(build, "refused") || has_status(build, "missing"))
        wrap(page, "    ", field_text(build, "message"));
    else // the compiler's words
        output_lines(page, field_text(build, "message"), COMPILER_LINES);
    free(sentence);
}

// What was measured of a test of speed, with the timing diagram of that very run.
static void speed_part(const struct page *page, const json_t *test)
{
    struct diagram diagram;
    const json_t *speed = json_object_get(test, "speed");
    if (!picture_read(speed, &diagram))
        return;
    fprintf(page->file, "\n  ");
    paint(page, bold, "%s", field_text(test, "name"));
    fprintf(page->file,
            ": %.2f times as fast as one process; %.2f is full marks.\n"
            "    %.0f ms on the clock instead of %.0f ms; %.0f ms of it went to other programs.\n",
            field_real(speed, "speedup"), field_real(speed, "target"), field_real(speed, "wall_ms"),
            field_real(speed, "sequential_ms"), field_real(speed, "waited_ms"));
    diagram_text(&diagram, "    ", DIAGRAM_WIDTH, page->file);
    if (field_text(speed, "picture")[0] != '\0')
        fprintf(page->file, "    As a picture: %s\n", field_text(speed, "picture"));
}

// Whether the test started anything: one that did not has little to say.
static bool was_tried(const json_t *test)
{
    static const char not_run[] = "Not run:"; // as the examiner says
    return strncmp(field_text(test, "message"), not_run, sizeof not_run - 1) != 0;
}

// The details of the tests that did not pass, as many as the page has room for; first of those that were
// tried.
static void failures(struct page *page, const json_t *exercise)
{
    const json_t *tests = json_object_get(exercise, "tests");
    size_t index;
    json_t *test;
    int left_out = 0;
    for (int tried = 1; tried >= 0; tried--) {
        json_array_foreach ((json_t *)tests, index, test) {
            if (has_status(test, "passed") || has_status(test, "not_reached") || was_tried(test) != tried)
                continue;
            if (page->failures-- > 0)
                failure(page, exercise, test);
            else
                left_out++;
        }
    }
    if (left_out > 0)
        fprintf(page->file, "\n  The details of %d more: make grade E=%s ALL=1%s\n", left_out,
                field_text(exercise, "id"), own_library(page));
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
        const char *reason = field_text(module, "reason");
        bool own = strcmp(field_text(module, "whose"), "learner") == 0;
        fprintf(page->file, "  It uses %s: %s%s.\n", field_text(module, "id"),
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
    paint(page, bold, "%s  %s", field_text(exercise, "id"), field_text(exercise, "title"));
    fprintf(page->file, "\n\n");
    bool waiting = false;
    json_array_foreach ((json_t *)tests, index, test) {
        test_line(page, test);
        waiting = waiting || has_status(test, "not_reached");
    }
    if (waiting)
        paint(page, grey, "  (-- not reached yet: tried when what comes before it passes)\n");
    uses(page, json_object_get(exercise, "uses"));
    json_array_foreach ((json_t *)tests, index, test)
        speed_part(page, test);
    if (!is_built(exercise) || field_text(build, "message")[0] != '\0')
        build_problem(page, exercise);
    failures(page, exercise);
    if (field_text(exercise, "fault")[0] != '\0') {
        fprintf(page->file, "\n");
        wrap(page, "  ", field_text(exercise, "fault"));
    }
    fprintf(page->file, "\n");
}

static void last_line(const struct page *page)
{
    const json_t *result = page->result;
    char *where = circumstances(result);
    paint(page, field_number(result, "points") == field_number(result, "max_points") ? green : bold,
          "%lld of %lld points", field_number(result, "points"), field_number(result, "max_points"));
    if (result_has_busy(result))
        paint(page, red, "  (what was too busy to be measured is left out)");
    if (has_status(result, "not_graded"))
        paint(page, red, "  (not everything could be graded)");
    paint(page, grey, "   %s", where);
    fprintf(page->file, "\n");
    free(where);
    const char *reason = field_text(json_object_get(result, "environment"), "sandbox_reason");
    if (reason[0] != '\0')
        paint(page, grey, "About the sandbox: %s\n", reason);
}

// The page as it would be if all texts were ours.
static char *whole_page(const json_t *result, const struct report_settings *settings)
{
    char *text = NULL;
    size_t index, size;
    json_t *exercise;
    const json_t *environment = json_object_get(result, "environment");
    struct page page = {.file = open_memstream(&text, &size),
                        .result = result,
                        .colours = settings->colours,
                        .sanitized = json_is_true(json_object_get(environment, "sanitized")),
                        .own_library = strcmp(field_text(environment, "library"), "mine") == 0,
                        .failures = settings->failures};
    if (page.file == NULL)
        die("out of memory");
    json_array_foreach (json_object_get(result, "exercises"), index, exercise)
        exercise_part(&page, exercise);
    last_line(&page);
    if (fclose(page.file) != 0)
        die("out of memory");
    return text;
}

void report_text(const json_t *result, const struct report_settings *settings, FILE *file)
{
    char *text = whole_page(result, settings);
    escape_text(text, file);
    free(text);
}
