// Runs a trusted tool of the system.
#include "program.h"
#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>

int program_run(char *const *command)
{
    extern char **environ;
    pid_t pid;
    int status;
    errno = posix_spawnp(&pid, command[0], NULL, NULL, command, environ);
    if (errno != 0)
        return -1;
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            return -1;
    return status == 0 ? 0 : -1;
}
