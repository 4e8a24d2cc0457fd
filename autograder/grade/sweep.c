// Removes what killed graders have left in temporary folders.
#include "sweep.h"
#include "../sandbox/scratch.h"
#include <errno.h>
#include <glob.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Whether `path` is ours, of this type, and named after a process that is gone.
static bool is_left_over(const char *path, const char *before_pid, mode_t type)
{
    struct stat status;
    const char *name = strstr(path, before_pid);
    int pid = name == NULL ? 0 : atoi(name + strlen(before_pid));
    return pid > 0 && kill(pid, 0) == -1 && errno == ESRCH && lstat(path, &status) == 0 &&
           status.st_uid == geteuid() && (status.st_mode & S_IFMT) == type;
}

static void sweep_folder(const char *folder)
{
    char pattern[512];
    glob_t found;
    snprintf(pattern, sizeof pattern, "%s/workbook-*-??????", folder);
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (is_left_over(found.gl_pathv[i], "/workbook-", S_IFDIR))
                scratch_remove(found.gl_pathv[i]);
        globfree(&found);
    }
    snprintf(pattern, sizeof pattern, "%s/criterion_*.sock", folder);
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (is_left_over(found.gl_pathv[i], "/criterion_", S_IFSOCK))
                unlink(found.gl_pathv[i]);
        globfree(&found);
    }
}

void sweep(void)
{
    const char *temporary = getenv("TMPDIR");
    sweep_folder("/tmp");
    if (temporary != NULL && temporary[0] == '/' && strcmp(temporary, "/tmp") != 0)
        sweep_folder(temporary);
}
