// Three ways to start a process that does nothing and ends.
#pragma once
#define _GNU_SOURCE // environ
#include "guard.h"
#include <spawn.h>
#include <unistd.h>

// [region ways]
static pid_t by_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    return pid;
}

static pid_t by_posix_spawn(void)
{
    pid_t pid;
    char *argv[] = {"spawn_cost", "end", NULL}; // main returns at once
    int error =
        posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, environ);
    return error == 0 ? pid : -1;
}

static pid_t by_spawn_start(void)
{
    struct spawn spawn = {.function = "nothing"};
    return spawn_start(&spawn) == 0 ? spawn.pid : -1;
}
// [endregion ways]
