// What the programs under trial have in common, so that each shows only how it shares the work.
#pragma once
#include "map.h"
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline void *share(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        abort();
    return memory;
}

static inline pid_t start(void)
{
    pid_t pid = fork();
    if (pid == -1)
        abort();
    return pid;
}

static inline void wait_for(int children)
{
    while (children > 0)
        if (wait(NULL) != -1)
            children--;
        else if (errno != EINTR)
            abort();
}

static inline int hand_over(uint64_t results[], uint64_t *shared, int items)
{
    memcpy(results, shared, (size_t)items * sizeof *shared);
    munmap(shared, (size_t)items * sizeof *shared);
    return 0;
}

// Uses the processor for as long as `share` (a fraction) of a computing item of 3.75 ms.
static inline void burn(double share)
{
    struct timespec begin;
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    while ((double)(now.tv_sec - begin.tv_sec) * 1e3 + (double)(now.tv_nsec - begin.tv_nsec) / 1e6 <
           share * 3.75);
}
