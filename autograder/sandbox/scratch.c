// A temporary directory of our own, outside the workbook.
#include "scratch.h"
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int scratch_make(char path[SCRATCH_PATH_SIZE])
{
    const char *parent = getenv("TMPDIR");
    int length = snprintf(path, SCRATCH_PATH_SIZE, "%s/workbook-XXXXXX",
                          parent != NULL && parent[0] == '/' ? parent : "/tmp");
    if (length >= SCRATCH_PATH_SIZE) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return mkdtemp(path) == NULL ? -1 : chmod(path, 0755);
}

int scratch_remove(const char *path)
{
    char *const command[] = {"rm", "-rf", "--one-file-system", "--", (char *)path, NULL};
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
