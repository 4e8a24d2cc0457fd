// GitHub Actions: annotations, as workflow commands for the log of a step: what the compiler says, at its
// line; each test that failed; what was not measured or not graded; the points. GitHub shows ten errors,
// ten warnings and ten notices of a step, so that no more are written.
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_OF_A_KIND = 10, MESSAGE_MOST = 4000 };

enum kind { ERROR, WARNING, NOTICE, KINDS };

struct annotations {
    FILE *file;
    int written[KINDS];
};

static bool annotate(struct annotations *all, enum kind kind, const char *path, long line,
                     const char *title, const char *message)
{
    static const char *const names[] = {[ERROR] = "error", [WARNING] = "warning", [NOTICE] = "notice"};
    if (all->written[kind]++ >= MOST_OF_A_KIND)
        return false;
    char *part = excerpt(message, MESSAGE_MOST);
    fprintf(all->file, "::%s ", names[kind]);
    if (path[0] != '\0') {
        fprintf(all->file, "file=");
        escape_command_property(path, all->file);
        fprintf(all->file, ",");
    }
    if (line > 0)
        fprintf(all->file, "line=%ld,", line);
    fprintf(all->file, "title=");
    escape_command_property(title, all->file);
    fprintf(all->file, "::");
    escape_command_data(part, all->file);
    fprintf(all->file, "\n");
    free(part);
    return true;
}

// Reads "pool.c:12:5: error: what". Returns the line and where the rest begins, or 0: it is no such line,
// or one about another file.
static long read_place(const char *text, const char *path, const char **rest)
{
    const char *name = strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1;
    size_t length = strlen(name);
    char *end;
    if (strncmp(text, name, length) != 0 || text[length] != ':')
        return 0;
    long line = strtol(text + length + 1, &end, 10);
    if (*end == ':')
        strtol(end + 1, &end, 10);
    *rest = end + strspn(end, ": ");
    return *end == ':' && line > 0 ? line : 0;
}

static void annotate_build(struct annotations *all, const json_t *exercise)
{
    const char *text = field_text(json_object_get(exercise, "build"), "message");
    const char *path = field_text(exercise, "file"), *rest;
    char *sentence = build_sentence(exercise);
    if (!is_built(exercise))
        annotate(all, is_build_fault(exercise) ? WARNING : ERROR, path, 0, sentence,
                 text[0] == '\0' ? sentence : text);
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *words = compose("%.*s", (int)length, text);
        long line = read_place(words, path, &rest);
        if (line > 0 && strncmp(rest, "error: ", 7) == 0)
            annotate(all, ERROR, path, line, "error of the compiler", rest + 7);
        else if (line > 0 && strncmp(rest, "warning: ", 9) == 0)
            annotate(all, WARNING, path, line, "warning of the compiler", rest + 9);
        free(words);
        text += length + (text[length] == '\n');
    }
    free(sentence);
}

static void annotate_test(struct annotations *all, const json_t *result, const json_t *exercise,
                          const json_t *test)
{
    const char *path = field_text(exercise, "file");
    char *why = explanation(test), *command = command_by_hand(result, exercise, test);
    char *title = compose("%s: %s", field_text(exercise, "id"), field_text(test, "description"));
    char *message = compose("%s\nBy hand: %s", why, command);
    if (has_status(test, "failed"))
        annotate(all, ERROR, path, 0, title, message);
    else if (has_status(test, "busy"))
        annotate(all, NOTICE, path, 0, title, why);
    else if (!has_status(test, "passed") && !has_status(test, "not_reached"))
        annotate(all, WARNING, path, 0, title, why);
    free(why);
    free(command);
    free(title);
    free(message);
}

void report_github(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t i, j;
    json_t *exercise, *test;
    struct annotations all = {.file = file};
    char *points = points_sentence(result), *where = circumstances(result);
    (void)settings;
    annotate(&all, NOTICE, "", 0, points, where);
    json_array_foreach (json_object_get(result, "exercises"), i, exercise) {
        annotate_build(&all, exercise);
        if (field_text(exercise, "fault")[0] != '\0')
            annotate(&all, WARNING, "", 0, "not graded, and no fault of the submission",
                     field_text(exercise, "fault"));
        json_array_foreach (json_object_get(exercise, "tests"), j, test)
            annotate_test(&all, result, exercise, test);
    }
    free(points);
    free(where);
}
