// Runs of `grade batch` that the benchmark of batches watches.
#pragma once
#include "../batch/gradebook.h"
#include <stdbool.h>

struct run {
    const char *folder; // of the submissions
    const char *output; // for the results
    char level;         // of the sandbox, to be required
    long kill_ms;       // after so long the command is killed (SIGKILL); 0: never
};

struct ran {
    int status;         // as waitpid(2) gives it
    double seconds;     // from its start to its end
    double cpu_seconds; // of everything below it, as far as it was waited for
    size_t left;        // processes that were still there when the command's own had ended in peace,
                        // or, if it was killed, when they had had their time to follow it
};

// Runs the command to its end and counts what is left of it; then ends that. Its words go to the file
// OUTPUT.log. The caller must be a child subreaper and have no other children.
struct ran run_batch(const struct run *run);

// All attempts of an output's gradebook that are done: none if there is no gradebook yet. Ends the
// program if it is damaged, or if anything in it was graded twice. To be given to done_free().
struct done *done_read(const char *output);
void done_free(struct done *done);
size_t done_count(const struct done *done);

// Whether all that was done before is still there, as it was.
bool done_holds(const struct done *done, const struct done *before);

// The processor time of all compilers and drives, as the gradebook has it.
double run_submissions_cpu(const char *output);
