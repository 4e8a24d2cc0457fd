// A fresh program instead of a copy. The task is in README.md, the contract in guard.h.
#include "guard.h"
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

void guard_main(const struct guard_function *functions, size_t count)
{
    // TODO(learner): was this process started by spawn_start()? Then take the name, find the function,
    // run it
    (void)functions;
    (void)count;
}

int spawn_start(struct spawn *spawn)
{
    // TODO(learner): start /proc/self/exe with posix_spawn(), and tell its guard_main() what to run
    (void)spawn;
    errno = ENOSYS;
    return -1;
}
