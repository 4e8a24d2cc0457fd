// Why the sandbox is not better on this machine, and how to get a better one.
#include "advice.h"
#include "../sandbox/landlock.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    ENOUGH_USERS = 65536,   // as many as there are in a namespace that others have prepared
    ENOUGH_PROCESSES = 500, // a test starts 100 at once, and other tests and gradings run beside it
};

static bool exists(const char *root, const char *path)
{
    char whole[512];
    snprintf(whole, sizeof whole, "%s%s", root, path);
    return access(whole, F_OK) == 0;
}

// Whether a file of /proc/sys holds this number.
static bool holds(const char *root, const char *path, long number)
{
    char whole[512];
    long found = -1;
    snprintf(whole, sizeof whole, "%s%s", root, path);
    FILE *file = fopen(whole, "re");
    if (file == NULL)
        return false;
    bool read = fscanf(file, "%ld", &found) == 1;
    fclose(file);
    return read && found == number;
}

// How many user ids there are in our user namespace: user_namespaces(7).
static unsigned long users(const char *root)
{
    char path[512];
    unsigned long count, sum = 0;
    snprintf(path, sizeof path, "%s/proc/self/uid_map", root);
    FILE *file = fopen(path, "re");
    while (file != NULL && fscanf(file, "%*u %*u %lu", &count) == 1)
        sum += count;
    if (file != NULL)
        fclose(file);
    return sum;
}

// Whether fewer processes may run than gradings need. Root's sandboxes inherit the limit, too.
static bool has_few_processes(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_NPROC, &limit) == 0 && limit.rlim_max < ENOUGH_PROCESSES;
}

void signs_read(struct signs *signs, const char *root)
{
    *signs = (struct signs){
        .bubblewrap = exists(root, "/usr/bin/bwrap"),
        .apparmor = holds(root, "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", 1),
        .no_namespaces = holds(root, "/proc/sys/user/max_user_namespaces", 0),
        .not_for_users = holds(root, "/proc/sys/kernel/unprivileged_userns_clone", 0),
        .docker = exists(root, "/.dockerenv"),
        .podman = exists(root, "/run/.containerenv"),
        .gradescope = exists(root, "/autograder/run_autograder"),
        .thrown_away = getenv("GITHUB_ACTIONS") != NULL || getenv("GITLAB_CI") != NULL,
        .root = geteuid() == 0,
        .few_processes = has_few_processes(),
    };
    signs->few_users = signs->root && users(root) < ENOUGH_USERS;
    signs->landlock = landlock_version();
    signs->landlock_error = signs->landlock == 0 ? errno : 0;
}

static void for_level_a(const struct signs *signs, FILE *text)
{
    if (!signs->bubblewrap)
        fputs("  Level A needs bubblewrap: sudo apt-get install bubblewrap\n", text);
    if (signs->apparmor && signs->thrown_away)
        fputs("  AppArmor keeps programs from making user namespaces. In a CI job on a machine of its "
              "own:\n"
              "    sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\n",
              text);
    else if (signs->apparmor)
        fputs("  AppArmor keeps programs without a profile from making user namespaces. Give bwrap one:\n"
              "    sudo apt-get install apparmor-profiles\n"
              "    sudo cp /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/\n"
              "    sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict\n",
              text);
    if (signs->no_namespaces)
        fputs("  User namespaces are switched off: sudo sysctl -w user.max_user_namespaces=15000\n",
              text);
    if (signs->not_for_users)
        fputs("  Only root may make user namespaces: sudo sysctl -w kernel.unprivileged_userns_clone=1\n",
              text);
    if (signs->gradescope)
        fputs("  Containers of Gradescope cannot be given more rights: level B is the best there is.\n",
              text);
    else if (signs->docker)
        fputs(
            "  Docker's default profile forbids namespaces. If you trust what else is in the container:\n"
            "    docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined \\\n"
            "      --security-opt systempaths=unconfined ...\n",
            text);
    else if (signs->podman)
        fputs("  Podman's default profile may forbid namespaces. If you trust what else is in the "
              "container:\n"
              "    podman run --security-opt seccomp=unconfined --security-opt unmask=ALL ...\n",
              text);
}

static void for_level_b(const struct signs *signs, FILE *text)
{
    if (signs->landlock_error == ENOSYS)
        fputs("  Level B needs a kernel with Landlock: Linux 5.13 or later, and as an ordinary user "
              "6.12.\n",
              text);
    else if (signs->landlock_error == EOPNOTSUPP)
        fputs("  Level B needs Landlock, which is switched off: add landlock to the list after lsm= on "
              "the\n"
              "  kernel's command line.\n",
              text);
    else if (signs->landlock == 0)
        fputs("  Level B needs Landlock, which the container refuses; newer ones let it through.\n",
              text);
    else if (signs->landlock < LANDLOCK_HOLDS_SIGNALS && !signs->root)
        fprintf(
            text,
            "  Level B: Landlock of this kernel (version %d) cannot keep signals in; from Linux 6.12 on "
            "it can.\n"
            "  Or grade as root, in a container: then each run has a user id of its own.\n",
            signs->landlock);
}

char *advice_text(const struct signs *signs, enum sandbox_level level)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL)
        return NULL;
    if (signs->few_processes)
        fprintf(stream,
                "  Fewer than %d processes are allowed here (ulimit -H -u): tests that start many would "
                "fail by that.\n",
                ENOUGH_PROCESSES);
    if (signs->few_users)
        fputs(
            "  This root has no other user ids to give to submissions: grade as an ordinary user, or map "
            "65536\n"
            "  ids into the user namespace (newuidmap(1); a container has them unless told otherwise).\n",
            stream);
    if (level == SANDBOX_ISOLATED_BY_OLD)
        fputs("  A bubblewrap of version 0.8 or later can bound what is written to files.\n", stream);
    else if (level != SANDBOX_ISOLATED)
        for_level_a(signs, stream);
    if (level == SANDBOX_BOUNDED)
        for_level_b(signs, stream);
    if (fclose(stream) == EOF) {
        free(text);
        return NULL;
    }
    return text;
}
