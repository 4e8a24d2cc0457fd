// The result as one web page, readable from a file: no script, nothing to fetch. It is well-formed XML,
// too, so that any XML parser can check it.
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include "html_style.h"
#include "picture.h"
#include <stdlib.h>

enum { OUTPUT_MOST = 16384 };

struct page {
    FILE *file;
    const json_t *result;
    int exercise; // its number, from 1
};

static void element(const struct page *page, const char *name, const char *class, const char *text)
{
    fprintf(page->file, "<%s%s%s%s>", name, class[0] != '\0' ? " class=\"" : "", class,
            class[0] != '\0' ? "\"" : "");
    escape_markup(text, page->file);
    fprintf(page->file, "</%s>\n", name);
}

static void preformatted(const struct page *page, const char *text)
{
    char *part = excerpt(text, OUTPUT_MOST);
    fprintf(page->file, "<pre tabindex=\"0\">"); // reachable by keyboard: it may scroll
    escape_markup(part, page->file);
    fprintf(page->file, "</pre>\n");
    free(part);
}

// The word for a status. It is also the name of a class, so that only known ones are used.
static const char *word_of(const json_t *test, const char **class)
{
    static const char *const words[][2] = {{"passed", "pass"},
                                           {"failed", "FAIL"},
                                           {"busy", "busy"},
                                           {"not_reached", "not reached"},
                                           {"not_graded", "not graded"}};
    size_t i = 0;
    while (i + 1 < sizeof words / sizeof *words && !has_status(test, words[i][0]))
        i++;
    *class = words[i][0];
    return words[i][1];
}

// Whether there is more to say of a test than its line in the table.
static bool has_details(const json_t *test)
{
    return !has_status(test, "passed") && !has_status(test, "not_reached");
}

static void table_row(const struct page *page, const json_t *test, size_t index)
{
    const char *class;
    const char *word = word_of(test, &class);
    fprintf(page->file, "<tr class=\"%s\"><td class=\"status\">%s</td>", class, word);
    fprintf(page->file, "<td class=\"number\">%lld / %lld</td><td>", field_number(test, "points"),
            field_number(test, "max_points"));
    if (has_details(test))
        fprintf(page->file, "<a href=\"#test-%d-%zu\">", page->exercise, index + 1);
    escape_markup(field_text(test, "description"), page->file);
    fprintf(page->file, "%s</td><td class=\"number\">%.2f</td></tr>\n", has_details(test) ? "</a>" : "",
            field_real(test, "seconds"));
}

static void table(const struct page *page, const json_t *tests)
{
    size_t index;
    json_t *test;
    if (json_array_size(tests) == 0)
        return;
    fprintf(page->file, "<div class=\"box\"><table>\n<thead><tr><th scope=\"col\">Result</th>"
                        "<th scope=\"col\" class=\"number\">Points</th><th scope=\"col\">Test</th>"
                        "<th scope=\"col\" class=\"number\">Seconds</th></tr></thead>\n<tbody>\n");
    json_array_foreach ((json_t *)tests, index, test)
        table_row(page, test, index);
    fprintf(page->file, "</tbody></table></div>\n");
}

static void speed_part(const struct page *page, const json_t *test)
{
    struct diagram diagram;
    const json_t *speed = json_object_get(test, "speed");
    char *sentence = speed_sentence(test);
    if (picture_read(speed, &diagram)) {
        fprintf(page->file, "<figure>");
        diagram_inline(&diagram, field_text(test, "description"), page->file);
        char *caption =
            compose("%s. %.0f ms on the clock instead of %.0f ms; %.0f ms of it went to other programs.",
                    sentence, field_real(speed, "wall_ms"), field_real(speed, "sequential_ms"),
                    field_real(speed, "waited_ms"));
        element(page, "figcaption", "soft", caption);
        fprintf(page->file, "</figure>\n");
        free(caption);
    }
    free(sentence);
}

static void details(const struct page *page, const json_t *exercise, const json_t *test, size_t index)
{
    char *why = explanation(test), *command = command_by_hand(page->result, exercise, test);
    fprintf(page->file, "<h3 id=\"test-%d-%zu\">", page->exercise, index + 1);
    escape_markup(field_text(test, "description"), page->file);
    fprintf(page->file, " <span class=\"soft\">(");
    escape_markup(field_text(test, "name"), page->file);
    fprintf(page->file, ")</span></h3>\n");
    element(page, "p", "words", why);
    if (field_text(test, "output")[0] != '\0') {
        element(page, "p", "soft", "The program wrote:");
        preformatted(page, field_text(test, "output"));
    }
    if (field_text(test, "drive")[0] != '\0') {
        fprintf(page->file, "<p>By hand: ");
        element(page, "code", "", command);
        fprintf(page->file, "</p>\n");
    }
    free(why);
    free(command);
}

static void build_part(const struct page *page, const json_t *exercise)
{
    const char *message = field_text(json_object_get(exercise, "build"), "message");
    char *sentence = build_sentence(exercise);
    if (!is_built(exercise) || message[0] != '\0') {
        element(page, "h3", "", sentence);
        preformatted(page, message);
    }
    free(sentence);
}

static void uses_part(const struct page *page, const json_t *modules)
{
    size_t index;
    json_t *module;
    json_array_foreach ((json_t *)modules, index, module) {
        const char *reason = field_text(module, "reason");
        char *sentence = compose("It uses %s: %s%s.", field_text(module, "id"),
                                 reason[0] == '\0' ? "yours" : "the solution's, for ", reason);
        element(page, "p", "soft", sentence);
        free(sentence);
    }
}

static void exercise_part(struct page *page, const json_t *exercise)
{
    size_t index;
    json_t *test;
    const json_t *tests = json_object_get(exercise, "tests");
    char *heading = compose("%s: %s", field_text(exercise, "id"), field_text(exercise, "title"));
    char *points = compose("%lld of %lld points. Graded: %s", field_number(exercise, "points"),
                           field_number(exercise, "max_points"), field_text(exercise, "file"));
    page->exercise++;
    fprintf(page->file, "<section>\n");
    element(page, "h2", "", heading);
    element(page, "p", "soft", points);
    uses_part(page, json_object_get(exercise, "uses"));
    table(page, tests);
    json_array_foreach ((json_t *)tests, index, test)
        speed_part(page, test);
    build_part(page, exercise);
    json_array_foreach ((json_t *)tests, index, test)
        if (has_details(test))
            details(page, exercise, test, index);
    if (field_text(exercise, "fault")[0] != '\0') {
        element(page, "h3", "", "The examination broke off, and that is no fault of yours");
        preformatted(page, field_text(exercise, "fault"));
    }
    fprintf(page->file, "</section>\n");
    free(heading);
    free(points);
}

void report_html(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t index;
    json_t *exercise;
    struct page page = {.file = file, .result = result};
    char *points = points_sentence(result), *where = circumstances(result);
    char *total = compose("%lld of %lld points", field_number(result, "points"),
                          field_number(result, "max_points"));
    (void)settings;
    fprintf(file, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
                  "<meta charset=\"utf-8\"/>\n"
                  "<meta http-equiv=\"Content-Security-Policy\" "
                  "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    element(&page, "title", "", points);
    fprintf(file, "<style>\n%s%s\n</style>\n</head>\n<body>\n<header>\n", html_style, diagram_style());
    element(&page, "h1", "", total);
    if (reservation(result)[0] != '\0')
        element(&page, "p", "", reservation(result));
    element(&page, "p", "soft", where);
    fprintf(file, "</header>\n<main>\n");
    json_array_foreach (json_object_get(result, "exercises"), index, exercise)
        exercise_part(&page, exercise);
    fprintf(file, "</main>\n</body>\n</html>\n");
    free(points);
    free(where);
    free(total);
}
