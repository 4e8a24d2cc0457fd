// The warden: starts one program of a submission under its limits, watches it, ends what is left.
#define _GNU_SOURCE // close_range
#include "warden.h"
#include "companion.h"
#include "filter.h"
#include "limits.h"
#include "tree.h"
#include "waiting.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOOK_MS = 100 }; // between two looks at the processes

struct watch {
    const struct limits *limits;
    pid_t program;
    struct companion companion;
    long long started_ns;
    long quiet_looks; // looks in a row at which every process slept and none had run since the last look
    long long ran_ns; // by all processes together, at the last look
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

// Becomes the program. If that fails, its reason goes to `failure`. Only input, output and the answer
// stay open in the program.
static void become(char **command, const struct limits *limits, const struct companion *companion,
                   int failure)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid(); // kill(0, ...) reaches its own processes only
    set_limits(limits);
    dup2(failure, WARDEN_REPORT); // in this process the report is not reachable any more
    fcntl(WARDEN_REPORT, F_SETFD, FD_CLOEXEC);
    close_range(WARDEN_REPORT + 1, ~0U, 0);
    bool ready = companion->pid == 0 || setenv("COMPANION", companion->line, 1) == 0;
    if (ready && filter_install(limits->traceable, companion->pid) == 0)
        execv(command[0], command);
    int error = errno;
    _exit(write(WARDEN_REPORT, &error, sizeof error) == -1 ? 126 : 127);
}

// Starts the program. Returns its pid; the report's start_error says whether it got going.
static pid_t start(char **command, struct watch *watch)
{
    struct warden_report *report = &watch->report;
    int failure[2];
    if (pipe2(failure, O_CLOEXEC) == -1)
        die("pipe2");
    pid_t pid = fork();
    if (pid == -1)
        die("fork");
    if (pid == 0)
        become(command, watch->limits, &watch->companion, failure[1]);
    close(failure[1]);
    if (read(failure[0], &report->start_error, sizeof report->start_error) <= 0)
        report->start_error = 0;
    close(failure[0]);
    return pid;
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

static enum limit limit_reached(const struct watch *watch, const struct tree *tree)
{
    const struct limits *limits = watch->limits;
    if ((long)tree->count > limits->processes)
        return LIMIT_PROCESSES;
    if (uses_too_much_memory(tree, limits->tree_mib * 1024))
        return LIMIT_MEMORY;
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

// Waits for the end of the program and of nothing else, so that its zombies can be counted afterwards.
static void wait_for_end(struct watch *watch)
{
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    while (watch->report.limit == LIMIT_NONE && !watch->report.ended) {
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
    char **command = calloc((size_t)argc - 2, sizeof *command);
    if (command == NULL)
        die("calloc");
    for (int i = 3; i < argc; i++) {
        command[i - 3] = strdup(argv[i]);
        if (command[i - 3] == NULL)
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

int main(int argc, char **argv)
{
    struct limits limits;
    if (argc < 4 || limits_from_text(argv[1], &limits) == -1) {
        fprintf(stderr, "usage: warden LIMITS COMPANION PROGRAM [ARGUMENT...]\n");
        return 125;
    }
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL); // whatever our starter ignored; KILL and STOP refuse, and that is right
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, NULL);
    fcntl(WARDEN_REPORT, F_SETFD, FD_CLOEXEC);
    fcntl(WARDEN_COMPANION, F_SETFD, FD_CLOEXEC);
    prctl(PR_SET_PDEATHSIG, SIGKILL); // if the launcher dies, so do we; below, everything else
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_DUMPABLE, 0); // a program of the same user must not write into our memory
    struct watch watch = {.limits = &limits};
    if (strcmp(argv[2], WARDEN_NO_COMPANION) != 0)
        companion_start(&watch.companion, argv[2]);
    watch.started_ns = monotonic_ns();
    watch.program = start(take_command(argc, argv), &watch);
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
