// Becomes a sandbox.
#define _GNU_SOURCE // close_range, setresuid
#include "launch.h"
#include "../driver/named.h"
#include "levels.h"
#include "scratch.h"
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

static void drop_root(uid_t user)
{
    if (geteuid() != 0)
        return;
    if (setgroups(0, NULL) == 0 && setresgid(user, user, user) == 0 && setresuid(user, user, user) == 0)
        return;
    dprintf(STDERR_FILENO, "cannot give up root for the user id %u: %s\n", user, strerror(errno));
    _exit(127);
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

// The environment of the program, but for KIT. Without a file system of its own it has its working
// directory for all that is temporary.
static char **make_environment(const struct launch *launch, bool alone)
{
    enum { MOST = 8 };
    static char *environment[MOST + 2]; // KIT, and NULL
    static char home[SCRATCH_PATH_SIZE + 8], temporary[SCRATCH_PATH_SIZE + 8];
    static char named[SCRATCH_PATH_SIZE + sizeof NAMED_FOLDER + 1];
    const struct sandbox_job *job = launch->job;
    bool plain = launch->work[0] != '\0';
    size_t count = 0;
    snprintf(home, sizeof home, "HOME=%s", plain ? launch->work : "/tmp");
    snprintf(temporary, sizeof temporary, "TMPDIR=%s", launch->work);
    snprintf(named, sizeof named, NAMED_FOLDER "=%s", launch->work);
    environment[count++] = "PATH=/usr/bin:/bin";
    environment[count++] = "LANG=C.UTF-8";
    environment[count++] = home;
    if (plain)
        environment[count++] = temporary;
    if (launch->level == SANDBOX_RESTRICTED && !alone) // Landlock keeps it out of /dev/shm
        environment[count++] = named;
    if (job->limits.traceable) {
        // malloc() of more than there is gives NULL, as it does without sanitizers
        environment[count++] =
            job->find_leaks ? "ASAN_OPTIONS=exitcode=99:allocator_may_return_null=1:detect_leaks=1"
                            : "ASAN_OPTIONS=exitcode=99:allocator_may_return_null=1:detect_leaks=0";
        environment[count++] = "UBSAN_OPTIONS=halt_on_error=1:exitcode=99:print_stacktrace=1";
    }
    return environment;
}

void levels_name(const struct level_start *start, char name[LEVELS_NAME_SIZE])
{
    snprintf(name, LEVELS_NAME_SIZE, "%c%s", (char)start->level, start->alone ? "+" : "");
}

void launch_become(const struct launch *launch)
{
    char limits[LIMITS_TEXT_SIZE];
    bool plain = launch->work[0] != '\0';
    const struct level_start start = {.job = launch->job,
                                      .level = launch->level,
                                      .alone = geteuid() == 0,
                                      .limits = limits,
                                      .environment = make_environment(launch, geteuid() == 0)};
    place_descriptors(launch);
    limits_to_text(&launch->job->limits, limits);
    drop_root(launch->user);
    if (!plain || chdir(launch->work) == 0) {
        if (plain)
            plain_become(&start);
        else
            isolated_become(&start);
    }
    dprintf(STDERR_FILENO, "cannot start %s: %s\n", plain ? "the warden" : "bwrap", strerror(errno));
    _exit(127);
}
