// Runs one program of a submission, shut in, and tells what became of it.
#define _GNU_SOURCE // pipe2
#include "sandbox.h"
#include "feed.h"
#include "launch.h"
#include "scratch.h"
#include "shared.h"
#include "tree.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    USER_FIRST = 61184, // user ids that no system gives to people (systemd's dynamic ones)
    USER_COUNT = 4096,
    OUTPUT_MAX = 16 * 1024 * 1024, // bytes; a program that writes more is ended
    COMPANION_MAX = 1024 * 1024,   // bytes that a companion may tell
    GRACE_MS = 5000,               // what the warden gets beyond the program's own time
};

enum { OUTPUT, ANSWER, REPORT, COMPANION, PIPES };

struct run {
    const struct sandbox_job *job;
    struct outcome *outcome;
    char work[SCRATCH_PATH_SIZE]; // the working directory at levels B and C, or ""
    int input;                    // the program's input; like every descriptor here, -1 when closed
    int read_ends[PIPES];
    int write_ends[PIPES];
    int pidfd;
    pid_t pid;
    uid_t user; // that the program runs as, if we are root
    size_t report_size;
    bool sweeps; // levels B and C: what the run leaves in /dev/shm
    bool ended_by_us;
};

static void fail(struct outcome *outcome, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (outcome->fault[0] == '\0')
        vsnprintf(outcome->fault, sizeof outcome->fault, format, arguments);
    va_end(arguments);
}

static long monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

static void close_one(int *descriptor)
{
    if (*descriptor != -1)
        close(*descriptor);
    *descriptor = -1;
}

static bool is_isolated(enum sandbox_level level)
{
    return level == SANDBOX_ISOLATED || level == SANDBOX_ISOLATED_BY_OLD;
}

static int prepare(struct run *run, enum sandbox_level level)
{
    run->input = feed_make(run->job->input, run->job->input_size);
    run->outcome->answer = malloc(run->job->answer_max + 1);
    run->outcome->companion = malloc(COMPANION_MAX + 1);
    if (run->input == -1 || run->outcome->answer == NULL || run->outcome->companion == NULL)
        return -1;
    for (int i = 0; i < PIPES; i++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) == -1)
            return -1;
        run->read_ends[i] = ends[0];
        run->write_ends[i] = ends[1];
        if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == -1)
            return -1;
    }
    if (is_isolated(level))
        return 0;
    run->sweeps = shared_is_empty(run->user);
    if (scratch_make(run->work) == -1)
        return -1;
    if (geteuid() != 0 || chown(run->work, run->user, run->user) == 0)
        return 0;
    fail(run->outcome, "cannot give up root for the user id %u: %s", run->user, strerror(errno));
    return -1;
}

static int start(struct run *run, enum sandbox_level level)
{
    run->pid = fork();
    if (run->pid == -1)
        return -1;
    if (run->pid == 0)
        launch_become(&(struct launch){.job = run->job,
                                       .level = level,
                                       .work = run->work,
                                       .user = run->user,
                                       .input = run->input,
                                       .output = run->write_ends[OUTPUT],
                                       .answer = run->write_ends[ANSWER],
                                       .report = run->write_ends[REPORT],
                                       .companion = run->write_ends[COMPANION]});
    for (int i = 0; i < PIPES; i++)
        close_one(&run->write_ends[i]);
    run->pidfd = (int)syscall(SYS_pidfd_open, run->pid, 0);
    return run->pidfd == -1 ? -1 : 0;
}

static void keep(struct run *run, int which, const char *bytes, size_t size)
{
    struct outcome *outcome = run->outcome;
    if (which == OUTPUT) {
        capture_add(&outcome->output, bytes, size);
        if (run->job->show != -1)
            feed_write(run->job->show, bytes, size);
        return;
    }
    const struct {
        char *bytes;
        size_t *used, most;
    } kept_in[PIPES] = {
        [ANSWER] = {outcome->answer, &outcome->answer_size, run->job->answer_max},
        [REPORT] = {(char *)&outcome->report, &run->report_size, sizeof outcome->report},
        [COMPANION] = {outcome->companion, &outcome->companion_size, COMPANION_MAX},
    };
    char *target = kept_in[which].bytes;
    size_t *used = kept_in[which].used;
    size_t room = kept_in[which].most - *used;
    size_t kept = size < room ? size : room;
    memcpy(target + *used, bytes, kept);
    *used += kept;
}

// Takes what lies in a pipe now; at its end, closes it. Returns whether there was anything.
static bool drain(struct run *run, int which)
{
    char bytes[65536];
    if (run->read_ends[which] == -1)
        return false;
    ssize_t size = read(run->read_ends[which], bytes, sizeof bytes);
    if (size > 0)
        keep(run, which, bytes, (size_t)size);
    if (size == 0)
        close_one(&run->read_ends[which]);
    return size > 0;
}

static void end_now(struct run *run, enum limit limit)
{
    if (run->ended_by_us)
        return;
    run->ended_by_us = true;
    run->outcome->limit = limit;
    kill(run->pid, SIGKILL); // a child that is not reaped yet: the pid is ours
}

// Reads until the sandbox has ended. Not until the pipes end: a process that escaped could hold them.
static void follow(struct run *run)
{
    long deadline = monotonic_ms() + run->job->limits.time_ms + GRACE_MS;
    for (;;) {
        struct pollfd events[PIPES + 1];
        for (int i = 0; i < PIPES; i++)
            events[i] = (struct pollfd){.fd = run->read_ends[i], .events = POLLIN};
        events[PIPES] = (struct pollfd){.fd = run->pidfd, .events = POLLIN};
        long left = deadline - monotonic_ms();
        if (left <= 0) {
            end_now(run, LIMIT_TIME);
            left = GRACE_MS;
        }
        if (poll(events, PIPES + 1, (int)left) == -1 && errno != EINTR)
            fail(run->outcome, "poll: %s", strerror(errno));
        for (int i = 0; i < PIPES; i++)
            if (events[i].revents != 0)
                drain(run, i);
        if (run->outcome->output.total > OUTPUT_MAX)
            end_now(run, LIMIT_OUTPUT);
        if (events[PIPES].revents != 0 || run->outcome->fault[0] != '\0')
            return;
    }
}

// Takes the status, ends whatever escaped, and reads what was written before the end.
static void finish(struct run *run)
{
    struct outcome *outcome = run->outcome;
    if (outcome->fault[0] != '\0')
        kill(run->pid, SIGKILL);
    while (waitpid(run->pid, &outcome->warden_status, 0) == -1 && errno == EINTR)
        ;
    if (tree_end() == -1)
        fail(outcome, "processes of the submission would not end: %s", strerror(errno));
    for (int i = 0; i < PIPES; i++)
        while (drain(run, i) && outcome->output.total <= OUTPUT_MAX + CAPTURE_PART)
            ;
    outcome->reported = run->report_size == sizeof outcome->report;
    if (!outcome->reported)
        outcome->report = (struct warden_report){0};
    else if (!run->ended_by_us)
        outcome->limit = outcome->report.limit;
    outcome->answer[outcome->answer_size] = '\0';
    outcome->companion[outcome->companion_size] = '\0';
}

// The last line of what a sandbox wrote that did not start.
static void explain_silence(struct outcome *outcome)
{
    char *text = capture_text(&outcome->output);
    if (text != NULL && text[0] != '\0' && text[strlen(text) - 1] == '\n')
        text[strlen(text) - 1] = '\0';
    char *line = text == NULL ? NULL : strrchr(text, '\n');
    const char *last = line != NULL ? line + 1 : text != NULL ? text : "";
    fail(outcome, "the sandbox ended without a report: %.200s", last);
    free(text);
}

static void release(struct run *run)
{
    close_one(&run->input);
    close_one(&run->pidfd);
    for (int i = 0; i < PIPES; i++) {
        close_one(&run->read_ends[i]);
        close_one(&run->write_ends[i]);
    }
    if (run->work[0] != '\0' && scratch_remove(run->work) == -1)
        fail(run->outcome, "cannot remove %s", run->work);
    if (run->sweeps && shared_remove(run->user) == -1)
        fail(run->outcome, "cannot remove what was left in /dev/shm");
}

void sandbox_run(enum sandbox_level level, const struct sandbox_job *job, struct outcome *outcome)
{
    *outcome = (struct outcome){0};
    struct run run = {.job = job,
                      .outcome = outcome,
                      .input = -1,
                      .pidfd = -1,
                      .user = USER_FIRST + (uid_t)getpid() % USER_COUNT};
    memset(run.read_ends, -1, sizeof run.read_ends);
    memset(run.write_ends, -1, sizeof run.write_ends);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_DUMPABLE,
          0); // without namespaces a program of the same user must not write into our memory
    if (prepare(&run, level) == -1 || start(&run, level) == -1) {
        fail(outcome, "cannot start the sandbox: %s", strerror(errno));
        if (run.pid > 0)
            kill(run.pid, SIGKILL);
    } else {
        follow(&run);
    }
    if (run.pid > 0)
        finish(&run);
    // At level A no signal of the submission reaches the warden: then its silence is our fault.
    bool ended_by_signal = !is_isolated(level) && WIFSIGNALED(outcome->warden_status);
    if (!outcome->reported && !run.ended_by_us && !ended_by_signal)
        explain_silence(outcome);
    if (outcome->reported && outcome->report.start_error != 0)
        fail(outcome, "cannot start %s: %s%s%s", job->program, outcome->report.start_step,
             outcome->report.start_step[0] != '\0' ? ": " : "", strerror(outcome->report.start_error));
    release(&run);
}

void outcome_free(struct outcome *outcome)
{
    free(outcome->answer);
    free(outcome->companion);
    *outcome = (struct outcome){0};
}
