// A worker with two pipes: blocks of work come in, blocks of results go
// out.
#pragma once
#include "process.h"
#include "stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096, BLOCKS = 256 }; // 1 MiB in each direction

struct exchange {
    int tasks[2], results[2]; // the worker reads tasks and writes results
};

// [region worker]
// Works until the end of the tasks: reads a block, writes a block.
static int work(void *argument)
{
    struct exchange *pipes = argument;
    char block[BLOCK];
    ssize_t got;
    close(pipes->tasks[1]);
    close(pipes->results[0]);
    while ((got = read_all(pipes->tasks[0], block, BLOCK)) == BLOCK) {
        memset(block, '!', BLOCK); // stands for real work
        if (write_all(pipes->results[1], block, BLOCK) == -1)
            return EXIT_FAILURE;
    }
    return got == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
// [endregion worker]

// Makes the pipes, and a worker that runs; NULL with errno if that failed.
static inline struct process *start_worker(struct exchange *pipes)
{
    if (pipe(pipes->tasks) == -1 || pipe(pipes->results) == -1)
        return NULL;
    struct process *worker = process_create(work, pipes);
    if (worker == NULL || process_start(worker) == -1)
        return NULL;
    return worker;
}
