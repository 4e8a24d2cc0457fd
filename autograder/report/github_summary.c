// GitHub Actions: the summary of a step, in GitHub's Markdown: a table of tests for each exercise, below
// it what went wrong. GitHub refuses more than 1 MiB, so that parts are short.
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>

enum { OUTPUT_MOST = 2000, WHOLE_MOST = 900 * 1024 };

static void preformatted(const char *text, FILE *file)
{
    char *part = excerpt(text, OUTPUT_MOST);
    fprintf(file, "<pre>");
    escape_markup(part, file);
    fprintf(file, "</pre>\n\n");
    free(part);
}

static const char *sign_of(const json_t *test)
{
    if (has_status(test, "passed"))
        return "pass";
    if (has_status(test, "failed"))
        return "**FAIL**";
    return has_status(test, "busy")          ? "busy"
           : has_status(test, "not_reached") ? "not reached"
                                             : "not graded";
}

static void table(const json_t *exercise, FILE *file)
{
    size_t index;
    json_t *test;
    fprintf(file, "| | points | test |\n|---|---:|---|\n");
    json_array_foreach (json_object_get(exercise, "tests"), index, test) {
        fprintf(file, "| %s | %lld / %lld | ", sign_of(test), field_number(test, "points"),
                field_number(test, "max_points"));
        escape_markdown(field_text(test, "description"), file);
        char *speed = speed_sentence(test);
        fprintf(file, "%s", speed[0] != '\0' ? ": " : "");
        escape_markdown(speed, file);
        fprintf(file, " |\n");
        free(speed);
    }
    fprintf(file, "\n");
}

static void problem(const json_t *result, const json_t *exercise, const json_t *test, FILE *file)
{
    char *why = explanation(test), *command = command_by_hand(result, exercise, test);
    fprintf(file, "**");
    escape_markdown(field_text(test, "description"), file);
    fprintf(file, "**\n\n");
    preformatted(why, file);
    if (field_text(test, "output")[0] != '\0') {
        fprintf(file, "The program wrote:\n\n");
        preformatted(field_text(test, "output"), file);
    }
    fprintf(file, "By hand: <code>");
    escape_markdown(command, file);
    fprintf(file, "</code>\n\n");
    free(why);
    free(command);
}

static void build_problem(const json_t *exercise, FILE *file)
{
    char *sentence = build_sentence(exercise);
    const char *message = field_text(json_object_get(exercise, "build"), "message");
    if (!is_built(exercise) || message[0] != '\0') {
        escape_markdown(sentence, file);
        fprintf(file, ":\n\n");
        preformatted(message, file);
    }
    free(sentence);
}

static void exercise_part(const json_t *result, const json_t *exercise, FILE *file)
{
    size_t index;
    json_t *test;
    fprintf(file, "### ");
    escape_markdown(field_text(exercise, "id"), file);
    fprintf(file, " ");
    escape_markdown(field_text(exercise, "title"), file);
    fprintf(file, "\n\n");
    if (json_array_size(json_object_get(exercise, "tests")) > 0)
        table(exercise, file);
    build_problem(exercise, file);
    if (field_text(exercise, "fault")[0] != '\0')
        preformatted(field_text(exercise, "fault"), file);
    json_array_foreach (json_object_get(exercise, "tests"), index, test)
        if (!has_status(test, "passed") && !has_status(test, "not_reached") && ftell(file) < WHOLE_MOST)
            problem(result, exercise, test, file);
}

void report_github_summary(const json_t *result, const struct report_settings *settings, FILE *file)
{
    size_t index;
    json_t *exercise;
    char *points = points_sentence(result), *where = circumstances(result);
    (void)settings;
    fprintf(file, "## ");
    escape_markdown(points, file);
    fprintf(file, "\n\n");
    escape_markdown(where, file);
    fprintf(file, "\n\n");
    json_array_foreach (json_object_get(result, "exercises"), index, exercise)
        exercise_part(result, exercise, file);
    free(points);
    free(where);
}
