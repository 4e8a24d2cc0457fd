// A temporary directory of our own, outside the workbook.
#include "scratch.h"
#include "program.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

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
    char *const remove[] = {"rm", "-rf", "--one-file-system", "--", (char *)path, NULL};
    char *const unlock[] = {"chmod", "-R", "u+rwX", "--", (char *)path, NULL};
    if (program_run(unlock) == -1) // a folder without permissions can be removed when it has them again
        return -1;
    return program_run(remove);
}
