// Grades a class, by the workbook's own pool.
#include "batch.h"
#include "../grade/die.h"
#include "../grade/options.h"
#include "intake.h"
#include "plan.h"
#include "pool.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct tally {
    size_t graded;
    size_t busy;
    size_t not_graded;
};

char *batch_gradebook(const char *output, char *path)
{
    if (snprintf(path, WORKBOOK_PATH_SIZE, "%s/gradebook.db", output) >= WORKBOOK_PATH_SIZE)
        die("the path of %s is too long", output);
    return path;
}

static struct plan make_plan(const struct batch *batch, const char *path)
{
    struct gradebook *book = gradebook_open(path);
    gradebook_begin(book);
    struct planning planning = {.ground = &batch->ground,
                                .folder = batch->folder,
                                .output = batch->output,
                                .wanted = batch->wanted,
                                .book = book};
    planning.seed = gradebook_seed(book, batch->has_seed ? &batch->seed : NULL, options_fresh_seed());
    struct plan plan = plan_make(&planning);
    gradebook_commit(book);
    gradebook_close(book);
    return plan;
}

// Does these jobs and writes what came of each to `ends`. No gradebook may be open in this process.
static void run_jobs(const struct job_setting *setting, const struct job *jobs, size_t count, int workers,
                     struct job_end *ends)
{
    if (count == 0)
        return;
    meter_begin(setting->meter, (int)count, setting->timed);
    struct pool *pool = pool_create(&(struct pool_options){.processes = workers});
    struct pool_map map = {.function = job_run,
                           .argument = setting,
                           .argument_size = sizeof *setting,
                           .items = jobs,
                           .item_size = sizeof *jobs,
                           .results = ends,
                           .result_size = sizeof *ends,
                           .count = count,
                           .chunk = 1};
    if (pool == NULL || (pool_map(pool, &map) == -1 && errno != ECANCELED))
        die("the workers cannot be started: %s", strerror(errno));
    pool_release(pool);
    for (size_t i = 0; i < count; i++) {
        if (ends[i].state != ATTEMPT_NONE)
            continue;
        job_lost(setting, &jobs[i]);
        ends[i].state = ATTEMPT_NOT_GRADED;
    }
    meter_end(setting->meter);
}

static void count_end(const struct job_end *end, struct tally *tally)
{
    tally->graded += end->state == ATTEMPT_GRADED;
    tally->busy += end->state == ATTEMPT_BUSY;
    tally->not_graded += end->state == ATTEMPT_NOT_GRADED;
}

// What is left to be timed moves to the front. Returns how many there are.
static size_t keep_untimed(struct job *jobs, const struct job_end *ends, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (ends[i].state != ATTEMPT_UNTIMED)
            continue;
        jobs[kept] = jobs[i];
        jobs[kept++].attempt.id = ends[i].attempt;
    }
    return kept;
}

static struct tally run_plan(const struct batch *batch, const struct plan *plan, const char *gradebook)
{
    struct tally tally = {0};
    size_t fresh = plan->count - plan->begun;
    struct job_end *ends = calloc(plan->count + 1, sizeof *ends);
    if (ends == NULL)
        die("out of memory");
    struct job_setting setting = {.level = batch->ground.level, .meter = meter_make()};
    snprintf(setting.gradebook, sizeof setting.gradebook, "%s", gradebook);
    snprintf(setting.level_reason, sizeof setting.level_reason, "%s", batch->ground.level_reason);
    run_jobs(&setting, plan->jobs, fresh, batch->workers, ends);
    for (size_t i = 0; i < plan->count; i++) {
        if (i < fresh)
            count_end(&ends[i], &tally);
        else
            ends[i] = (struct job_end){.attempt = plan->jobs[i].attempt.id, .state = ATTEMPT_UNTIMED};
    }
    size_t untimed = keep_untimed(plan->jobs, ends, plan->count);
    memset(ends, 0, plan->count * sizeof *ends);
    setting.timed = true;
    run_jobs(&setting, plan->jobs, untimed, 1, ends);
    for (size_t i = 0; i < untimed; i++)
        count_end(&ends[i], &tally);
    free(ends);
    return tally;
}

int batch_run(void *argument)
{
    const struct batch *batch = argument;
    char gradebook[WORKBOOK_PATH_SIZE];
    intake_prepare(&batch->ground);
    struct plan plan = make_plan(batch, batch_gradebook(batch->output, gradebook));
    printf("submissions: %zu, files: %zu, to grade: %zu, graded before: %zu; sandbox %c\n",
           plan.submissions, plan.files, plan.count, plan.known, sandbox_letter(batch->ground.level));
    fflush(stdout);
    struct tally tally = run_plan(batch, &plan, gradebook);
    if (plan.count > 0)
        printf("graded: %zu, too busy to be timed: %zu, could not be graded: %zu\n", tally.graded,
               tally.busy, tally.not_graded);
    if (tally.busy + tally.not_graded > 0)
        printf("The same command tries those again.\n");
    if (plan.unreadable > 0)
        printf("could not be read: %zu; marks.csv says why in the last column\n", plan.unreadable);
    bool complete = tally.busy + tally.not_graded + plan.unreadable == 0;
    plan_free(&plan);
    return complete ? BATCH_DONE : BATCH_INCOMPLETE;
}
