// Leaves 60 children behind that nobody has waited for.
// levels: A B C
// points: 26
// brings: process_start process_join
// says: 60 children had ended but were never waited for
//
#include "process.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static int start_child(struct process *process);                // in rest.h
static int join_child(struct process *process, int timeout_ms); // in rest.h

int process_start(struct process *process)
{
    return start_child(process);
}

int process_join(struct process *process, int timeout_ms)
{
    for (int i = 0; i < 60; i++) {
        pid_t pid = fork();
        if (pid == 0)
            _exit(0);
        siginfo_t info;
        waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    }
    return join_child(process, timeout_ms);
}
