// Looks at a drive's own children, past the learner's module.
#include "children.h"
#include "faults.h"
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

int child_wait_for_zombie(pid_t pid)
{
    siginfo_t info = {0};
    while (pid > 0 && faults_real_waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == -1)
        if (errno != EINTR)
            return 0;
    return info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED ? info.si_status : 0;
}

bool child_is_reaped(pid_t pid)
{
    siginfo_t info;
    return pid > 0 && faults_real_waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == -1;
}
