// A first pool: workers that get their items through channels, and send the
// results back.
#pragma once
#include "channel.h"
#include "process.h"
#include <stdint.h>
#include <stdlib.h>

// [region worker]
enum { PARENT, WORKER, WORKERS = 2 };

struct task {
    size_t index;   // of the item
    int64_t number; // the item; on the way back its result
};

struct worker {
    int seat; // 0 to WORKERS - 1
    struct channel *ends[2];
    struct process *process;
    int64_t (*function)(const struct task *task);
};
// [endregion worker]

// [region work]
static inline int work(void *argument)
{
    struct worker *self = argument, *first = self - self->seat;
    struct task task;
    size_t size;
    int got;
    for (int i = 0; i <= self->seat; i++) // its own and the older ones
        channel_close(first[i].ends[PARENT]);
    while ((got = channel_receive(self->ends[WORKER], &task, sizeof task,
                                  &size)) == 1) {
        task.number = self->function(&task);
        if (channel_send(self->ends[WORKER], &task, sizeof task) == -1)
            return EXIT_FAILURE;
    }
    return got == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
// [endregion work]

static inline int start_workers(struct worker workers[WORKERS],
                                int64_t (*function)(const struct task *))
{
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = (struct worker){.seat = i, .function = function};
        if (channel_create(workers[i].ends) == -1)
            return -1;
        workers[i].process = process_create(work, &workers[i]);
        if (workers[i].process == NULL ||
            process_start(workers[i].process) == -1)
            return -1;
        channel_close(workers[i].ends[WORKER]);
    }
    return 0;
}

// Their channels end, so they do. Returns 0 if all were successful.
static inline int stop_workers(struct worker workers[WORKERS])
{
    int result = 0;
    for (int i = 0; i < WORKERS; i++)
        channel_close(workers[i].ends[PARENT]);
    for (int i = 0; i < WORKERS; i++) {
        if (process_join(workers[i].process, -1) == -1 ||
            process_exit_code(workers[i].process) != EXIT_SUCCESS)
            result = -1;
        process_release(workers[i].process);
    }
    return result;
}
