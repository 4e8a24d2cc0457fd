// Autolab: the text for people, then a line for its formatted feedback, and as the last line the scores.
// Problems of the assessment must be called like the exercises ("08-pool"). The scoreboard has the points
// and the largest speedup. (autolab/Autolab, docs/lab.md, docs/features/formatted-feedback.md)
#include "escape.h"
#include "fields.h"
#include "formats.h"
#include <stdlib.h>
#include <string.h>

enum { HINT_MOST = 2000 };

static json_t *stage_of(const json_t *exercise)
{
    size_t index;
    json_t *test, *stage = json_object();
    const json_t *build = json_object_get(exercise, "build");
    json_t *builds = json_pack("{s:b}", "passed", is_built(exercise));
    if (!is_built(exercise)) {
        char *sentence = build_sentence(exercise);
        char *hint = compose("%s: %s", sentence, field_text(build, "message"));
        put_text(builds, "hint", excerpt(hint, HINT_MOST));
        free(sentence);
        free(hint);
    }
    put_value(stage, "builds", builds);
    json_array_foreach (json_object_get(exercise, "tests"), index, test) {
        char *why = explanation(test);
        if (has_status(test, "passed") || has_status(test, "failed")) {
            json_t *entry = json_pack("{s:b}", "passed", has_status(test, "passed"));
            if (why[0] != '\0')
                put_text(entry, "hint", excerpt(why, HINT_MOST));
            put_value(stage, field_text(test, "description"), entry);
        } else { // neither: shown as it is
            put_text(stage, field_text(test, "description"), excerpt(why, HINT_MOST));
        }
        free(why);
    }
    return stage;
}

static void write_feedback(const json_t *result, FILE *file)
{
    size_t index;
    json_t *exercise, *stages = json_array();
    json_t *feedback = json_pack("{s:s}", "_presentation", "semantic");
    json_array_foreach (json_object_get(result, "exercises"), index, exercise) {
        append_value(stages, json_string(field_text(exercise, "id")));
        put_value(feedback, field_text(exercise, "id"), stage_of(exercise));
    }
    put_value(feedback, "stages", stages);
    escape_json(feedback, JSON_COMPACT, file);
    json_decref(feedback);
}

static bool could_be_graded(const json_t *exercise)
{
    size_t index;
    json_t *test;
    json_array_foreach (json_object_get(exercise, "tests"), index, test)
        if (has_status(test, "not_graded"))
            return false;
    return !is_build_fault(exercise) && field_text(exercise, "fault")[0] == '\0';
}

static double best_speedup(const json_t *exercise)
{
    size_t index;
    json_t *test;
    double best = 0;
    json_array_foreach (json_object_get(exercise, "tests"), index, test) {
        double speedup = field_real(json_object_get(test, "speed"), "speedup");
        best = speedup > best ? speedup : best;
    }
    return best;
}

// An exercise that could not be graded has no score, so that nobody gets 0 by a fault of the grader.
static void write_scores(const json_t *result, FILE *file)
{
    size_t index;
    json_t *exercise, *scores = json_object(), *line = json_object();
    double best = 0;
    json_array_foreach (json_object_get(result, "exercises"), index, exercise) {
        double speedup = best_speedup(exercise);
        best = speedup > best ? speedup : best;
        if (could_be_graded(exercise))
            put_value(scores, field_text(exercise, "id"), json_integer(field_number(exercise, "points")));
    }
    put_value(line, "scores", scores);
    put_value(line, "scoreboard", json_pack("[I, f]", (json_int_t)field_number(result, "points"), best));
    escape_json(line, JSON_COMPACT, file);
    json_decref(line);
}

void report_autolab(const json_t *result, const struct report_settings *settings, FILE *file)
{
    struct report_settings plain = *settings;
    plain.colours = false;
    plain.failures = REPORT_ALL_FAILURES;
    report_text(result, &plain, file);
    write_feedback(result, file);
    fputc('\n', file);
    write_scores(result, file);
    fputc('\n', file);
}
