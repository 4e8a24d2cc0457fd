// Downloads by several processes at the same time.
#include "parallel-download.h"
#include "memory.h"
#include "pool.h"
#include "process.h"
#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { WORKERS = 8 };

// A download in memory that the processes share. The state is written last: who is killed in the middle
// of it has not done it.
struct job {
    const struct parallel_download *how;
    struct download download;
    _Atomic enum { WAITING, BEGUN, DONE } state;
};

// --- Jobs
// ------------------------------------------------------------------------------------------------

static int workers_of(const struct parallel_download *how, size_t count)
{
    size_t workers = how->workers == 0 ? WORKERS : (size_t)how->workers;
    return (int)(workers < count ? workers : count);
}

// Makes the jobs, before any process is started: so all of them will have them at the same address.
static struct job *make_jobs(const struct parallel_download *how, struct download downloads[],
                             size_t count)
{
    if (how->workers < 0) {
        errno = EINVAL;
        return NULL;
    }
    download_names(downloads, count);
    struct job *jobs = memory_create((count + 1) * sizeof *jobs); // + 1: no memory is empty
    for (size_t i = 0; jobs != NULL && i < count; i++) {
        jobs[i].how = how;
        jobs[i].download = downloads[i];
    }
    return jobs;
}

// Does a job in whatever process calls it.
static void do_job(struct job *job, struct download_session *session)
{
    struct download what = job->download;
    job->state = BEGUN;
    if (session == NULL) {
        what.error = ENOMEM;
        strcpy(what.message, "no memory for a session");
    } else
        download_link(session, job->how->directory, &what);
    job->download = what;
    job->state = DONE;
}

static void do_job_with_own_session(struct job *job)
{
    struct download_session *session = download_session_create(&job->how->options);
    do_job(job, session);
    download_session_release(session);
}

static void fail(struct download *download, int error, const char *message)
{
    download->error = error;
    download->status = download->attempts = 0;
    download->size = 0;
    strcpy(download->message, message);
}

// Hands the results over and gives the jobs' memory back. Returns how many downloads have failed, or -1
// with errno if there was an error that kept them from being begun.
static ssize_t take_results(struct job *jobs, struct download downloads[], size_t count, int error)
{
    ssize_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].state == DONE)
            downloads[i] = jobs[i].download;
        else if (jobs[i].state == BEGUN)
            fail(&downloads[i], ECHILD, "the process that fetched it has ended in the middle of it");
        else
            fail(&downloads[i], ECANCELED, "nobody has begun it");
        failed += downloads[i].error != 0;
    }
    memory_release(jobs);
    errno = error;
    return error == 0 ? failed : -1;
}

// --- A process for each link
// -----------------------------------------------------------------------------

// One that runs, and a descriptor that is readable when it has ended: pidfd_open(2).
struct seat {
    struct process *process;
    int end;
};

static int run_job(void *job)
{
    do_job_with_own_session(job);
    return 0;
}

static int start(struct seat *seat, struct job *job)
{
    seat->process = process_create(run_job, job);
    if (seat->process == NULL)
        return -1;
    if (process_start(seat->process) == 0) {
        seat->end = (int)syscall(SYS_pidfd_open, process_pid(seat->process), 0);
        if (seat->end != -1)
            return 0;
        process_kill(seat->process);
        process_join(seat->process, -1);
    }
    int error = errno;
    process_release(seat->process);
    errno = error;
    return -1;
}

// Waits until one of the processes has ended, and takes it out of the seats. Returns how many are left.
static int wait_for_one(struct seat seats[], int taken)
{
    struct pollfd ends[taken];
    for (int i = 0; i < taken; i++)
        ends[i] = (struct pollfd){.fd = seats[i].end, .events = POLLIN};
    if (poll(ends, (nfds_t)taken, -1) == -1)
        ends[0].revents = errno == EINTR ? 0 : POLLIN; // else no memory: then we wait for the first
    for (int i = taken - 1; i >= 0; i--) {
        if (ends[i].revents == 0)
            continue;
        process_join(seats[i].process, -1);
        process_release(seats[i].process);
        close(seats[i].end);
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
        if (next < count && taken < workers && start(&seats[taken], &jobs[next]) == 0) {
            taken++;
            next++;
        } else if (taken > 0)
            taken =
                wait_for_one(seats, taken); // also if a start has failed: then there may be room again
        else {
            error = errno;
            break;
        }
    }
    return take_results(jobs, downloads, count, error);
}

// --- A pool
// ----------------------------------------------------------------------------------------------

// Of a worker. The initializer can hand nothing to the function but through a variable like this; each
// process has its own.
static struct download_session *kept_session;

static int keep_session(void *options)
{
    kept_session = download_session_create(options);
    return kept_session == NULL ? errno : 0;
}

// pool_map()'s functions. An item is a pointer to a job: the job was there before the workers were.
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

static ssize_t download_by_pool(const struct parallel_download *how, struct download downloads[],
                                size_t count, struct pool_options options, struct pool_map map)
{
    struct job *jobs = make_jobs(how, downloads, count);
    if (jobs == NULL || count == 0)
        return jobs == NULL ? -1 : take_results(jobs, downloads, count, 0);
    struct job **items = calloc(count, sizeof *items);
    for (size_t i = 0; items != NULL && i < count; i++)
        items[i] = &jobs[i];
    options.processes = workers_of(how, count);
    struct pool *pool = items == NULL ? NULL : pool_create(&options);
    map.items = items;
    map.item_size = sizeof *items;
    map.count = count;
    map.chunk = 1; // a link takes long: nobody should have two while somebody else has none
    int error = 0;
    if (pool == NULL || (pool_map(pool, &map) == -1 && errno != ECANCELED))
        error = errno; // ECANCELED: a worker has ended in the middle of it, which its job tells
    pool_release(pool);
    free(items);
    return take_results(jobs, downloads, count, error);
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
