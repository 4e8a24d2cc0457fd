// Looks at a drive's own children, past the learner's module.
#include "children.h"
#include "faults.h"
#include <errno.h>
#include <sys/wait.h>

void child_wait_for_zombie(pid_t pid)
{
    while (pid > 0 && faults_real_waitid(P_PID, (id_t)pid, WEXITED | WNOWAIT) == -1)
        if (errno != EINTR)
            return;
}

bool child_is_reaped(pid_t pid)
{
    return pid > 0 && faults_real_waitid(P_PID, (id_t)pid, WEXITED | WNOHANG | WNOWAIT) == -1;
}
