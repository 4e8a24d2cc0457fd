// Four tasks that wait, each in a process of its own.
#include "memory.h"
#include "process.h"
#include "seconds.h"
#include "slow_square.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ITEMS = 4 };

// [region job]
struct job {
    int64_t number, square; // in shared memory
};

static int work(void *argument)
{
    struct job *job = argument;
    job->square = slow_square(job->number);
    return EXIT_SUCCESS;
}
// [endregion job]

int main(void)
{
    struct process *processes[ITEMS];
    struct job *jobs = memory_create(ITEMS * sizeof *jobs);
    if (jobs == NULL) {
        perror("memory_create");
        return EXIT_FAILURE;
    }
    double start = seconds();
    // [region loops]
    for (int i = 0; i < ITEMS; i++) {
        jobs[i].number = i + 1;
        processes[i] = process_create(work, &jobs[i]);
        if (processes[i] == NULL || process_start(processes[i]) == -1) {
            perror("process_start");
            return EXIT_FAILURE;
        }
    }
    for (int i = 0; i < ITEMS; i++) {
        if (process_join(processes[i], -1) == -1)
            return EXIT_FAILURE;
        printf("%" PRId64 "\n", jobs[i].square);
    }
    // [endregion loops]
    printf("took %.3f s\n", seconds() - start);
    for (int i = 0; i < ITEMS; i++)
        process_release(processes[i]);
    memory_release(jobs);
    return EXIT_SUCCESS;
}
