// Ways to start something that does nothing, and to wait for it: for the
// programs that measure. Their main() returns at once when it is told to
// "do-nothing".
#pragma once
#include "measure.h"
#include <pthread.h>
#include <spawn.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

static void *nothing(void *argument)
{
    return argument;
}

// [region thread_fork]
static inline bool thread_and_join(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 &&
           pthread_join(thread, NULL) == 0;
}

static inline bool fork_and_wait(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid != -1 && waitpid(pid, NULL, 0) == pid;
}
// [endregion thread_fork]

// [region spawn]
static inline bool spawn_and_wait(void) // this same program, anew
{
    char *const words[] = {"anew", "do-nothing", NULL};
    char *const no_environment[] = {NULL};
    pid_t pid;
    int error = posix_spawn(&pid, "/proc/self/exe", NULL, NULL, words,
                            no_environment);
    return error == 0 && waitpid(pid, NULL, 0) == pid;
}
// [endregion spawn]

struct cost {
    double median_us, least_us;
};

static struct cost cost_of(bool (*start)(void), size_t runs)
{
    double took[200];
    for (size_t i = 0; i < runs; i++) {
        double begin = now_us();
        if (!start()) {
            perror("start");
            exit(EXIT_FAILURE);
        }
        took[i] = now_us() - begin;
    }
    struct cost cost = {.median_us = median(took, runs)};
    cost.least_us = took[0]; // they are sorted now
    return cost;
}
