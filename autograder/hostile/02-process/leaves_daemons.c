// Leaves four daemons behind that ignore signals and hold the output open.
// levels: A B C
// points: 26
// brings: process_start process_join
// says: 4 processes were still running
//
#include "process.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static int start_child(struct process *process);                // in rest.h
static int join_child(struct process *process, int timeout_ms); // in rest.h

static void leave_daemon(void)
{
    pid_t pid = fork();
    if (pid != 0) {
        waitpid(pid, NULL, 0);
        return;
    }
    setsid();
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    if (fork() == 0)
        sleep(60);
    _exit(0);
}

int process_start(struct process *process)
{
    return start_child(process);
}

int process_join(struct process *process, int timeout_ms)
{
    for (int i = 0; i < 4; i++)
        leave_daemon();
    return join_child(process, timeout_ms);
}
