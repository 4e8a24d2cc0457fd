// A pool of worker processes that maps a function over an array.
#define _GNU_SOURCE // sched_getaffinity
#include "pool.h"
#include "initializer.h"
#include "lifetime.h"
#include "memory.h"
#include "process.h"
#include <errno.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CACHE_LINE = 64, CHUNKS_PER_WORKER = 4, TERMINATE_PATIENCE_MS = 100 };
static const size_t DEFAULT_MEMORY = (size_t)64 << 20;
static const size_t NO_ITEM = SIZE_MAX;

// What has become of an item.
enum { NOT_BEGUN, DONE, FAILED, LOST };

// What the workers do at present: as many items of a map as the memory holds. All of it lies in shared
// memory, at the same addresses in all processes. What the workers write is in cache lines of its own.
struct batch {
    int (*function)(const void *argument, const void *item, void *result);
    size_t item_size, result_size;
    size_t count;
    size_t chunk;
    const void *argument;
    char *items, *results;
    int *codes;            // why an item has failed
    unsigned char *states; // of the items
    alignas(CACHE_LINE) atomic_bool cancelled;
    alignas(CACHE_LINE) _Atomic size_t next; // the first item that nobody has taken
};

// In shared memory, each in a cache line of its own.
struct desk {
    alignas(CACHE_LINE) _Atomic size_t item; // that the worker is busy with, or NO_ITEM
};

enum state { GONE, STARTING, IDLE, BUSY };

struct pool {
    struct pool_options options;
    pid_t owner;
    bool closed;
    int error; // of the last worker that could not be started
    struct crew *crew;
    struct batch *batch; // shared, as what follows
    struct desk *desks;  // one for each worker
    char *data;          // options.memory bytes
    enum state states[]; // of the workers
};

// --- In a worker ---------------------------------------------------------------------------------------

struct employee {
    struct pool *pool;
    struct crew_worker *worker;
};

static void do_item(const struct batch *batch, size_t i)
{
    int code = batch->function(batch->argument, batch->items + i * batch->item_size,
                               batch->results + i * batch->result_size);
    if (code != 0)
        batch->codes[i] = code;
    batch->states[i] = code == 0 ? DONE : FAILED;
}

// Takes chunks and does them until nothing is left, or until the worker has retired.
static void do_batch(struct batch *batch, struct desk *desk, struct crew_worker *worker)
{
    bool stays = true;
    while (stays && !atomic_load_explicit(&batch->cancelled, memory_order_relaxed)) {
        size_t left = (uint64_t)worker->tasks_left > SIZE_MAX ? SIZE_MAX : (size_t)worker->tasks_left;
        size_t wanted =
            batch->chunk < left ? batch->chunk : left; // so that no item is taken and left undone
        size_t i = atomic_fetch_add(&batch->next, wanted);
        if (i >= batch->count)
            break;
        size_t end = batch->count - i < wanted ? batch->count : i + wanted;
        for (; i < end && !atomic_load_explicit(&batch->cancelled, memory_order_relaxed); i++) {
            if (batch->states[i] != NOT_BEGUN) // in a round before
                continue;
            atomic_store_explicit(&desk->item, i, memory_order_release);
            do_item(batch, i);
            stays = crew_task_done(worker);
        }
    }
    atomic_store_explicit(&desk->item, NO_ITEM, memory_order_release);
}

// The command says only that there is something to do. The reply says whether the worker retires.
static size_t serve(void *argument, const void *command, size_t size, void *reply)
{
    struct employee *self = argument;
    (void)command, (void)size;
    do_batch(self->pool->batch, &self->pool->desks[self->worker->seat], self->worker);
    *(bool *)reply = self->worker->tasks_left == 0;
    return sizeof(bool);
}

static int work(struct crew_worker *worker, void *argument)
{
    struct pool *pool = argument;
    struct employee self = {pool, worker};
    return worker_run(worker, &(struct worker_service){
                                  .initializer = pool->options.initializer,
                                  .initializer_argument = pool->options.initializer_argument,
                                  .serve = serve,
                                  .serve_argument = &self,
                                  .command_size = 1,
                                  .reply_size = sizeof(bool),
                              });
}

// --- In the parent: workers ----------------------------------------------------------------------------

// Whether there are items that nobody has taken in this round.
static bool is_work_left(const struct pool *pool)
{
    return atomic_load(&pool->batch->next) < pool->batch->count && !atomic_load(&pool->batch->cancelled);
}

static void command(struct pool *pool, int seat)
{
    if (crew_send(pool->crew, seat, "", 1) == 0)
        pool->states[seat] = BUSY; // if not, it has ended, and the crew will tell
}

static void employ(struct pool *pool, int seat)
{
    if (crew_replace(pool->crew, seat) == 0)
        pool->states[seat] = STARTING;
    else
        pool->error = errno;
}

static void hear_message(struct pool *pool, const struct crew_event *event)
{
    int32_t error;
    switch (pool->states[event->seat]) {
    case STARTING: // its initializer has returned
        error = EPROTO;
        if (event->size == sizeof error)
            memcpy(&error, event->message, sizeof error);
        if (error != 0)
            pool->error = error;
        else
            pool->states[event->seat] = IDLE;
        break;
    case BUSY:
        if (event->size == sizeof(bool) &&
            !*(const bool *)event->message) // else it is done when it has left
            pool->states[event->seat] = IDLE;
        break;
    case IDLE:
    case GONE:
        break;
    }
}

// The item that a dead worker was busy with has no result, and is not begun again.
static void note_loss(struct pool *pool, const struct crew_event *event)
{
    struct batch *batch = pool->batch;
    size_t item = atomic_exchange(&pool->desks[event->seat].item, NO_ITEM);
    if (item < batch->count && batch->states[item] == NOT_BEGUN) {
        batch->states[item] = LOST;
        batch->codes[item] = event->exit_code;
    }
}

static void hear_end(struct pool *pool, const struct crew_event *event)
{
    if (pool->states[event->seat] == STARTING && pool->error == 0)
        pool->error = ECHILD;
    bool served = pool->states[event->seat] != STARTING;
    pool->states[event->seat] = GONE;
    note_loss(pool, event);
    if (served && is_work_left(pool)) // one that cannot start is not started again and again
        employ(pool, event->seat);
}

static bool is_any(const struct pool *pool, enum state state)
{
    for (int i = 0; i < pool->options.processes; i++)
        if (pool->states[i] == state)
            return true;
    return false;
}

// Hears the crew once. Returns whether there was news.
static bool hear(struct pool *pool, int timeout_ms)
{
    struct crew_event event;
    int result = crew_wait(pool->crew, timeout_ms, &event);
    if (result == -1 && errno != ECHILD)
        pool->error = errno;
    if (result != 1)
        return false;
    if (event.news == CREW_MESSAGE)
        hear_message(pool, &event);
    else
        hear_end(pool, &event);
    if (pool->states[event.seat] == IDLE && is_work_left(pool))
        command(pool, event.seat);
    return true;
}

// --- In the parent: maps -------------------------------------------------------------------------------

// Has the workers do what nobody has begun yet of the batch. Returns 0, or -1 with errno set if there is
// no worker left for it.
static int do_round(struct pool *pool)
{
    struct batch *batch = pool->batch;
    pool->error = 0;
    atomic_store(&batch->next, batch->count);
    while (hear(pool, 0)) // of workers that have ended since
        continue;
    atomic_store(&batch->next, 0);
    for (int i = 0; i < pool->options.processes; i++) {
        if (pool->states[i] == IDLE)
            command(pool, i);
        else if (pool->states[i] == GONE)
            employ(pool, i);
    }
    while (is_any(pool, BUSY) || is_any(pool, STARTING))
        if (!hear(pool, -1)) { // nobody can be waited for any more, so nobody may be left at work
            pool_terminate(pool);
            break;
        }
    if (pool->error == 0 || is_any(pool, IDLE))
        return 0;
    errno = pool->error;
    return -1;
}

// A worker that was killed may have left items of its chunk that nobody has begun: hence more than a
// round.
static int do_all(struct pool *pool)
{
    struct batch *batch = pool->batch;
    int result = 0;
    while (result == 0 && !atomic_load(&batch->cancelled) &&
           memchr(batch->states, NOT_BEGUN, batch->count) != NULL)
        result = do_round(pool);
    return result;
}

static size_t in_lines(size_t size)
{
    return (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

// How many items of a map the memory holds.
static size_t batch_size(const struct pool *pool, const struct pool_map *map)
{
    enum { BEGINNINGS = 5 }; // of the parts, each at the beginning of a line
    size_t memory = pool->options.memory;
    if (map->argument_size > memory || map->item_size > memory || map->result_size > memory)
        return 0;
    size_t apart = map->argument_size + BEGINNINGS * CACHE_LINE;
    size_t each = map->item_size + map->result_size + sizeof(int) + 1;
    return apart > memory ? 0 : (memory - apart) / each;
}

// Copies what the workers need for `count` items from `begin` on to where they find it.
static void lay_out(struct pool *pool, const struct pool_map *map, size_t begin, size_t count)
{
    size_t workers = (size_t)pool->options.processes;
    size_t automatic = (count + CHUNKS_PER_WORKER * workers - 1) / (CHUNKS_PER_WORKER * workers);
    struct batch *batch = pool->batch;
    char *argument = pool->data;
    batch->function = map->function;
    batch->argument = map->argument == NULL ? NULL : argument;
    batch->items = argument + in_lines(map->argument_size);
    batch->item_size = map->item_size;
    batch->results = batch->items + in_lines(count * map->item_size);
    batch->result_size = map->result_size;
    batch->codes = (int *)(void *)(batch->results + in_lines(count * map->result_size));
    batch->states = (unsigned char *)batch->codes + in_lines(count * sizeof(int));
    batch->count = count;
    batch->chunk = map->chunk == 0 ? automatic : map->chunk < count ? map->chunk : count;
    if (map->argument_size > 0)
        memcpy(argument, map->argument, map->argument_size);
    memcpy(batch->items, (const char *)map->items + begin * map->item_size, count * map->item_size);
    memset(batch->states, NOT_BEGUN, count);
}

static void note_missing(struct pool_map *map, size_t item, enum pool_why why, int code, size_t count)
{
    if (map->missing == 0) {
        map->item = item;
        map->why = why;
        map->code = code;
    }
    map->missing += count;
}

// Copies the results of a batch to their places, and notes which are missing.
static void collect(const struct batch *batch, struct pool_map *map, size_t begin)
{
    static const enum pool_why why[] = {
        [NOT_BEGUN] = POOL_NOT_BEGUN, [FAILED] = POOL_TASK_FAILED, [LOST] = POOL_WORKER_ENDED};
    size_t size = batch->result_size;
    for (size_t i = 0; i < batch->count;) {
        size_t done = i;
        while (i < batch->count && batch->states[i] == DONE)
            i++;
        if (size > 0)
            memcpy((char *)map->results + (begin + done) * size, batch->results + done * size,
                   (i - done) * size);
        for (; i < batch->count && batch->states[i] != DONE; i++)
            note_missing(map, begin + i, why[batch->states[i]],
                         batch->states[i] == NOT_BEGUN ? 0 : batch->codes[i], 1);
    }
}

// Returns 0, or an errno number.
static int refusal(const struct pool *pool, const struct pool_map *map)
{
    size_t larger = map->item_size > map->result_size ? map->item_size : map->result_size;
    if (getpid() != pool->owner)
        return EPERM;
    if (pool->closed)
        return ESHUTDOWN;
    if (map->function == NULL || map->item_size == 0 || (map->items == NULL && map->count > 0) ||
        (map->results == NULL && map->result_size > 0 && map->count > 0) ||
        (map->argument == NULL && map->argument_size > 0) || map->count > PTRDIFF_MAX / larger)
        return EINVAL;
    return batch_size(pool, map) == 0 ? EMSGSIZE : 0;
}

int pool_map(struct pool *pool, struct pool_map *map)
{
    int error = refusal(pool, map);
    map->missing = 0;
    if (error != 0) {
        errno = error;
        return -1;
    }
    size_t most = batch_size(pool, map);
    size_t begin = 0;
    atomic_store(&pool->batch->cancelled, false);
    while (begin < map->count && error == 0 && !atomic_load(&pool->batch->cancelled)) {
        size_t count = map->count - begin < most ? map->count - begin : most;
        lay_out(pool, map, begin, count);
        error = do_all(pool) == -1 ? errno : 0;
        collect(pool->batch, map, begin);
        begin += count;
    }
    if (begin < map->count)
        note_missing(map, begin, POOL_NOT_BEGUN, 0, map->count - begin);
    if (map->missing == 0)
        return 0;
    errno = error != 0 ? error : ECANCELED;
    return -1;
}

void pool_cancel(struct pool *pool)
{
    if (getpid() == pool->owner)
        atomic_store(&pool->batch->cancelled, true);
}

// --- In the parent: the pool ---------------------------------------------------------------------------

static int usable_cpus(void)
{
    cpu_set_t allowed;
    long cpus = sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed)
                                                                    : sysconf(_SC_NPROCESSORS_ONLN);
    long quota, period; // microseconds of processor time, in so many of time
    FILE *file = fopen("/sys/fs/cgroup/cpu.max", "re");
    if (file != NULL) { // "max 100000", or a number in the place of "max"
        if (fscanf(file, "%ld %ld", &quota, &period) == 2 && quota > 0 && period > 0 &&
            quota / period < cpus)
            cpus = (quota + period - 1) / period;
        fclose(file);
    }
    return cpus < 1 ? 1 : cpus > CREW_MOST_WORKERS ? CREW_MOST_WORKERS : (int)cpus;
}

// Makes the pool without its crew.
static struct pool *make(const struct pool_options *options)
{
    size_t workers = (size_t)options->processes;
    size_t desks_size = workers * sizeof(struct desk);
    if (options->memory > SIZE_MAX / 2) {
        errno = ENOMEM;
        return NULL;
    }
    struct pool *pool = calloc(1, sizeof *pool + workers * sizeof pool->states[0]);
    if (pool == NULL)
        return NULL;
    pool->options = *options;
    pool->owner = getpid();
    pool->batch = memory_create(sizeof *pool->batch + desks_size + options->memory);
    if (pool->batch == NULL) {
        free(pool);
        return NULL;
    }
    pool->desks = (struct desk *)(pool->batch + 1);
    pool->data = (char *)pool->desks + desks_size;
    for (size_t i = 0; i < workers; i++) {
        atomic_init(&pool->desks[i].item, NO_ITEM);
        pool->states[i] = STARTING;
    }
    return pool;
}

struct pool *pool_create(const struct pool_options *options)
{
    struct pool_options wanted = options == NULL ? (struct pool_options){0} : *options;
    if (wanted.processes < 0 || wanted.processes > CREW_MOST_WORKERS || wanted.tasks_per_worker < 0) {
        errno = EINVAL;
        return NULL;
    }
    if (wanted.processes == 0)
        wanted.processes = usable_cpus();
    if (wanted.memory == 0)
        wanted.memory = DEFAULT_MEMORY;
    struct pool *pool = make(&wanted);
    if (pool == NULL)
        return NULL;
    pool->crew = crew_create(&(struct crew_options){.workers = wanted.processes,
                                                    .tasks_per_worker = wanted.tasks_per_worker,
                                                    .body = work,
                                                    .argument = pool});
    if (pool->crew == NULL)
        pool->error = errno;
    while (pool->error == 0 && is_any(pool, STARTING))
        hear(pool, -1);
    if (pool->error == 0)
        return pool;
    errno = pool->error;
    pool_release(pool);
    return NULL;
}

int pool_processes(const struct pool *pool)
{
    return pool->options.processes;
}

static bool is_owner(const struct pool *pool)
{
    errno = EPERM;
    return getpid() == pool->owner;
}

int pool_close(struct pool *pool)
{
    if (!is_owner(pool))
        return -1;
    pool->closed = true;
    crew_dismiss(pool->crew);
    return 0;
}

int pool_join(struct pool *pool)
{
    if (!is_owner(pool))
        return -1;
    if (!pool->closed) {
        errno = EBUSY;
        return -1;
    }
    crew_stop(pool->crew, -1);
    return 0;
}

int pool_terminate(struct pool *pool)
{
    if (!is_owner(pool))
        return -1;
    pool->closed = true;
    crew_stop(pool->crew, TERMINATE_PATIENCE_MS);
    return 0;
}

void pool_release(struct pool *pool)
{
    int error = errno;
    if (pool != NULL && is_owner(pool)) {
        if (pool->crew != NULL)
            pool_terminate(pool);
        crew_release(pool->crew);
        memory_release(pool->batch);
        free(pool);
    }
    errno = error;
}
