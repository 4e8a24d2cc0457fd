// Downloads by several processes at the same time.
#include "parallel-download.h"
#include "memory.h"
#include "pool.h"
#include "process.h"
#include <curl/curl.h>
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WORKERS = 8, MOST_WORKERS = 1024 }; // the most is that of a pool

// One download, in memory that the processes share: what is written here outlives who has written it. The
// state is written last, so DONE says that `download` is the whole result.
struct job {
    const struct parallel_download *how;
    struct download download;
    _Atomic enum { WAITING, BEGUN, DONE } state;
};

// --- In a process that downloads -----------------------------------------------------------------------

// `session` is NULL if there was no memory for one.
static void do_job(struct job *job, struct download_session *session)
{
    struct download what = job->download;
    job->state = BEGUN;
    if (session != NULL)
        download_link(session, job->how->directory, &what);
    else {
        what.error = ENOMEM;
        strcpy(what.message, "no memory for a session");
    }
    job->download = what;
    job->state = DONE;
}

static void do_job_with_own_session(struct job *job)
{
    struct download_session *session = download_session_create(&job->how->options);
    do_job(job, session);
    download_session_release(session);
}

// --- Before and after ----------------------------------------------------------------------------------

// There is no result: says why.
static void set_error(struct download *download, int error, const char *message)
{
    download->error = error;
    download->status = 0;
    download->attempts = 0;
    download->size = 0;
    snprintf(download->message, sizeof download->message, "%s", message);
}

// Its process has ended in the middle of it; `exit_code` says how, as process_exit_code() does.
static void set_lost(struct download *download, int exit_code)
{
    char how[DOWNLOAD_MESSAGE_SIZE] = "its process has ended in the middle of it";
    if (exit_code >= 0)
        snprintf(how, sizeof how, "its process has ended with status %d", exit_code);
    else if (exit_code != PROCESS_NO_EXIT_CODE)
        snprintf(how, sizeof how, "its process was ended by signal %d (%s)", -exit_code,
                 strsignal(-exit_code));
    set_error(download, ECHILD, how);
}

// Makes the jobs before any process is started: so every process finds them, at the same address.
static struct job *make_jobs(const struct parallel_download *how, struct download downloads[],
                             size_t count)
{
    for (size_t i = 0; i < count; i++)
        set_error(&downloads[i], ECANCELED, "nobody has begun it"); // until somebody does
    if (how->workers < 0 || how->options.timeout_ms < 0 || how->options.attempts < 0) {
        errno = EINVAL;
        return NULL;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT); // opens nothing, and each process would else do it for itself
    download_names(downloads, count);
    struct job *jobs = memory_create((count + 1) * sizeof *jobs); // + 1: no memory is empty
    for (size_t i = 0; jobs != NULL && i < count; i++) {
        jobs[i].how = how;
        jobs[i].download = downloads[i];
    }
    return jobs;
}

static int workers_of(const struct parallel_download *how, size_t count)
{
    size_t workers = how->workers == 0 ? WORKERS : (size_t)how->workers;
    if (workers > MOST_WORKERS)
        workers = MOST_WORKERS;
    return (int)(workers < count ? workers : count);
}

// Gives the jobs back. Returns how many downloads have failed, or -1 with errno if there was an error.
static ssize_t finish(struct job *jobs, const struct download downloads[], size_t count, int error)
{
    ssize_t failed = 0;
    for (size_t i = 0; i < count; i++)
        failed += downloads[i].error != 0;
    memory_release(jobs);
    if (error == 0)
        return failed;
    errno = error;
    return -1;
}

// --- A process for each link ---------------------------------------------------------------------------

// A process that runs, what it does, and where the result belongs.
struct seat {
    struct process *process;
    int end; // readable when it has ended: pidfd_open(2). -1: there was no descriptor left
    struct job *job;
    struct download *download;
};

static int run_job(void *job)
{
    do_job_with_own_session(job);
    return 0;
}

static int start(struct seat *seat, struct job *job, struct download *download)
{
    *seat = (struct seat){.process = process_create(run_job, job), .job = job, .download = download};
    if (seat->process == NULL)
        return -1;
    if (process_start(seat->process) == 0) {
        seat->end = (int)syscall(SYS_pidfd_open, process_pid(seat->process), 0);
        return 0;
    }
    int error = errno;
    process_release(seat->process);
    errno = error;
    return -1;
}

static void leave(struct seat *seat)
{
    process_join(seat->process, -1);
    if (seat->job->state == DONE) // also if it was killed afterwards
        *seat->download = seat->job->download;
    else
        set_lost(seat->download, process_exit_code(seat->process));
    process_release(seat->process);
    if (seat->end != -1)
        close(seat->end);
}

// Waits until somebody has ended, and empties the seats of all who have. Returns how many are left.
static int wait_for_some(struct seat seats[], int taken)
{
    struct pollfd ends[taken];
    int timeout_ms = -1;
    for (int i = 0; i < taken; i++) {
        ends[i] = (struct pollfd){.fd = seats[i].end, .events = POLLIN};
        if (seats[i].end == -1)
            timeout_ms = 0; // poll(2) cannot tell of its end: we wait for this one itself
    }
    int ready;
    while ((ready = poll(ends, (nfds_t)taken, timeout_ms)) == -1 && errno == EINTR)
        continue;
    if (ready == -1)
        ends[0].revents = POLLIN; // no memory for poll(2): we wait for the first
    for (int i = taken - 1; i >= 0; i--)
        if (ends[i].revents != 0 || seats[i].end == -1) {
            leave(&seats[i]);
            seats[i] = seats[--taken];
        }
    return taken;
}

ssize_t parallel_download_processes(const struct parallel_download *how, struct download downloads[],
                                    size_t count)
{
    struct job *jobs = make_jobs(how, downloads, count);
    if (jobs == NULL)
        return -1;
    int workers = workers_of(how, count), taken = 0, error = 0;
    struct seat seats[workers + 1]; // + 1: no array is empty
    for (size_t next = 0; next < count || taken > 0;) {
        if (next < count && taken < workers && start(&seats[taken], &jobs[next], &downloads[next]) == 0) {
            taken++;
            next++;
        } else if (taken > 0)
            taken = wait_for_some(seats, taken); // after a failed start, too: then there is room again
        else {
            error = errno;
            break;
        }
    }
    return finish(jobs, downloads, count, error);
}

// --- A pool --------------------------------------------------------------------------------------------

// A worker's own: an initializer has no other way to hand something to the function.
static struct download_session *kept_session;

static int keep_session(void *options)
{
    kept_session = download_session_create(options);
    return kept_session == NULL ? errno : 0;
}

// Functions for pool_map(). An item is a pointer to a job, which was there before the workers were.
static int with_kept_session(const void *argument, const void *item, void *result)
{
    (void)argument, (void)result;
    do_job(*(struct job *const *)item, kept_session);
    return 0;
}

static int with_own_session(const void *argument, const void *item, void *result)
{
    (void)argument, (void)result;
    do_job_with_own_session(*(struct job *const *)item);
    return 0;
}

// Has a pool do the jobs. Returns 0, or the errno that kept some of them from being begun.
static int map_jobs(const struct pool_options *options, struct pool_map *map, struct job *jobs)
{
    struct job **items = calloc(map->count, sizeof *items);
    if (items == NULL)
        return errno;
    for (size_t i = 0; i < map->count; i++)
        items[i] = &jobs[i];
    map->items = items;
    map->item_size = sizeof *items;
    map->chunk = 1; // a link takes long: nobody should have two while somebody else has none
    struct pool *pool = pool_create(options);
    int error = 0;
    if (pool == NULL || (pool_map(pool, map) == -1 && errno != ECANCELED))
        error = errno; // ECANCELED: workers have ended in the middle of it; the jobs tell
    pool_release(pool);
    free(items);
    return error;
}

static ssize_t download_by_pool(const struct parallel_download *how, struct download downloads[],
                                size_t count, struct pool_options options, struct pool_map map)
{
    struct job *jobs = make_jobs(how, downloads, count);
    if (jobs == NULL)
        return -1;
    options.processes = workers_of(how, count);
    options.on_demand = true; // for a single map: nobody waits until all are started, or have ended
    map.count = count;
    int error = count == 0 ? 0 : map_jobs(&options, &map, jobs);
    for (size_t i = 0; i < count; i++) {
        bool is_told = map.missing > 0 && map.item == i && map.why == POOL_WORKER_ENDED;
        if (jobs[i].state == DONE)
            downloads[i] = jobs[i].download;
        else if (jobs[i].state == BEGUN || error == 0) // 0: all was begun, whether it was noted or not
            set_lost(&downloads[i], is_told ? map.code : PROCESS_NO_EXIT_CODE);
    }
    return finish(jobs, downloads, count, error);
}

ssize_t parallel_download_pool(const struct parallel_download *how, struct download downloads[],
                               size_t count)
{
    return download_by_pool(how, downloads, count, (struct pool_options){0},
                            (struct pool_map){.function = with_own_session});
}

ssize_t parallel_download_sessions(const struct parallel_download *how, struct download downloads[],
                                   size_t count)
{
    return download_by_pool(
        how, downloads, count,
        (struct pool_options){.initializer = keep_session, .initializer_argument = (void *)&how->options},
        (struct pool_map){.function = with_kept_session});
}
