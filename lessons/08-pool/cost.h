// Ways to have items of no work done by other processes.
#pragma once
#include "memory.h"
#include "seconds.h"
#include "workers.h"
#include <stdatomic.h>

// [region each]
static inline int nothing(void *argument)
{
    return argument == NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}

// A process for each item, one after the other.
static inline int by_processes(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct process *process = process_create(nothing, NULL);
        if (process == NULL || process_start(process) == -1 ||
            process_join(process, -1) == -1)
            return -1;
        process_release(process);
    }
    return 0;
}
// [endregion each]

static inline int64_t same(const struct task *task)
{
    return task->number;
}

// [region messages]
// A message to a worker and one back for each item; one item on the way to
// each worker.
static inline int by_messages(size_t count)
{
    struct worker workers[WORKERS];
    struct channel *channels[WORKERS];
    struct task task = {0};
    bool ready[WORKERS];
    size_t given = 0, arrived = 0, size;
    if (start_workers(workers, same) == -1)
        return -1;
    for (int i = 0; i < WORKERS; i++, given++) {
        channels[i] = workers[i].ends[PARENT];
        if (channel_send(channels[i], &task, sizeof task) == -1)
            return -1;
    }
    while (arrived < count) {
        if (channel_wait(channels, WORKERS, -1, ready) == -1)
            return -1;
        for (int i = 0; i < WORKERS; i++) {
            if (!ready[i])
                continue;
            if (channel_receive(channels[i], &task, sizeof task, &size) !=
                1)
                return -1;
            arrived++;
            if (given++ < count &&
                channel_send(channels[i], &task, sizeof task) == -1)
                return -1;
        }
    }
    return stop_workers(workers);
}
// [endregion messages]

// [region counter]
struct stock { // in shared memory
    _Atomic size_t next;
    size_t count;
};

static inline int take_all(void *argument)
{
    struct stock *stock = argument;
    while (atomic_fetch_add(&stock->next, 1) < stock->count)
        continue; // here the item would be done
    return EXIT_SUCCESS;
}
// [endregion counter]

// A counter in shared memory that gives out the items.
static inline int by_counter(size_t count)
{
    struct process *workers[WORKERS];
    struct stock *stock = memory_create(sizeof *stock);
    if (stock == NULL)
        return -1;
    stock->count = count;
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = process_create(take_all, stock);
        if (workers[i] == NULL || process_start(workers[i]) == -1)
            return -1;
    }
    for (int i = 0; i < WORKERS; i++) {
        process_join(workers[i], -1);
        process_release(workers[i]);
    }
    memory_release(stock);
    return 0;
}
