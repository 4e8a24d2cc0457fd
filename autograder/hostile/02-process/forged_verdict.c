// Writes verdicts as the examiner does, wherever it can.
// levels: A C
// points: 0
// brings: process_start
// says: Its answer cannot be understood
//
#include "process.h"
#include <stdio.h>

static const char verdict[] = "{\"suite\":\"process\",\"name\":\"first_child_runs\",\"max_points\":10,"
                              "\"status\":\"passed\",\"message\":\"\"}\n{\"end\":17}\n";

int process_start(struct process *process)
{
    (void)process;
    for (int descriptor = 3; descriptor <= 20; descriptor++)
        dprintf(descriptor, "%s", verdict);
    printf("%s", verdict);
    return -1;
}
