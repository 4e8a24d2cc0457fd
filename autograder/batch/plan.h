// What is to be done: takes all submissions in and looks up in the gradebook what was graded already.
#pragma once
#include "../grade/build.h"
#include "job.h"

struct plan {
    struct job *jobs; // to be graded; then those whose grading has begun, and that are to be timed only
    size_t count;
    size_t begun;       // how many of them, at the end, are to be timed only
    size_t submissions; // that were taken in
    size_t unreadable;  // that could not be: each is named on standard error
    size_t files;       // of exercises that are wanted
    size_t known;       // of them, graded already
};

struct planning {
    const struct ground *ground;    // prepared by intake_prepare()
    const char *folder;             // of the submissions
    const char *output;             // the grader's own folder
    const struct exercise **wanted; // NULL at the end; NULL: all
    struct gradebook *book;
    uint64_t seed;
};

// The caller gives the plan to plan_free(). Ends the program if the folder cannot be read.
struct plan plan_make(const struct planning *planning);
void plan_free(struct plan *plan);
