// Runs the tests of an exercise on a built program and collects their verdicts.
#define _GNU_SOURCE // pipe2
#include "examine.h"
#include "../examiner/settings.h"
#include "../sandbox/tree.h"
#include "build.h"
#include "cpus.h"
#include "die.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEADLINE_MS = 600 * 1000 }; // for all tests together; each drive has its own, much shorter one

struct examination {
    const struct ground *ground;
    const struct exercise *exercise;
    const char *program;
    const struct examining *how;
    pid_t pid;
    int verdicts; // read end of the pipe
    char *text;   // the verdicts that came, as yet without an end of line
    size_t size;
    json_t *tests; // what is known of them; NULL as long as there is no list
    bool complete; // the last line said that all verdicts were given
    bool untold;   // something came since how->follow was called
};

static long monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

__attribute__((format(printf, 2, 3))) static void set(const char *name, const char *format, ...)
{
    char value[WORKBOOK_PATH_SIZE];
    va_list values;
    va_start(values, format);
    vsnprintf(value, sizeof value, format, values);
    va_end(values);
    setenv(name, value, 1);
}

// In the child: a clean environment (Criterion's own variables could change verdicts), then the tests.
static void become_examiner(const struct examination *this, int verdicts)
{
    char tests[WORKBOOK_PATH_SIZE], path[WORKBOOK_PATH_SIZE], warden[GROUND_PATH_SIZE];
    const char *scratch = this->ground->scratch;
    char socket[64]; // Criterion's; it stays if Criterion is killed
    char why[128];
    snprintf(socket, sizeof socket, "/tmp/criterion_%d.sock", (int)getpid());
    ground_note_socket(socket);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const char *temporary = getenv("TMPDIR");
    temporary = temporary == NULL ? NULL : strdup(temporary);
    clearenv();
    if (temporary != NULL)
        set("TMPDIR", "%s", temporary);
    set("PATH", "/usr/bin:/bin");
    set("LANG", "C.UTF-8");
    set(EXAMINER_LEVEL, "%c", (char)this->ground->level);
    set(EXAMINER_WARDEN, "%s", ground_warden(this->ground, warden));
    set(EXAMINER_RECORDS, "%s", scratch);
    set(EXAMINER_VERDICTS, "%d", verdicts);
    set(EXAMINER_SEED, "%" PRIu64, this->how->seed);
    set(EXAMINER_SANITIZED, "%d", this->ground->sanitized);
    set(EXAMINER_JOBS, "%d", this->how->jobs);
    if (this->how->only != NULL)
        set(EXAMINER_ONLY, "%s", this->how->only);
    if (this->how->part != EXAMINING_ALL)
        set(EXAMINER_PART, "%s", this->how->part == EXAMINING_TIMED ? "timed" : "untimed");
    set(EXAMINER_REFERENCE, "%s/reference", scratch);
    set(EXAMINER_CPUS, "%d", cpus_hundredths(why));
    if (this->program != NULL)
        set(EXAMINER_DIRECTORY, "%s", this->program);
    if (this->program != NULL && build_companion(this->program, path) != NULL)
        set(EXAMINER_COMPANION, "%s", path);
    snprintf(path, sizeof path, "%s/examiner.log", scratch);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int null = open("/dev/null", O_RDONLY);
    fcntl(verdicts, F_SETFD, 0);
    if (dup2(null, STDIN_FILENO) != -1 && dup2(log, STDOUT_FILENO) != -1 &&
        dup2(log, STDERR_FILENO) != -1)
        execl(workbook_path(tests, "build/examiners/%s", this->exercise->id), "examiner", (char *)NULL);
    dprintf(STDERR_FILENO, "%s: %s\n", tests, strerror(errno));
    _exit(EXIT_NOT_GRADED);
}

static void start(struct examination *this)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1)
        die("pipe2: %s", strerror(errno));
    fflush(NULL);
    this->pid = fork();
    if (this->pid == -1)
        die("fork: %s", strerror(errno));
    if (this->pid == 0)
        become_examiner(this, ends[1]);
    close(ends[1]);
    this->verdicts = ends[0];
}

static json_t *find_test(json_t *tests, json_t *wanted)
{
    size_t index;
    json_t *test;
    json_array_foreach (tests, index, test) {
        if (json_equal(json_object_get(test, "name"), json_object_get(wanted, "name")) &&
            json_equal(json_object_get(test, "suite"), json_object_get(wanted, "suite")))
            return test;
    }
    return NULL;
}

// Every expected test, before anything is known of it.
static json_t *expect_tests(json_t *expected)
{
    size_t index;
    json_t *test;
    json_array_foreach (expected, index, test) {
        json_object_set_new(test, "status", json_string("not_graded"));
        json_object_set_new(test, "message", json_string("the tests ended before this one"));
    }
    return json_incref(expected);
}

// Takes in one line of verdicts.
static void take_line(struct examination *this, const char *line, size_t length)
{
    json_t *verdict = json_loadb(line, length, 0, NULL);
    json_t *test = find_test(this->tests, verdict);
    if (this->tests == NULL && json_is_array(json_object_get(verdict, "expected")))
        this->tests = expect_tests(json_object_get(verdict, "expected"));
    else if (test != NULL)
        json_object_update(test, verdict);
    const json_t *end_mark = json_object_get(verdict, "end");
    this->complete = this->tests != NULL && json_is_integer(end_mark) &&
                     json_integer_value(end_mark) == (json_int_t)json_array_size(this->tests);
    json_decref(verdict);
}

// Takes in the whole lines that have come.
static void take_lines(struct examination *this)
{
    size_t taken = 0;
    for (char *end; (end = memchr(this->text + taken, '\n', this->size - taken)) != NULL;) {
        take_line(this, this->text + taken, (size_t)(end - this->text) - taken);
        taken = (size_t)(end - this->text) + 1;
        this->untold = true;
    }
    this->size -= taken;
    memmove(this->text, this->text + taken, this->size);
}

static void tell(struct examination *this)
{
    if (this->untold && this->tests != NULL && this->how->follow != NULL)
        this->how->follow(this->how->context, this->tests);
    this->untold = false;
}

// Reads what there is. Returns false at the end.
static bool read_part(struct examination *this)
{
    enum { PART = 65536 };
    char *more = realloc(this->text, this->size + PART);
    if (more == NULL)
        die("out of memory");
    this->text = more;
    ssize_t part = read(this->verdicts, this->text + this->size, PART);
    if (part > 0) {
        this->size += (size_t)part;
        take_lines(this);
    }
    return part > 0 || (part == -1 && errno == EINTR);
}

// Reads until the end of the verdicts, or until the deadline. Whoever follows is told when nothing more
// comes at once, so that the examiner never waits for a slow disk.
static void follow(struct examination *this)
{
    long deadline = monotonic_ms() + DEADLINE_MS;
    for (long left; (left = deadline - monotonic_ms()) > 0;) {
        struct pollfd readable = {.fd = this->verdicts, .events = POLLIN};
        int ready = poll(&readable, 1, this->untold ? 0 : (int)left);
        if ((ready == -1 && errno != EINTR) || (ready == 1 && !read_part(this)))
            return;
        if (ready == 0)
            tell(this);
    }
}

// Ends the examiner and everything below it. Nothing of a submission outlives its examination.
static int finish(struct examination *this)
{
    int status = -1;
    siginfo_t info = {0};
    close(this->verdicts);
    for (long end = monotonic_ms() + 5000; info.si_pid == 0 && monotonic_ms() < end;) {
        if (waitid(P_PID, (id_t)this->pid, &info, WEXITED | WNOHANG | WNOWAIT) == -1)
            break;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    kill(this->pid, SIGKILL); // not reaped yet, so the pid is ours; without effect if it has ended
    while (waitpid(this->pid, &status, 0) == -1 && errno == EINTR)
        ;
    if (tree_end() == -1)
        fprintf(stderr, "grade: some processes of the submission would not end\n");
    return status;
}

static void read_log(const struct examination *this, char *text, size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/examiner.log", this->ground->scratch);
    FILE *file = fopen(path, "re");
    text[0] = '\0';
    if (file == NULL)
        return;
    text[fread(text, 1, size - 1, file)] = '\0';
    fclose(file);
}

json_t *examine(const struct ground *ground, const struct exercise *exercise, const char *program,
                const struct examining *how, char *fault)
{
    struct examination this = {.ground = ground, .exercise = exercise, .program = program, .how = how};
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    start(&this);
    follow(&this);
    int status = finish(&this);
    free(this.text);
    fault[0] = '\0';
    if (!this.complete || status != 0) {
        char log[400];
        read_log(&this, log, sizeof log);
        snprintf(fault, 512, "the tests ended early (wait status %d): %s", status, log);
    }
    return this.tests;
}
