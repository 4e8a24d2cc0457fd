// Claims: what must hold for an exercise and its grader. Here: how one is proved.
#include "../report/harmless.h"
#include "../sandbox/program.h"
#include "../sandbox/tree.h"
#include "claim.h"
#include "cpus.h"
#include "die.h"
#include "grading.h"
#include "hostile.h"
#include "mutant.h"
#include "result.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static json_int_t integer(const json_t *object, const char *key)
{
    return json_integer_value(json_object_get(object, key));
}

static const char *string(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static const json_t *first_exercise(const json_t *result)
{
    return json_array_get(json_object_get(result, "exercises"), 0);
}

// The status of "suite::test", or "" if there is no such test.
static const char *status_of(const json_t *result, const char *test)
{
    size_t index;
    json_t *entry;
    char name[256];
    json_array_foreach (json_object_get(first_exercise(result), "tests"), index, entry) {
        snprintf(name, sizeof name, "%s::%s", string(entry, "suite"), string(entry, "name"));
        if (strcmp(name, test) == 0)
            return string(entry, "status");
    }
    return "";
}

// What the submission wrote must be harmless in every format.
static void judge_reports(const json_t *result, char *why, size_t size)
{
    size_t count;
    const struct report_format *formats = report_formats(&count);
    const struct report_settings settings = {.failures = REPORT_ALL_FAILURES};
    for (size_t i = 0; i < count; i++) {
        char *text = report_make(&formats[i], result, &settings);
        const char *harm = harm_in(&formats[i], text);
        if (harm != NULL)
            snprintf(why, size, "in the report as %s stands \"%.60s\"", formats[i].name, harm);
        free(text);
    }
}

static void judge_hostile(const struct claim *claim, const json_t *result, const char *text, char *why,
                          size_t size)
{
    struct hostile hostile;
    char rest[WORKBOOK_PATH_SIZE];
    json_int_t points = integer(result, "points");
    workbook_path(rest, HOSTILE_REST, claim->exercise->id);
    if (!hostile_read(claim->path, &hostile) || !hostile_fit(&hostile, claim->exercise->slug, rest)) {
        snprintf(why, size, "the head of %s says nothing of the failure", rest);
        return;
    }
    const char *missing = hostile_missing(&hostile, claim->level, text);
    if (result_exit_status(result) == EXIT_NOT_GRADED)
        snprintf(why, size, "it is not graded:\n%s", text);
    else if (points < hostile.least_points || points > hostile.most_points)
        snprintf(why, size, "it gets %d points, expected %d to %d:\n%s", (int)points,
                 hostile.least_points, hostile.most_points, text);
    else if (missing != NULL)
        snprintf(why, size, "the report does not say \"%s\":\n%s", missing, text);
}

void claim_judge(const struct claim *claim, const json_t *result, char *why, size_t size)
{
    struct mutant mutant;
    const char *build = string(json_object_get(first_exercise(result), "build"), "status");
    json_int_t points = integer(result, "points");
    const struct report_settings settings = {.failures = REPORT_ALL_FAILURES};
    char *text = report_make(report_format("text"), result, &settings);
    why[0] = '\0';
    switch (claim->kind) {
    case CLAIM_STUB:
        if (points != 0 || strcmp(build, "built") != 0 || result_exit_status(result) != EXIT_MARKS_LOST)
            snprintf(why, size,
                     "it is %s and gets %d points (in a working copy where the exercise is solved, "
                     "that is right)",
                     build, (int)points);
        break;
    case CLAIM_SOLUTION:
    case CLAIM_SANITIZED:
        if (result_exit_status(result) != EXIT_FULL_MARKS)
            snprintf(why, size, "%s", text);
        break;
    case CLAIM_MUTANT:
        if (!mutant_read(claim->path, &mutant))
            snprintf(why, size, "its head does not name the mistake and \"killed-by: suite::test\"");
        else if (strcmp(status_of(result, mutant.killed_by), "failed") != 0)
            snprintf(why, size, "%s did not fail:\n%s", mutant.killed_by, text);
        break;
    case CLAIM_HOSTILE:
        judge_hostile(claim, result, text, why, size);
        if (why[0] == '\0')
            judge_reports(result, why, size);
        break;
    }
    free(text);
}

static void make_hostile(const struct claim *claim, const char *path)
{
    struct hostile hostile;
    char rest[WORKBOOK_PATH_SIZE];
    workbook_path(rest, HOSTILE_REST, claim->exercise->id);
    if (!hostile_read(claim->path, &hostile) || hostile_make(claim->path, &hostile, rest, path) == -1)
        die("cannot put %s and %s together: %s", claim->path, rest, strerror(errno));
}

static void make_mutant(const struct claim *claim, const char *path)
{
    char solution[WORKBOOK_PATH_SIZE];
    workbook_path(solution, "solutions/%s/%s.c", claim->exercise->id, claim->exercise->slug);
    if (mutant_make(solution, claim->path, path) == -1)
        die("%s does not apply to %s any more: make it anew", claim->path, solution);
}

void claim_make(const struct claim *claim, const char *target)
{
    char *const copy[] = {"cp", "--no-preserve=all", "--", (char *)claim->path, (char *)target, NULL};
    if (claim->kind == CLAIM_HOSTILE)
        make_hostile(claim, target);
    else if (claim->kind == CLAIM_MUTANT)
        make_mutant(claim, target);
    else if (program_run(copy) == -1)
        die("cannot copy %s to %s", claim->path, target);
}

static double monotonic_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int claim_prove(const struct claim *claim)
{
    char why[8192], reason[128], path[WORKBOOK_PATH_SIZE], name[80];
    double started = monotonic_seconds();
    struct tree left;
    struct mutant mutant;
    struct ground ground = {.sanitized = claim->kind == CLAIM_SANITIZED};
    ground_make_at(&ground, claim->holding);
    snprintf(path, sizeof path, "%s/submission.c", ground.scratch);
    claim_make(claim, path);
    struct source source = gate_read(ground.scratch, "submission.c");
    const struct result_environment environment = {.usable_cpus = cpus_usable(reason),
                                                   .sandbox = sandbox_letter(ground.level),
                                                   .sandbox_reason = "",
                                                   .seed = 1,
                                                   .sanitized = ground.sanitized};
    snprintf(name, sizeof name, "%s.c", claim->exercise->slug);
    struct grading grading = {.source = &source, .name = name, .examining = {.seed = 1, .jobs = 2}};
    if (claim->kind == CLAIM_MUTANT && mutant_read(claim->path, &mutant))
        grading.examining.only = mutant.killed_by; // the others would only cost time
    json_t *result = result_make(&environment);
    grading_run(&ground, claim->exercise, &grading, result);
    free(source.text);
    claim_judge(claim, result, why, sizeof why);
    if (why[0] == '\0' && (tree_read(&left) == -1 || left.count > 0))
        snprintf(why, sizeof why, "it left %zu processes behind", left.count);
    ground_remove(&ground);
    json_decref(result);
    printf("%s %5.1f s  %s%s%s\n", why[0] == '\0' ? "ok    " : "FAILED", monotonic_seconds() - started,
           claim->label, why[0] == '\0' ? "" : ": ", why);
    fflush(stdout);
    return why[0] == '\0' ? 0 : 1;
}
