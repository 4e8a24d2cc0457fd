// A temporary directory of our own, outside the workbook.
#include "scratch.h"
#include "program.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Whether other users can enter a folder: they need to pass all folders above it, too.
static bool is_open_to_others(const char *folder)
{
    char path[SCRATCH_PATH_SIZE];
    struct stat status;
    snprintf(path, sizeof path, "%s", folder);
    for (;;) {
        if (stat(path[0] == '\0' ? "/" : path, &status) == -1)
            return true; // mkdtemp() will say what is wrong
        if ((status.st_mode & S_IXOTH) == 0)
            return false;
        char *last = strrchr(path, '/');
        if (last == NULL)
            return true;
        *last = '\0';
    }
}

int scratch_make(char path[SCRATCH_PATH_SIZE])
{
    const char *parent = getenv("TMPDIR");
    if (parent == NULL || parent[0] != '/' || (geteuid() == 0 && !is_open_to_others(parent)))
        parent = "/tmp";
    int length = snprintf(path, SCRATCH_PATH_SIZE, "%s/workbook-XXXXXX", parent);
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
