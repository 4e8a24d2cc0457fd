// Looks at processes, past the learner's module.
#include "children.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int child_wait_for_zombie(pid_t pid)
{
    siginfo_t info = {0};
    while (pid > 0 && waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == -1)
        if (errno != EINTR)
            return 0;
    return info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED ? info.si_status : 0;
}

bool child_is_reaped(pid_t pid)
{
    siginfo_t info;
    return pid > 0 && waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == -1;
}

bool thread_is_asleep(pid_t process, pid_t thread)
{
    char path[64];
    char line[512];
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", process, thread);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = file == -1 ? -1 : read(file, line, sizeof line - 1);
    if (file != -1)
        close(file);
    line[size > 0 ? size : 0] = '\0';
    const char *after_name = strrchr(line, ')'); // the name may hold anything
    return after_name != NULL && after_name[1] == ' ' && after_name[2] == 'S';
}
