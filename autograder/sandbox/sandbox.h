// Runs one program of a submission, shut in, and tells what became of it. There is one way in for all
// levels; what a level promises stands in autograder/README.md.
#pragma once
#include "limits.h"
#include "outcome.h"

enum sandbox_level {
    SANDBOX_ISOLATED = 'A',        // namespaces, by bubblewrap (bwrap(1))
    SANDBOX_ISOLATED_BY_OLD = 'a', // the same, by a bubblewrap that cannot bound what is written to files
    SANDBOX_RESTRICTED = 'B',      // without namespaces: Landlock (landlock(7)) and a wider filter
    SANDBOX_BOUNDED = 'C',         // limits and reaping only: for one's own code
};

struct sandbox_job {
    const char *warden;     // path of the warden
    const char *directory;  // the program sees this directory, read-only, and nothing else of ours; its
                            // path in there is in the program's environment, as KIT
    const char *program;    // relative to `directory`, or an absolute path of the system
    char *const *arguments; // argv[1] and on, NULL at the end; may be NULL
    const void *input;      // its standard input
    size_t input_size;
    size_t answer_max;     // bytes; a longer answer is cut
    const char *companion; // path of a program of ours to run beside it (companion.h), or NULL
    struct limits limits;
    bool find_leaks; // of a program with sanitizers: memory that was never freed is an error, too
    int show;        // descriptor that gets a copy of the output as it comes, or -1
};

// Runs the job and waits until nothing is left of it, at most its time limit and a few seconds. Every
// descriptor of the caller is closed in the program but the ones that are its own.
// Runs as an unprivileged user: a caller that is root gives up root first, for a user id that no other
// run has at the same time. The calling process becomes a child subreaper (prctl(2)) and must have no
// other children. The caller gives `outcome` to outcome_free(). A fault of the sandbox is told in
// outcome->fault.
void sandbox_run(enum sandbox_level level, const struct sandbox_job *job, struct outcome *outcome);
void outcome_free(struct outcome *outcome);

// The letter that reports and users have for a level: A, B or C.
char sandbox_letter(enum sandbox_level level);

enum { SANDBOX_WHY_SIZE = 256 };

// Whether what the level with this letter promises holds here: runs a canary in it, a small program that
// tries what must not work. `level` gets the level. If it does not hold, `why` (SANDBOX_WHY_SIZE bytes)
// gets the reason, else what is weaker than usual, or nothing. Of level C is tried only
// what holds everywhere. The caller must have no children, as for sandbox_run().
bool sandbox_holds(char letter, const char *warden, enum sandbox_level *level, char *why);

// Finds the best level that holds here. `why` (SANDBOX_WHY_SIZE bytes) gets the reasons when it is not
// the best there is, and is empty otherwise. Returns false if none holds: `level` is C then, and `why`
// says why not even that does.
bool sandbox_best_level(const char *warden, enum sandbox_level *level, char *why);
