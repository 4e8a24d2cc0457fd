// A worker may do six tasks. If it takes whole chunks of four, it takes
// tasks that it may not do.
#include "memory.h"
#include "process.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { TASKS = 24, CHUNK = 4, TASKS_PER_WORKER = 6 };

struct work {
    bool whole_chunks;
    atomic_int next; // the first task that nobody has taken
    int done[TASKS]; // how often
};

// [region body]
static int take_and_do(void *argument)
{
    struct work *work = argument;
    int left = TASKS_PER_WORKER;
    while (left > 0) {
        int wanted = !work->whole_chunks && left < CHUNK ? left : CHUNK;
        int task = atomic_fetch_add(&work->next, wanted);
        int end = task + wanted < TASKS ? task + wanted : TASKS;
        if (task >= TASKS)
            break;
        for (; task < end && left > 0; task++, left--)
            work->done[task]++;
    }
    return 0;
}
// [endregion body]

// Workers one after the other, until all tasks are taken. Returns how many
// tasks were done exactly once.
static int run(struct work *work, int *workers)
{
    for (*workers = 0; atomic_load(&work->next) < TASKS; ++*workers) {
        struct process *process = process_create(take_and_do, work);
        if (process == NULL || process_start(process) == -1 ||
            process_join(process, -1) == -1 ||
            process_release(process) == -1)
            return -1;
    }
    int once = 0;
    for (int i = 0; i < TASKS; i++)
        once += work->done[i] == 1;
    return once;
}

int main(void)
{
    struct work *work = memory_create(2 * sizeof *work);
    if (work == NULL) {
        perror("memory_create");
        return EXIT_FAILURE;
    }
    int workers, few;
    work[0].whole_chunks = true;
    few = run(&work[0], &workers);
    printf("whole chunks: %d workers, %d tasks done\n", workers, few);
    int all = run(&work[1], &workers);
    printf("what it may do: %d workers, %d tasks done\n", workers, all);
    memory_release(work);
    return few == 18 && all == TASKS ? EXIT_SUCCESS : EXIT_FAILURE;
}
