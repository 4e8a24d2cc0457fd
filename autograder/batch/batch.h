// Grades a class. First everything that is not timed, as many at once as there are workers; then, one
// after the other on the machine that is quiet now, what is timed.
#pragma once
#include "../grade/build.h"
#include <stdint.h>

struct batch {
    const char *folder;             // of the submissions
    const char *output;             // where the gradebook is; held by lock.h
    const struct exercise **wanted; // NULL at the end; NULL: all
    int workers;
    bool has_seed;
    uint64_t seed;        // if has_seed
    struct ground ground; // at a level that holds
};

enum batch_end {
    BATCH_DONE = 0,
    BATCH_INCOMPLETE = 1, // something could not be read or graded, or the machine was too busy to time it
};

// Does it all but the reports. `batch` is a struct batch. Every grading is recorded in the gradebook as
// soon as it is done; this process may be ended at any time. To be run by supervise(). Returns an enum
// batch_end.
int batch_run(void *batch);

// The path of the gradebook in the folder `output`. `path` has WORKBOOK_PATH_SIZE bytes. Returns `path`.
char *batch_gradebook(const char *output, char *path);
