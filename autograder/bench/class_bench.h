// The class that the benchmark of batches grades: submissions whose verdicts are known.
#pragma once
#include "../grade/claim.h"
#include <stdint.h>

struct pupil {
    char name[64]; // of the submission
    struct claim claim;
};

struct cohort {
    struct pupil *pupils;
    size_t count;
    uint64_t random; // state; from the seed
    char level;      // of the sandbox that works here
};

// Chooses `count` submissions of these exercises (NULL at the end), by turns: stubs, solutions, mutants
// and hostile ones, and makes them in the folder, as folders, archives and clones. Beside them it puts
// things that are no submission, or cannot be read. Ends the program if it cannot.
void cohort_make(struct cohort *cohort, const char *const *exercises, size_t count, const char *folder);
void cohort_free(struct cohort *cohort);

// A random number below `limit`.
uint64_t cohort_below(struct cohort *cohort, uint64_t limit);
