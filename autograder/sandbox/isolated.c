// Level A: namespaces of their own for everything, by bubblewrap (bwrap(1)). Why each option is there
// was measured; see "Sandbox" in autograder/README.md.
#define _GNU_SOURCE // execvpe
#include "levels.h"
#include <stdio.h>
#include <unistd.h>

enum { MOST_ARGUMENTS = 128 };

static char *const isolation[] = {
    "bwrap",
    "--unshare-all",
    "--unshare-user",
    "--die-with-parent",
    "--new-session",
    "--cap-drop",
    "ALL",
    "--as-pid-1", // the warden: no signal from inside can end it
    "--ro-bind",
    "/usr",
    "/usr",
    "--symlink",
    "usr/lib",
    "/lib",
    "--symlink",
    "usr/lib64",
    "/lib64",
    "--symlink",
    "usr/bin",
    "/bin",
    "--proc",
    "/proc",
    "--dev",
    "/dev",
    NULL,
};

static char *const room[] = {
    "--disable-userns", // and no further namespaces inside
    "--size",           "8388608", "--tmpfs", "/dev/shm", "--remount-ro", "/dev", "--size",
    "67108864", // what the watch of files allows, too: limits.c
    "--tmpfs",          "/tmp",    NULL,
};

// Before version 0.8 bubblewrap has neither of the two options. Namespaces are refused by the filter,
// too, and how much is written to files is watched, so that only the bound on it is lost.
static char *const room_of_old[] = {
    "--tmpfs", "/dev/shm", "--remount-ro", "/dev", "--tmpfs", "/tmp", NULL,
};

void isolated_become(const struct level_start *start)
{
    const struct sandbox_job *job = start->job;
    char *command[MOST_ARGUMENTS];
    size_t count = 0;
    char program[256], level[LEVELS_NAME_SIZE];
    snprintf(program, sizeof program, "%s%s", job->program[0] == '/' ? "" : "/kit/", job->program);
    levels_name(start, level);
    bool accompanied = job->companion != NULL;
    char *const companion[] = {"--ro-bind", (char *)job->companion, "/companion", NULL};
    char *const rest[] = {"--chdir",
                          "/tmp",
                          "--setenv",
                          "KIT",
                          "/kit",
                          "--ro-bind",
                          (char *)job->directory,
                          "/kit",
                          "--ro-bind",
                          (char *)job->warden,
                          "/warden",
                          "--remount-ro",
                          "/",
                          "--",
                          "/warden",
                          level,
                          (char *)start->limits,
                          accompanied ? "/companion" : WARDEN_NO_COMPANION,
                          program,
                          NULL};
    char *const *const parts[] = {isolation, start->level == SANDBOX_ISOLATED_BY_OLD ? room_of_old : room,
                                  accompanied ? companion : NULL, rest, job->arguments};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (levels_append(command, &count, MOST_ARGUMENTS, parts[i]) == -1)
            return;
    execvpe(command[0], command, start->environment); // along our own PATH, not the program's
}
