// One grading of a class: what a worker of the pool does.
#pragma once
#include "../grade/workbook.h"
#include "../sandbox/sandbox.h"
#include "gradebook.h"
#include "meter.h"

// What all jobs have in common. It is copied to the workers: it must hold no pointers but to what they
// share.
struct job_setting {
    char gradebook[WORKBOOK_PATH_SIZE];
    enum sandbox_level level; // holds here
    char level_reason[SANDBOX_WHY_SIZE];
    struct meter *meter; // in shared memory
    bool timed;          // run the tests that are timed, and those only; else all others
};

// One file to grade; attempt.id is not 0 if its grading has begun and is to be finished.
struct job {
    struct attempt attempt;
    char name[SHOWN_SIZE]; // whose file it is
};

// What came of it. All zero if the worker has not lived to say it.
struct job_end {
    int64_t attempt;
    enum attempt_state state;
};

// Grades and records it: `setting` is a struct job_setting, `job` a struct job, `end` a struct job_end.
// Has the form that pool_map() wants. Returns 0.
int job_run(const void *setting, const void *job, void *end);

// Records for a job whose worker has ended that it could not be graded.
void job_lost(const struct job_setting *setting, const struct job *job);
