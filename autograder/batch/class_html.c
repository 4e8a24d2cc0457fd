// The report of a class for a browser: one file, without script, that needs nothing else.
#define _GNU_SOURCE // open_memstream
#include "../grade/die.h"
#include "class_pictures.h"
#include <stdlib.h>
#include <string.h>

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>The class</title>\n"
    "<style>\n"
    ":root { color-scheme: light dark; --page: #fff; --text: #1d2430; --faint: #566072; --line: "
    "#d5d9e0;\n"
    "  --count: #0b6e6e; --passed: #2e7d46; --failed: #b3261e; --not_reached: #9aa3b0; --busy: #8a5a00;\n"
    "  --not_graded: #7a1fa2; }\n"
    "@media (prefers-color-scheme: dark) { :root { --page: #14181f; --text: #e3e7ee; --faint: #a3adbd;\n"
    "  --line: #38414f; --count: #5cc8c0; --passed: #6cc183; --failed: #ff8a80; --not_reached: #5d6878;\n"
    "  --busy: #e5bd73; --not_graded: #d5a6f0; } }\n"
    "body { margin: 0 auto; max-width: 70rem; padding: 1rem; background: var(--page); color: "
    "var(--text);\n"
    "  font: 1rem/1.5 system-ui, \"DejaVu Sans\", sans-serif; }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; }\n"
    "th, td { padding: 0.25rem 0.7rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: "
    "left;\n"
    "  vertical-align: top; }\n"
    "td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }\n"
    "td.number { white-space: nowrap; }\n"
    "td.name { min-width: 10rem; }\n"
    "td.name, details li { overflow-wrap: anywhere; }\n"
    "summary { white-space: nowrap; cursor: pointer; }\n"
    ".key svg { vertical-align: baseline; margin-left: 0.8rem; }\n"
    "svg { max-width: 100%; height: auto; }\n"
    "svg text { fill: var(--text); font-size: 13px; text-anchor: middle; }\n"
    "svg .axis, .faint { fill: var(--faint); color: var(--faint); }\n"
    ".count { fill: var(--count); } .passed { fill: var(--passed); } .failed { fill: var(--failed); }\n"
    ".not_reached { fill: var(--not_reached); } .busy { fill: var(--busy); }\n"
    ".not_graded { fill: var(--not_graded); }\n"
    "</style>\n</head>\n<body>\n<h1>The class</h1>\n";

static void write_text(FILE *page, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *special = strchr("&<>\"'", *text);
        if (special == NULL)
            fputc(*text, page);
        else
            fprintf(page, "&#%d;", *text);
    }
}

static void write_contents(const struct class *class, FILE *page)
{
    fprintf(page, "<p>%zu submissions.", class->student_count);
    for (size_t i = 0; i < class->exercise_count; i++)
        fprintf(page, " <a href=\"#%s\">%s</a>,", class->exercises[i]->id, class->exercises[i]->id);
    fprintf(page, " <a href=\"#marks\">all marks</a>.</p>\n");
    picture_key(page);
}

static bool builds(const struct mark *mark)
{
    const json_t *exercise = json_array_get(json_object_get(mark->result, "exercises"), 0);
    const char *status = json_string_value(json_object_get(json_object_get(exercise, "build"), "status"));
    return status == NULL || strcmp(status, "built") == 0;
}

static void write_summary(const struct class *class, size_t exercise, FILE *page)
{
    int states[ATTEMPT_NOT_GRADED + 1] = {0}, full = 0, unbuilt = 0;
    double median = class_median(class, exercise);
    for (size_t i = 0; i < class->student_count; i++) {
        const struct mark *mark = &class->students[i].marks[exercise];
        states[mark->state]++;
        unbuilt += class_counts(mark) && !builds(mark);
        full += mark->state == ATTEMPT_GRADED && mark->points == mark->max_points;
    }
    fprintf(page, "<p>%d graded, %d of them with full marks",
            states[ATTEMPT_GRADED] + states[ATTEMPT_BUSY], full);
    if (unbuilt > 0)
        fprintf(page, ", %d %s not build", unbuilt, unbuilt == 1 ? "does" : "do");
    if (median >= 0)
        fprintf(page, "; median %g points", median);
    if (states[ATTEMPT_BUSY] > 0)
        fprintf(page, "; %d without a test of speed, for which the machine was too busy",
                states[ATTEMPT_BUSY]);
    if (states[ATTEMPT_WAITING] > 0)
        fprintf(page, "; %d still to be graded", states[ATTEMPT_WAITING]);
    if (states[ATTEMPT_UNTIMED] > 0)
        fprintf(page, "; %d still to be timed", states[ATTEMPT_UNTIMED]);
    if (states[ATTEMPT_NOT_GRADED] > 0)
        fprintf(page, "; %d could not be graded", states[ATTEMPT_NOT_GRADED]);
    fprintf(page, "; %d not handed in.</p>\n", states[ATTEMPT_NONE]);
}

// The names of those for whom the test ended so or so, folded away.
static void write_names(const struct class *class, size_t exercise, const struct class_test *test,
                        bool passed, FILE *page)
{
    int count = passed ? test->counts[TEST_PASSED] : test->students - test->counts[TEST_PASSED];
    if (count == 0)
        return;
    fprintf(page, "<details><summary>%d %s</summary><ul>", count, passed ? "passed" : "did not");
    for (size_t i = 0; i < class->student_count; i++) {
        enum test_status status = class_test_status(&class->students[i].marks[exercise], test);
        if (status == TEST_STATUSES || (status == TEST_PASSED) != passed)
            continue;
        fprintf(page, "<li>");
        write_text(page, class->students[i].name);
        fprintf(page, "%s</li>",
                status == TEST_NOT_REACHED ? " <span class=\"faint\">(not reached)</span>"
                : status == TEST_BUSY      ? " <span class=\"faint\">(busy)</span>"
                                           : "");
    }
    fprintf(page, "</ul></details>");
}

static void write_test(const struct class *class, size_t exercise, const struct class_test *test,
                       FILE *page)
{
    fprintf(page, "<tr><td>");
    write_text(page, test->description);
    fprintf(page, "<br><span class=\"faint\">");
    write_text(page, test->name);
    if (test->speedup > 0)
        fprintf(page, ", median speedup %.2f", test->speedup);
    fprintf(page, "</span></td><td>");
    picture_test(test, page);
    fprintf(page, "</td><td class=\"number\">");
    if (test->median >= 0)
        fprintf(page, "%g of %d", test->median, test->max_points);
    fprintf(page, "</td><td>");
    write_names(class, exercise, test, true, page);
    write_names(class, exercise, test, false, page);
    fprintf(page, "</td></tr>\n");
}

static void write_exercise(const struct class *class, size_t exercise, FILE *page)
{
    size_t count;
    struct class_test *tests = class_tests(class, exercise, &count);
    fprintf(page, "<section id=\"%s\">\n<h2>%s: ", class->exercises[exercise]->id,
            class->exercises[exercise]->id);
    write_text(page, class->exercises[exercise]->title);
    fprintf(page, "</h2>\n");
    write_summary(class, exercise, page);
    picture_points(class, exercise, page);
    if (count > 0)
        fprintf(page, "<div class=\"wide\"><table>\n<tr><th>test</th><th>the class</th>"
                      "<th class=\"number\">median points</th><th>who</th></tr>\n");
    for (size_t i = 0; i < count; i++)
        write_test(class, exercise, &tests[i], page);
    fprintf(page, "%s</section>\n", count > 0 ? "</table></div>\n" : "");
    free(tests);
}

static void write_mark(const struct mark *mark, FILE *page)
{
    fprintf(page, "<td class=\"number\">");
    if (class_counts(mark))
        fprintf(page, "%d of %d%s", mark->points, mark->max_points,
                builds(mark) ? "" : "<br><span class=\"faint\">does not build</span>");
    else
        fprintf(page, "<span class=\"faint\">%s</span>",
                mark->state == ATTEMPT_NONE      ? "not handed in"
                : mark->state == ATTEMPT_WAITING ? "not graded yet"
                : mark->state == ATTEMPT_UNTIMED ? "not timed yet"
                                                 : "not graded");
    fprintf(page, "</td>");
}

static void write_marks(const struct class *class, FILE *page)
{
    fprintf(page,
            "<section id=\"marks\">\n<h2>All marks</h2>\n<div class=\"wide\"><table>\n<tr><th>name</th>");
    for (size_t i = 0; i < class->exercise_count; i++)
        fprintf(page, "<th class=\"number\">%s</th>", class->exercises[i]->id);
    fprintf(page, "<th></th></tr>\n");
    for (size_t i = 0; i < class->student_count; i++) {
        fprintf(page, "<tr><td class=\"name\">");
        write_text(page, class->students[i].name);
        fprintf(page, "</td>");
        for (size_t j = 0; j < class->exercise_count; j++)
            write_mark(&class->students[i].marks[j], page);
        fprintf(page, "<td>");
        write_text(page, class->students[i].note);
        fprintf(page, "</td></tr>\n");
    }
    fprintf(page, "</table></div>\n</section>\n");
}

char *class_html(const struct class *class)
{
    char *text = NULL;
    size_t size;
    FILE *page = open_memstream(&text, &size);
    if (page == NULL)
        die("out of memory");
    fputs(head, page);
    write_contents(class, page);
    for (size_t i = 0; i < class->exercise_count; i++)
        write_exercise(class, i, page);
    write_marks(class, page);
    fprintf(page, "</body>\n</html>\n");
    if (fclose(page) != 0)
        die("out of memory");
    return text;
}
