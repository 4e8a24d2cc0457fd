// The warden: starts one program of a submission under its limits, watches it, ends what is left.
#include "warden.h"
#include "canary.h"
#include "companion.h"
#include "limits.h"
#include "sandbox.h"
#include "start.h"
#include "tree.h"
#include "usage.h"
#include "waiting.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOK_MS = 100,    // between two looks at the processes
    FILES_SHARE = 20, // looking at the files takes at most one part in so many of our time
};

struct watch {
    const struct limits *limits;
    pid_t program;
    struct companion companion;
    long long started_ns;
    long quiet_looks; // looks in a row at which every process slept and none had run since the last look
    long long ran_ns; // by all processes together, at the last look
    long long files_ns; // when to look at the files again
    bool shared;        // what lies in /dev/shm counts, too
    struct warden_report report;
};

static void die(const char *what)
{
    perror(what);
    exit(125);
}

static long long monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

// Counts what there is, and whether anything moved since the last look.
static void look(struct watch *watch, const struct tree *tree)
{
    long long ran_ns = 0;
    bool asleep = true;
    watch->report.stopped = false;
    for (size_t i = 0; i < tree->count; i++) {
        const struct tree_process *process = &tree->processes[i];
        ran_ns += process->ran_ns;
        if (strchr("STtZ", process->state) == NULL)
            asleep = false;
        if (process->pid == watch->program && process->state == 'T')
            watch->report.stopped = true;
    }
    watch->quiet_looks = asleep && ran_ns == watch->ran_ns ? watch->quiet_looks + 1 : 0;
    watch->ran_ns = ran_ns;
    if ((int)tree->count > watch->report.most_processes)
        watch->report.most_processes = (int)tree->count;
}

static bool uses_too_much_memory(const struct tree *tree, long allowed_kib)
{
    long resident = 0;
    for (size_t i = 0; i < tree->count; i++)
        resident += tree->processes[i].resident_kib;
    return resident > allowed_kib && tree_proportional_kib(tree) > allowed_kib;
}

// A program with very many files must not keep us busy.
static bool wrote_too_much(struct watch *watch)
{
    long long before_ns = monotonic_ns();
    if (before_ns < watch->files_ns)
        return false;
    long long bytes = usage_bytes(watch->shared);
    long long after_ns = monotonic_ns();
    watch->files_ns = after_ns + FILES_SHARE * (after_ns - before_ns);
    return bytes > watch->limits->files_mib * 1024LL * 1024;
}

static enum limit limit_reached(struct watch *watch, const struct tree *tree)
{
    const struct limits *limits = watch->limits;
    if ((long)tree->count > limits->processes)
        return LIMIT_PROCESSES;
    if (uses_too_much_memory(tree, limits->tree_mib * 1024))
        return LIMIT_MEMORY;
    if (wrote_too_much(watch))
        return LIMIT_FILES;
    if (watch->quiet_looks * LOOK_MS >= limits->stall_ms)
        return LIMIT_STALL;
    if ((monotonic_ns() - watch->started_ns) / 1000000 >= limits->time_ms)
        return LIMIT_TIME;
    return LIMIT_NONE;
}

// Counts what the program left behind. Orphans are ours now, and nobody but us can reap them.
static void count_left(struct warden_report *report, const struct tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        if (tree->processes[i].state == 'Z')
            report->zombies++;
        else
            report->left_running++;
    }
}

// How long a zombie's first thread was ready and did not run; 0 if nobody knows.
static long long waited_ns(pid_t pid)
{
    char path[64];
    long long waited = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file == NULL || fscanf(file, "%*s %lld", &waited) != 1)
        waited = 0;
    if (file != NULL)
        fclose(file);
    return waited;
}

// Takes the program's status if it has ended, and what the kernel knows of it before that is gone.
static void take_status(struct watch *watch)
{
    siginfo_t info = {0};
    struct rusage usage;
    waitid(P_PID, (id_t)watch->program, &info, WEXITED | WNOHANG | WNOWAIT);
    if (info.si_pid == 0)
        return;
    watch->report.program_ns = monotonic_ns() - watch->started_ns;
    watch->report.program_waited_ns = waited_ns(watch->program);
    watch->report.ended = wait4(watch->program, &watch->report.wait_status, WNOHANG, &usage) != 0;
    watch->report.peak_mib = watch->report.ended ? usage.ru_maxrss / 1024 : 0;
}

// The processes of the submission.
static void read_processes(const struct watch *watch, struct tree *tree)
{
    if (tree_read(tree) == -1)
        die("proc");
    tree_leave_out(tree, watch->companion.pid);
}

// Whether nobody can read our report any more: the launcher has ended before us.
static bool launcher_is_gone(void)
{
    struct pollfd report = {.fd = WARDEN_REPORT};
    return poll(&report, 1, 0) == 1 && (report.revents & POLLERR) != 0;
}

// Waits for the end of the program and of nothing else, so that its zombies can be counted afterwards;
// or until there is nobody to run it for.
static void wait_for_end(struct watch *watch)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    while (watch->report.limit == LIMIT_NONE && !watch->report.ended && !launcher_is_gone()) {
        take_status(watch);
        struct tree tree;
        read_processes(watch, &tree);
        if (watch->report.ended) {
            count_left(&watch->report, &tree);
        } else {
            look(watch, &tree);
            watch->report.limit = limit_reached(watch, &tree);
            if (watch->report.limit != LIMIT_NONE)
                waiting_describe(&tree, watch->program, watch->report.waiting,
                                 sizeof watch->report.waiting);
        }
        tree_free(&tree);
        if (watch->report.limit == LIMIT_NONE && !watch->report.ended)
            sigtimedwait(&child, NULL, &(struct timespec){.tv_nsec = LOOK_MS * 1000000L});
    }
}

// The program's command line, copied; ours is wiped, for the program can read it in /proc, and with it
// the secret that makes its driver's answer count.
static char **take_command(int argc, char **argv)
{
    enum { FIRST = 4 };
    char **command = calloc((size_t)(argc - FIRST) + 1, sizeof *command);
    if (command == NULL)
        die("calloc");
    for (int i = FIRST; i < argc; i++) {
        command[i - FIRST] = strdup(argv[i]);
        if (command[i - FIRST] == NULL)
            die("strdup");
        memset(argv[i], 0, strlen(argv[i]));
    }
    return command;
}

static long long cpu_ns_of_children(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000LL +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000LL;
}

static void prepare(void)
{
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL); // whatever our starter ignored; KILL and STOP refuse, and that is right
    sigset_t blocked;            // not in what we start: start.c, companion.c
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGCHLD);
    sigaddset(&blocked, SIGPIPE); // it would end us before the processes below us
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    fcntl(WARDEN_REPORT, F_SETFD, FD_CLOEXEC);
    fcntl(WARDEN_COMPANION, F_SETFD, FD_CLOEXEC);
    if (getpid() == 1)
        prctl(PR_SET_PDEATHSIG, SIGKILL); // if the launcher dies, so do we, and all in our namespace
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_DUMPABLE, 0); // a program of the same user must not write into our memory
}

int main(int argc, char **argv)
{
    struct limits limits;
    if (argc > 1 && strcmp(argv[1], WARDEN_CANARY) == 0)
        return canary_run(argc - 1, argv + 1);
    if (argc < 5 || limits_from_text(argv[2], &limits) == -1) {
        fprintf(stderr, "usage: warden LEVEL LIMITS COMPANION PROGRAM [ARGUMENT...]\n");
        return 125;
    }
    prepare();
    bool alone = argv[1][1] == '+';
    struct watch watch = {.limits = &limits, .shared = alone || getpid() == 1};
    if (strcmp(argv[3], WARDEN_NO_COMPANION) != 0)
        companion_start(&watch.companion, argv[3]);
    watch.started_ns = monotonic_ns();
    const struct start start = {.command = take_command(argc, argv),
                                .limits = &limits,
                                .companion = &watch.companion,
                                .restricted = argv[1][0] == SANDBOX_RESTRICTED,
                                .alone = alone};
    watch.program = start_program(&start, &watch.report);
    watch.report.program = watch.program;
    wait_for_end(&watch);
    watch.report.wall_ms = (long)((monotonic_ns() - watch.started_ns) / 1000000);
    companion_stop(&watch.companion, WARDEN_COMPANION);
    if (tree_end() == -1)
        die("processes that will not end");
    watch.report.cpu_ns = cpu_ns_of_children();
    if (write(WARDEN_REPORT, &watch.report, sizeof watch.report) != (ssize_t)sizeof watch.report)
        die("report");
    return 0;
}
