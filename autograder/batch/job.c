// One grading of a class.
#include "job.h"
#include "../grade/cpus.h"
#include "../grade/grading.h"
#include "../grade/result.h"
#include "join.h"
#include <stdio.h>
#include <stdlib.h>

enum { TESTS_AT_ONCE = 2 }; // of one submission: most of their time is spent waiting for processes

static json_t *grade(const struct job_setting *setting, const struct job *job, struct source *source,
                     double *cpu_seconds)
{
    char why[128], name[2 * SHOWN_SIZE];
    struct ground ground = {0};
    const struct exercise *exercise = workbook_require(job->attempt.exercise);
    ground_make_at(&ground, setting->level);
    snprintf(name, sizeof name, "%s/%s", job->name, job->attempt.file);
    const struct result_environment environment = {.usable_cpus = cpus_usable(why),
                                                   .sandbox = sandbox_letter(ground.level),
                                                   .sandbox_reason = setting->level_reason,
                                                   .seed = job->attempt.seed};
    const struct grading grading = {
        .name = name,
        .source = source,
        .cpu_seconds = cpu_seconds,
        .examining = {.seed = job->attempt.seed,
                      .jobs = TESTS_AT_ONCE,
                      .part = setting->timed ? EXAMINING_TIMED : EXAMINING_UNTIMED}};
    json_t *result = result_make(&environment);
    grading_run(&ground, exercise, &grading, result);
    ground_remove(&ground);
    return result;
}

// Of all drives, as the tests tell.
static double cpu_of_tests(const json_t *result)
{
    double seconds = 0;
    size_t index;
    json_t *test;
    const json_t *exercise = json_array_get(json_object_get(result, "exercises"), 0);
    json_array_foreach (json_object_get(exercise, "tests"), index, test)
        seconds += json_real_value(json_object_get(test, "cpu_seconds"));
    return seconds;
}

static void record(const struct job_setting *setting, struct attempt *attempt, const json_t *result)
{
    attempt->state = join_state(result);
    attempt->points = (int)json_integer_value(json_object_get(result, "points"));
    attempt->max_points = (int)json_integer_value(json_object_get(result, "max_points"));
    struct gradebook *book = gradebook_open(setting->gradebook);
    gradebook_record(book, attempt, result);
    gradebook_close(book);
}

int job_run(const void *setting_, const void *job_, void *end_)
{
    const struct job_setting *setting = setting_;
    const struct job *job = job_;
    struct job_end *end = end_;
    struct attempt attempt = job->attempt;
    // No handle is kept meanwhile: processes will be forked.
    struct gradebook *book = gradebook_open(setting->gradebook);
    struct source source = gradebook_source(book, attempt.source);
    json_t *before = setting->timed ? gradebook_result(book, attempt.id) : NULL;
    gradebook_close(book);
    json_t *result = grade(setting, job, &source, &attempt.cpu_seconds);
    attempt.cpu_seconds += cpu_of_tests(result);
    if (before != NULL) {
        json_t *joined = join_timed(before, result);
        json_decref(result);
        result = joined;
    }
    record(setting, &attempt, result);
    *end = (struct job_end){.attempt = attempt.id, .state = attempt.state};
    meter_tell(setting->meter, job->name, &attempt);
    json_decref(before);
    json_decref(result);
    free(source.text);
    return 0;
}

void job_lost(const struct job_setting *setting, const struct job *job)
{
    char why[128];
    struct attempt attempt = job->attempt;
    const struct result_environment environment = {.usable_cpus = cpus_usable(why),
                                                   .sandbox = sandbox_letter(setting->level),
                                                   .sandbox_reason = setting->level_reason,
                                                   .seed = attempt.seed};
    json_t *result = join_fault(&environment, workbook_require(attempt.exercise), attempt.file,
                                "the process that graded it has ended before it was done");
    record(setting, &attempt, result);
    meter_tell(setting->meter, job->name, &attempt);
    json_decref(result);
}
