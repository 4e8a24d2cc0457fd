// The benchmark of downloads: how long it takes to get many files, in several ways.
//
//   usage: downloads KIND-COUNT-DELAY/WAY ADDRESS DIRECTORY      prints the nanoseconds that it took
//
// "images-60-100/pool" gets 60 images, each of which the image server at ADDRESS sends after 100 ms, by a
// pool, into files in DIRECTORY. What is measured is the whole way from the links to the files: sessions,
// processes and pools are made and ended in it. What comes once in a program is not: libcurl, and what it
// uses for TLS, are initialized before, as Python's modules are imported before.
#include "downloads_bare.h"
#include "parallel-download.h"
#include <curl/curl.h>
#include <errno.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

enum { MOST_LINKS = 1000, WORKERS = 8, PAGE_SIZE = 20000, LINK_SIZE = 256, PATH_SIZE = 512 };

struct task {
    char kind[16], way[16];
    size_t count;
    int delay_ms;
    const char *address, *directory;
    struct download downloads[MOST_LINKS];
};

static _Noreturn void fail(const char *what, const char *why)
{
    fprintf(stderr, "downloads: %s: %s\n", what, why);
    exit(1);
}

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// --- Ways ----------------------------------------------------------------------------------------------
// Each returns how many downloads have failed, or -1.

static struct parallel_download with(const struct task *task)
{
    return (struct parallel_download){.directory = task->directory, .workers = WORKERS};
}

static ssize_t one_session(struct task *task)
{
    struct download_session *session = download_session_create(NULL);
    if (session == NULL)
        return -1;
    const struct download_partial partial = {task->directory, session};
    size_t failed = download_all(&partial, task->downloads, task->count, NULL);
    download_session_release(session);
    return (ssize_t)failed;
}

static ssize_t session_each(struct task *task)
{
    const struct download_partial partial = {task->directory, NULL};
    return (ssize_t)download_all(&partial, task->downloads, task->count, NULL);
}

static ssize_t processes(struct task *task)
{
    const struct parallel_download how = with(task);
    return parallel_download_processes(&how, task->downloads, task->count);
}

static ssize_t pool(struct task *task)
{
    const struct parallel_download how = with(task);
    return parallel_download_pool(&how, task->downloads, task->count);
}

static ssize_t sessions(struct task *task)
{
    const struct parallel_download how = with(task);
    return parallel_download_sessions(&how, task->downloads, task->count);
}

// What of the time of a pool is not its own.
static ssize_t bare(struct task *task)
{
    return bare_download(task->directory, task->downloads, task->count, WORKERS);
}

// The command curl: one process, in which an event loop has eight transfers under way. By itself it would
// wait with the others until the first answer is there, for one connection might do for all.
static ssize_t curl(struct task *task)
{
    char config[PATH_SIZE];
    char *words[] = {"curl",
                     "--disable",
                     "--silent",
                     "--no-progress-meter",
                     "--fail",
                     "--parallel",
                     "--parallel-immediate",
                     "--parallel-max",
                     "8",
                     "--config",
                     config,
                     NULL};
    static char *no_environment[] = {NULL}; // no proxy, no settings
    pid_t pid;
    int status;
    snprintf(config, sizeof config, "%s/links", task->directory);
    FILE *file = fopen(config, "we");
    if (file == NULL)
        return -1;
    for (size_t i = 0; i < task->count; i++)
        fprintf(file, "url = \"%s\"\noutput = \"%s/%s\"\n", task->downloads[i].link, task->directory,
                task->downloads[i].name);
    if (fclose(file) == EOF)
        return -1;
    if ((errno = posix_spawnp(&pid, words[0], NULL, NULL, words, no_environment)) != 0 ||
        waitpid(pid, &status, 0) == -1)
        return -1;
    return status;
}

static const struct {
    const char *name;
    ssize_t (*get)(struct task *task);
} ways[] = {
    {"one-session", one_session},
    {"session-each", session_each},
    {"processes", processes},
    {"pool", pool},
    {"sessions", sessions},
    {"bare", bare},
    {"curl", curl},
};

// --- Links and files -----------------------------------------------------------------------------------

static bool is_image(const struct task *task)
{
    return strcmp(task->kind, "images") == 0;
}

static void make_links(struct task *task)
{
    for (size_t i = 0; i < task->count; i++) {
        char *link = malloc(LINK_SIZE);
        if (link == NULL)
            fail("malloc", strerror(errno));
        if (is_image(task))
            snprintf(link, LINK_SIZE, "%s/320/240?random=%zu&delay=%d", task->address, i, task->delay_ms);
        else
            snprintf(link, LINK_SIZE, "%s/pages/1/%zu/%d?delay=%d", task->address, i, PAGE_SIZE,
                     task->delay_ms);
        task->downloads[i] = (struct download){.link = link};
        snprintf(task->downloads[i].name, DOWNLOAD_NAME_SIZE, "%s-%03zu", task->kind, i);
    }
}

// That each file is there, whole, whichever way it came.
static void check_files(const struct task *task)
{
    for (size_t i = 0; i < task->count; i++) {
        static const char png_end[] = "IEND\xae\x42\x60\x82";
        char path[PATH_SIZE], end[sizeof png_end - 1];
        const char *name = task->downloads[i].name;
        snprintf(path, sizeof path, "%s/%s", task->directory, name);
        FILE *file = fopen(path, "re");
        if (file == NULL || fseek(file, -(long)sizeof end, SEEK_END) == -1 ||
            fread(end, sizeof end, 1, file) != 1)
            fail(name, strerror(errno));
        if (is_image(task) ? memcmp(end, png_end, sizeof end) != 0 : ftell(file) != PAGE_SIZE)
            fail(name, "the file is not what the server has");
        fclose(file);
    }
}

static double measure(struct task *task, ssize_t (*get)(struct task *task))
{
    make_links(task);
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        fail("curl_global_init", "failed");
    double begin = now_ns();
    ssize_t failed = get(task);
    double end = now_ns();
    if (failed == -1)
        fail(task->way, strerror(errno));
    for (size_t i = 0; i < task->count; i++)
        if (task->downloads[i].error != 0)
            fail(task->downloads[i].link, task->downloads[i].message);
    if (failed != 0)
        fail(task->way, "failed");
    check_files(task);
    return end - begin;
}

int main(int count, char *words[])
{
    static struct task task; // too large for the stack
    if (count == 4 &&
        sscanf(words[1], "%15[a-z]-%zu-%d/%15s", task.kind, &task.count, &task.delay_ms, task.way) == 4 &&
        (is_image(&task) || strcmp(task.kind, "pages") == 0) && task.count <= MOST_LINKS) {
        task.address = words[2];
        task.directory = words[3];
        for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
            if (strcmp(task.way, ways[i].name) == 0) {
                printf("%.0f\n", measure(&task, ways[i].get));
                return 0;
            }
    }
    fputs("usage: downloads (images|pages)-COUNT-DELAY/WAY ADDRESS DIRECTORY\nways:", stderr);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        fprintf(stderr, " %s", ways[i].name);
    fputc('\n', stderr);
    return 2;
}
