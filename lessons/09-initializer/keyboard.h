// Stands in for a shell, a terminal and somebody who presses Ctrl-C.
#pragma once
#include "steps.h"
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

struct scene {
    struct gate here; // who is at work says so here
    struct gate go;   // and waits there
};

// [region press]
// Runs `program` as a shell would, in a process group of its own. When
// `workers` of its processes are at work, Ctrl-C is pressed. Returns the
// program's exit status, or minus the signal that has ended it.
static inline int press_ctrl_c(int (*program)(void), int workers,
                               struct scene *scene)
{
    *scene = (struct scene){make_gate(), make_gate()};
    fflush(stdout);
    pid_t group = fork();
    if (group == 0) {
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        int status = program();
        fflush(stdout);
        _exit(status);
    }
    for (int i = 0; group != -1 && i < workers; i++)
        await(&scene->here);
    int status;
    if (group == -1 || kill(-group, SIGINT) == -1 ||
        waitpid(group, &status, 0) == -1)
        return EXIT_FAILURE;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
// [endregion press]
