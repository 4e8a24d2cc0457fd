// One process for each number of a list; shared memory brings the whole
// squares back.
#include "memory.h"
#include "process.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { NUMBERS = 5 };

// [region square]
struct task {
    int64_t number;
    int64_t square; // written by this task's process alone
};

static int square(void *argument)
{
    struct task *task = argument;
    task->square = task->number * task->number;
    return 0;
}
// [endregion square]

int main(void)
{
    // [region loops]
    struct process *workers[NUMBERS];
    struct task *tasks = memory_create(NUMBERS * sizeof *tasks);
    if (tasks == NULL) {
        perror("memory_create");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < NUMBERS; i++) {
        tasks[i].number = 1000000 * (i + 1);
        workers[i] = process_create(square, &tasks[i]);
        if (workers[i] == NULL || process_start(workers[i]) == -1) {
            perror("process");
            return EXIT_FAILURE;
        }
    }
    // [endregion loops]
    int64_t wrong = 0;
    for (int i = 0; i < NUMBERS; i++) {
        if (process_join(workers[i], -1) == -1) {
            perror("process_join");
            return EXIT_FAILURE;
        }
        printf("%" PRId64 " squared is %" PRId64 "\n", tasks[i].number,
               tasks[i].square);
        wrong += tasks[i].square != tasks[i].number * tasks[i].number;
        process_release(workers[i]); // cannot fail: the child has ended
    }
    memory_release(tasks);
    return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
