// Becomes a sandbox.
#define _GNU_SOURCE // close_range, setresuid
#include "launch.h"
#include "levels.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int levels_append(char **command, size_t *count, size_t most, char *const *more)
{
    for (; more != NULL && *more != NULL; more++) {
        if (*count + 1 == most) {
            errno = E2BIG;
            return -1;
        }
        command[(*count)++] = *more;
    }
    command[*count] = NULL;
    return 0;
}

static int drop_root(uid_t user)
{
    if (geteuid() != 0)
        return 0;
    if (setgroups(0, NULL) == -1 || setresgid(user, user, user) == -1)
        return -1;
    return setresuid(user, user, user);
}

// The descriptors are copied above their final numbers first, so that no copy overwrites another.
static void place_descriptors(const struct launch *launch)
{
    const int wanted[] = {launch->input,  launch->output, launch->output,
                          launch->answer, launch->report, launch->companion};
    enum { COUNT = sizeof wanted / sizeof *wanted };
    int high[COUNT];
    for (int i = 0; i < COUNT; i++)
        high[i] = fcntl(wanted[i], F_DUPFD, COUNT);
    for (int i = 0; i < COUNT; i++)
        if (high[i] == -1 || dup2(high[i], i) == -1)
            _exit(126);
    close_range(COUNT, ~0U, 0);
}

void launch_become(const struct launch *launch)
{
    extern char **environ;
    static char *clean[] = {"PATH=/usr/bin:/bin", "LANG=C.UTF-8", "HOME=/tmp", NULL, NULL, NULL};
    if (launch->job->limits.traceable) {
        // malloc() of more than there is gives NULL, as it does without sanitizers
        clean[3] = launch->job->find_leaks
                       ? "ASAN_OPTIONS=exitcode=99:allocator_may_return_null=1:detect_leaks=1"
                       : "ASAN_OPTIONS=exitcode=99:allocator_may_return_null=1:detect_leaks=0";
        clean[4] = "UBSAN_OPTIONS=halt_on_error=1:exitcode=99:print_stacktrace=1";
    }
    environ = clean;
    char limits[LIMITS_TEXT_SIZE];
    bool isolated = launch->level == SANDBOX_ISOLATED;
    place_descriptors(launch);
    limits_to_text(&launch->job->limits, limits);
    if (drop_root(launch->user) == 0 && (isolated || chdir(launch->work) == 0)) {
        if (isolated)
            isolated_become(launch->job, limits);
        else
            bounded_become(launch->job, limits);
    }
    dprintf(STDERR_FILENO, "cannot start %s: %s\n", isolated ? "bwrap" : "the warden", strerror(errno));
    _exit(127);
}
