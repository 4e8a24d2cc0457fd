// Runs of `grade batch` that the benchmark of batches watches.
#define _GNU_SOURCE // wait4
#include "class_runs.h"
#include "../batch/batch.h"
#include "../batch/database.h"
#include "../grade/die.h"
#include "../sandbox/tree.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FOLLOW_MS = 5000 }; // what the processes of a killed command have to follow it

struct done {
    struct done_attempt {
        int64_t id;
        int points;
    } * list;
    size_t count;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void become_batch(const struct run *run)
{
    char program[WORKBOOK_PATH_SIZE], path[WORKBOOK_PATH_SIZE], level[] = {run->level, '\0'};
    snprintf(path, sizeof path, "%s.log", run->output);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (log != -1 && dup2(log, STDOUT_FILENO) != -1 && dup2(log, STDERR_FILENO) != -1)
        execl(workbook_path(program, "build/grade"), "grade", "batch", "--seed", "1", "--output",
              run->output, "--require-sandbox", level, run->folder, (char *)NULL);
    _exit(EXIT_NOT_GRADED);
}

// Processes below us that have not ended; those that have are waited for.
static size_t count_living(void)
{
    size_t living = 0;
    struct tree tree;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
    if (tree_read(&tree) == -1)
        die("cannot read /proc: %s", strerror(errno));
    for (size_t i = 0; i < tree.count; i++)
        living += tree.processes[i].state != 'Z';
    tree_free(&tree);
    return living;
}

// Waits for the end of the command; kills it when it is time to.
static void wait_for_end(pid_t pid, long kill_ms)
{
    int handle = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = {.fd = handle, .events = POLLIN};
    if (handle == -1)
        die("pidfd_open: %s", strerror(errno));
    if (poll(&end, 1, kill_ms > 0 ? (int)kill_ms : -1) == 0)
        kill(pid, SIGKILL); // not waited for yet: it is ours
    close(handle);
}

struct ran run_batch(const struct run *run)
{
    struct ran ran = {0};
    struct rusage before, after;
    double begun = now();
    getrusage(RUSAGE_CHILDREN, &before);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == -1)
        die("fork: %s", strerror(errno));
    if (pid == 0)
        become_batch(run);
    wait_for_end(pid, run->kill_ms);
    if (waitpid(pid, &ran.status, 0) == -1)
        die("waitpid: %s", strerror(errno));
    ran.seconds = now() - begun;
    getrusage(RUSAGE_CHILDREN, &after);
    ran.cpu_seconds = (double)(after.ru_utime.tv_sec + after.ru_stime.tv_sec - before.ru_utime.tv_sec -
                               before.ru_stime.tv_sec) +
                      (double)(after.ru_utime.tv_usec + after.ru_stime.tv_usec - before.ru_utime.tv_usec -
                               before.ru_stime.tv_usec) /
                          1e6;
    double killed = now();
    while (WIFSIGNALED(ran.status) && count_living() > 0 && now() < killed + FOLLOW_MS / 1000.0)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    ran.left = count_living();
    if (tree_end() == -1)
        die("processes of the batch would not end");
    return ran;
}

static int number(struct gradebook *book, const char *statement)
{
    sqlite3_stmt *asked = database_ask(book, statement, "");
    int value = database_row(book, asked) ? sqlite3_column_int(asked, 0) : 0;
    database_done(asked);
    return value;
}

static struct gradebook *open_book(const char *output)
{
    char path[WORKBOOK_PATH_SIZE];
    if (access(batch_gradebook(output, path), F_OK) == -1)
        return NULL;
    return gradebook_open(path);
}

static void check_book(struct gradebook *book, const char *output)
{
    sqlite3_stmt *asked = database_ask(book, "PRAGMA integrity_check", "");
    if (!database_row(book, asked) || strcmp((const char *)sqlite3_column_text(asked, 0), "ok") != 0)
        die("the gradebook in %s is damaged", output);
    database_done(asked);
    if (number(book, "SELECT count(*) FROM (SELECT 1 FROM attempts WHERE state = 'graded' GROUP BY "
                     "student, exercise, source, grader HAVING count(*) > 1)") > 0)
        die("something in %s was graded twice", output);
}

struct done *done_read(const char *output)
{
    struct done *done = calloc(1, sizeof *done);
    struct gradebook *book = open_book(output);
    if (done == NULL)
        die("out of memory");
    if (book == NULL)
        return done;
    check_book(book, output);
    sqlite3_stmt *asked =
        database_ask(book, "SELECT id, points FROM attempts WHERE state = 'graded' ORDER BY id", "");
    while (database_row(book, asked)) {
        done->list = realloc(done->list, (done->count + 1) * sizeof *done->list);
        if (done->list == NULL)
            die("out of memory");
        done->list[done->count++] =
            (struct done_attempt){sqlite3_column_int64(asked, 0), sqlite3_column_int(asked, 1)};
    }
    database_done(asked);
    gradebook_close(book);
    return done;
}

void done_free(struct done *done)
{
    free(done->list);
    free(done);
}

size_t done_count(const struct done *done)
{
    return done->count;
}

bool done_holds(const struct done *done, const struct done *before)
{
    size_t found = 0;
    for (size_t i = 0; i < done->count && found < before->count; i++) // both are in the order of the ids
        found += done->list[i].id == before->list[found].id &&
                 done->list[i].points == before->list[found].points;
    return found == before->count;
}

double run_submissions_cpu(const char *output)
{
    struct gradebook *book = open_book(output);
    if (book == NULL)
        die("there is no gradebook in %s", output);
    double seconds = number(book, "SELECT 1000 * total(cpu_seconds) FROM attempts") / 1000.0;
    gradebook_close(book);
    return seconds;
}
