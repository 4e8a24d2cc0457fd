// One grading of one file, as the gradebook keeps it.
#pragma once
#include "commit.h"
#include "digest.h"
#include "shown.h"
#include <stdint.h>

enum attempt_state {
    ATTEMPT_NONE,       // nothing was handed in
    ATTEMPT_WAITING,    // handed in, and nothing came of it yet
    ATTEMPT_UNTIMED,    // graded but for the tests that are timed: they are still to be done
    ATTEMPT_GRADED,     // done
    ATTEMPT_BUSY,       // graded but for a test of speed, for which the machine was too busy
    ATTEMPT_NOT_GRADED, // by a fault of the grader; counts for nothing
};

struct attempt {
    int64_t id; // 0: not in the gradebook yet
    int64_t student;
    char exercise[64];
    char source[DIGEST_SIZE]; // what was graded
    char grader[DIGEST_SIZE]; // by what
    char commit[COMMIT_SIZE]; // of the submission, or ""
    char file[SHOWN_SIZE];    // where it lay
    uint64_t seed;
    enum attempt_state state;
    int points;
    int max_points;
    double cpu_seconds; // processor time of compiler and drives
};
