// Starts the program of a submission under its limits.
#define _GNU_SOURCE // close_range
#include "start.h"
#include "connector.h"
#include "filter.h"
#include "landlock.h"
#include "tree.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

// What the child tells its parent, until exec closes its end: that it has failed, or, with a descriptor,
// that there are connections to be made.
struct word {
    int error;
    char step[WARDEN_STEP_SIZE];
};

static void die(const char *what)
{
    perror(what);
    exit(125);
}

// Sets a limit, or leaves the one that was set from outside if it is lower.
static void set_limit(int resource, long value)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) == -1)
        die("getrlimit");
    if ((rlim_t)value < limit.rlim_max)
        limit.rlim_max = (rlim_t)value;
    limit.rlim_cur = limit.rlim_max;
    if (resource == RLIMIT_CPU && limit.rlim_cur > 1)
        limit.rlim_cur--; // first SIGXCPU, which says why; a second later SIGKILL
    if (setrlimit(resource, &limit) == -1)
        die("setrlimit");
}

static void set_limits(const struct limits *limits)
{
    // More than allowed, so that the warden sees it and can say so. Where other sandboxes of this user
    // run, too, theirs count as well, and they start and end meanwhile; in our own namespace only ours
    // do.
    const long slack = getpid() == 1 ? 8 : 512;
    const long mib = 1024 * 1024;
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_CPU, limits->cpu_seconds + 1);
    set_limit(RLIMIT_FSIZE, limits->file_mib * mib);
    set_limit(RLIMIT_NOFILE, limits->descriptors);
    set_limit(RLIMIT_STACK, 8 * mib);
    set_limit(RLIMIT_MEMLOCK, 64 * 1024);
    set_limit(RLIMIT_MSGQUEUE, 64 * 1024);
    if (limits->memory_mib > 0)
        set_limit(RLIMIT_AS, limits->memory_mib * mib);
    set_limit(RLIMIT_NPROC, tree_tasks_of_this_user() + limits->processes + slack);
}

// Sends a word, with the descriptor `with` unless it is -1.
static int tell(int channel, const struct word *word, int with)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } room = {{0}};
    struct iovec part = {.iov_base = (void *)word, .iov_len = sizeof *word};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (with != -1) {
        message.msg_control = room.bytes;
        message.msg_controllen = sizeof room.bytes;
        struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof with);
        memcpy(CMSG_DATA(rights), &with, sizeof with);
    }
    return sendmsg(channel, &message, MSG_NOSIGNAL) == (ssize_t)sizeof *word ? 0 : -1;
}

// Receives a word; `with` gets its descriptor or -1. Returns false at the end.
static bool hear(int channel, struct word *word, int *with)
{
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } room = {{0}};
    struct iovec part = {.iov_base = word, .iov_len = sizeof *word};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = room.bytes,
                             .msg_controllen = sizeof room.bytes};
    ssize_t size;
    *with = -1;
    do
        size = recvmsg(channel, &message, MSG_CMSG_CLOEXEC);
    while (size == -1 && errno == EINTR);
    if (size != (ssize_t)sizeof *word)
        return false;
    const struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    if (rights != NULL && rights->cmsg_type == SCM_RIGHTS)
        memcpy(with, CMSG_DATA(rights), sizeof *with);
    return true;
}

static _Noreturn void give_up(int channel, const char *step)
{
    struct word word = {.error = errno};
    snprintf(word.step, sizeof word.step, "%s", step);
    _exit(tell(channel, &word, -1) == -1 ? 126 : 127);
}

static void shut_in(const struct start *start, int channel)
{
    const struct filter filter = {.traceable = start->limits->traceable,
                                  .companion = start->companion->pid,
                                  .restricted = start->restricted,
                                  .alone = start->alone};
    int connections;
    if (start->restricted && landlock_confine(getenv("KIT"), ".", start->alone) == -1)
        give_up(channel, "Landlock");
    if (filter_install(&filter, &connections) == -1)
        give_up(channel, "seccomp");
    if (connections != -1 && tell(channel, &(struct word){0}, connections) == -1)
        give_up(channel, "seccomp");
    if (connections != -1)
        close(connections);
}

// Becomes the program.
static _Noreturn void become(const struct start *start, int channel)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid(); // kill(0, ...) reaches its own processes only
    set_limits(start->limits);
    dup2(channel, WARDEN_REPORT); // in this process the report is not reachable any more
    fcntl(WARDEN_REPORT, F_SETFD, FD_CLOEXEC);
    close_range(WARDEN_REPORT + 1, ~0U, 0);
    if (start->companion->pid != 0 && setenv("COMPANION", start->companion->line, 1) == -1)
        give_up(WARDEN_REPORT, "environment");
    shut_in(start, WARDEN_REPORT);
    execv(start->command[0], start->command);
    give_up(WARDEN_REPORT, "");
}

pid_t start_program(const struct start *start, struct warden_report *report)
{
    int channel[2], connections;
    struct word word;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) == -1)
        die("socketpair");
    pid_t pid = fork();
    if (pid == -1)
        die("fork");
    if (pid == 0)
        become(start, channel[1]);
    close(channel[1]);
    while (hear(channel[0], &word, &connections)) {
        report->start_error = word.error;
        memcpy(report->start_step, word.step, sizeof report->start_step);
        if (connections != -1 && connector_start(connections, start->companion->line) == -1)
            die("the connector");
    }
    close(channel[0]);
    return pid;
}
