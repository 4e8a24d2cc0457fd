// What is to be done.
#include "plan.h"
#include "../grade/die.h"
#include "intake.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(const struct planning *planning, const struct exercise *exercise)
{
    if (planning->wanted == NULL)
        return true;
    for (const struct exercise **wanted = planning->wanted; *wanted != NULL; wanted++)
        if (*wanted == exercise)
            return true;
    return false;
}

static void add(struct plan *plan, const struct job *job)
{
    struct job *more = realloc(plan->jobs, (plan->count + 1) * sizeof *more);
    if (more == NULL)
        die("out of memory");
    plan->jobs = more;
    size_t place = job->attempt.state == ATTEMPT_UNTIMED ? plan->count : plan->count - plan->begun;
    memmove(&plan->jobs[place + 1], &plan->jobs[place], (plan->count - place) * sizeof *more);
    plan->jobs[place] = *job;
    plan->count++;
    plan->begun += job->attempt.state == ATTEMPT_UNTIMED;
}

// A student may have handed in the same in two forms.
static bool is_planned(const struct plan *plan, const struct attempt *attempt)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct attempt *planned = &plan->jobs[i].attempt;
        if (planned->student == attempt->student && strcmp(planned->exercise, attempt->exercise) == 0 &&
            strcmp(planned->source, attempt->source) == 0)
            return true;
    }
    return false;
}

// The grader of each exercise, found once.
static const char *grader_of(const struct exercise *exercise)
{
    size_t count;
    static char(*digests)[DIGEST_SIZE];
    const struct exercise *exercises = workbook_exercises(&count);
    if (digests == NULL)
        digests = calloc(count, sizeof *digests);
    if (digests == NULL)
        die("out of memory");
    char *digest = digests[exercise - exercises];
    if (digest[0] == '\0')
        digest_grader(exercise, digest);
    return digest;
}

static void plan_file(const struct planning *planning, const struct submission *submission,
                      const struct handed_in *file, int64_t student, struct plan *plan)
{
    struct job job = {.attempt = {.student = student, .seed = planning->seed}};
    struct attempt *attempt = &job.attempt;
    snprintf(job.name, sizeof job.name, "%s", submission->name);
    snprintf(attempt->exercise, sizeof attempt->exercise, "%s", file->exercise->id);
    snprintf(attempt->grader, sizeof attempt->grader, "%s", grader_of(file->exercise));
    snprintf(attempt->commit, sizeof attempt->commit, "%s", submission->commit);
    snprintf(attempt->file, sizeof attempt->file, "%s", file->file);
    digest_source(&file->source, attempt->source);
    plan->files++;
    gradebook_hand_in(planning->book, student, attempt->exercise);
    gradebook_find(planning->book, attempt);
    if (attempt->state == ATTEMPT_GRADED || is_planned(plan, attempt)) {
        plan->known++;
        return;
    }
    gradebook_keep(planning->book, attempt->source, &file->source);
    add(plan, &job);
}

// What is to be said of a submission as a whole, or "". A file that is there and could not be read is no
// student's fault, and must not look as if it were missing.
static void note_of(const struct submission *submission, char *note, size_t size)
{
    note[0] = '\0';
    if (submission->why[0] != '\0')
        snprintf(note, size, "%s", submission->why);
    else if (submission->count == 0)
        snprintf(note, size, "It holds no file of an exercise where one belongs.%s%s",
                 submission->instead[0] == '\0' ? "" : " ", submission->instead);
    for (size_t i = 0; i < submission->count; i++)
        if (submission->files[i].source.fault)
            snprintf(note, size, "%s could not be read: %s", submission->files[i].file,
                     submission->files[i].source.why);
}

static void plan_submission(const struct planning *planning, const struct entry *entry, struct plan *plan)
{
    struct submission submission;
    char note[SHOWN_SIZE + sizeof submission.why];
    intake_read(planning->ground, planning->folder, entry, &submission);
    note_of(&submission, note, sizeof note);
    int64_t student = gradebook_student(planning->book, submission.name, note);
    plan->submissions++;
    plan->unreadable += submission.why[0] != '\0';
    if (note[0] != '\0')
        fprintf(stderr, "%s: %s\n", submission.name, note);
    for (size_t i = 0; i < submission.count; i++) {
        const struct handed_in *file = &submission.files[i];
        plan->unreadable += file->source.fault;
        if (!file->source.fault && is_wanted(planning, file->exercise))
            plan_file(planning, &submission, file, student, plan);
    }
    intake_free(&submission);
}

struct plan plan_make(const struct planning *planning)
{
    size_t count;
    struct plan plan = {0};
    struct entry *entries = intake_list(planning->folder, planning->output, &count);
    for (size_t i = 0; i < count; i++) {
        if (entries[i].kind == INTAKE_NONE)
            fprintf(stderr, "%s: passed over: %s\n", entries[i].name, entries[i].why);
        else
            plan_submission(planning, &entries[i], &plan);
        free(entries[i].raw);
    }
    free(entries);
    return plan;
}

void plan_free(struct plan *plan)
{
    free(plan->jobs);
    *plan = (struct plan){0};
}
