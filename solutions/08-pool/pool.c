// A pool of worker processes that maps a function over an array.
#define _GNU_SOURCE // sched_getaffinity
#include "pool.h"
#include "initializer.h"
#include "lifetime.h"
#include "memory.h"
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

// What has become of an item, and the code that belongs to it.
struct fate {
    enum { NOT_BEGUN, DONE, FAILED, LOST } what;
    int code;
};

// What the workers do at present: as many items of a map as the memory holds. All of it lies in shared
// memory, at the same addresses in all processes.
struct batch {
    int (*function)(const void *argument, const void *item, void *result);
    const void *argument;
    const char *items;
    char *results;
    struct fate *fates;
    size_t item_size, result_size;
    size_t count;
    size_t chunk;
    alignas(CACHE_LINE) atomic_bool cancelled;
};

// In shared memory. Each worker has a share of the batch at its desk, takes chunks from there by an
// atomic counter, and from the shares of the others when its own is used up. With one counter for all,
// small items would cost what it takes to carry its cache line from processor to processor for each of
// them.
struct desk {
    alignas(CACHE_LINE) _Atomic size_t item; // that the worker is busy with, or NO_ITEM
    alignas(CACHE_LINE) _Atomic size_t next; // the first item of the share that nobody has taken
    size_t end;                              // of the share
};

enum state { GONE, STARTING, IDLE, BUSY }; // no worker of a pool on demand is ever IDLE

struct pool {
    struct pool_options options;
    pid_t owner;
    bool closed;
    int error;    // of the last worker that could not be started, or 0
    int spare;    // how many that are killed at their start may still be replaced in this round
    bool is_well; // somebody has been initialized, or has done what was left, in this round
    struct crew *crew;
    struct batch *batch; // shared, as what follows
    struct desk *desks;  // one for each worker
    char *data;          // options.memory bytes, and room for one fate and for alignment
    enum state states[]; // of the workers
};

enum { ROOM_BESIDE = 4 * CACHE_LINE + sizeof(struct fate) }; // behind options.memory

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

// --- In a worker ---------------------------------------------------------------------------------------

static bool is_cancelled(const struct batch *batch)
{
    return atomic_load_explicit(&batch->cancelled, memory_order_relaxed);
}

static bool is_left(const struct desk *share)
{
    return atomic_load_explicit(&share->next, memory_order_relaxed) < share->end;
}

// Says at the desk what is begun. Release: what has become of the item before must be seen first, or it
// could be begun a second time.
static void begin(struct desk *desk, size_t item)
{
    atomic_store_explicit(&desk->item, item, memory_order_release);
}

static void do_item(const struct batch *batch, size_t i)
{
    int code = batch->function(batch->argument, batch->items + i * batch->item_size,
                               batch->results + i * batch->result_size);
    struct fate *fate = &batch->fates[i];
    fate->code = code;
    atomic_signal_fence(memory_order_release); // killed before it is FAILED, it is lost
    fate->what = code == 0 ? DONE : FAILED;
}

// Takes at most `wanted` items of one share, the worker's own first. Returns the first of them and sets
// `*end` to the one behind the last, or returns NO_ITEM if nothing is left.
static size_t take(struct pool *pool, int seat, size_t wanted, size_t *end)
{
    for (int n = 0; n < pool->options.processes; n++) {
        struct desk *desk = &pool->desks[(seat + n) % pool->options.processes];
        if (!is_left(desk))
            continue;
        size_t i = atomic_fetch_add(&desk->next, wanted);
        if (i < desk->end) {
            *end = i + smaller(wanted, desk->end - i);
            return i;
        }
    }
    return NO_ITEM;
}

// Takes chunks and does them, until nothing is left or the worker has retired.
static void do_batch(struct pool *pool, struct crew_worker *worker)
{
    struct batch *batch = pool->batch;
    struct desk *desk = &pool->desks[worker->seat];
    while (worker->tasks_left > 0 && !is_cancelled(batch)) {
        size_t left = (uint64_t)worker->tasks_left > SIZE_MAX ? SIZE_MAX : (size_t)worker->tasks_left;
        size_t wanted = smaller(batch->chunk, left); // what it took and left would wait for another round
        size_t end;
        size_t i = take(pool, worker->seat, wanted, &end);
        if (i == NO_ITEM)
            break;
        for (; i < end && !is_cancelled(batch); i++) {
            if (batch->fates[i].what != NOT_BEGUN) // in a round before this one
                continue;
            begin(desk, i);
            do_item(batch, i);
            crew_task_done(worker);
        }
    }
    begin(desk, NO_ITEM);
}

struct employee {
    struct pool *pool;
    struct crew_worker *worker;
};

// A command says only that there is something to do. The reply says whether the worker retires.
static size_t serve(void *argument, const void *command, size_t size, void *reply)
{
    struct employee *self = argument;
    (void)command, (void)size;
    do_batch(self->pool, self->worker);
    int32_t retires = self->worker->tasks_left == 0;
    memcpy(reply, &retires, sizeof retires);
    return sizeof retires;
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
                                  .reply_size = sizeof(int32_t),
                              });
}

// --- In the parent: workers ----------------------------------------------------------------------------

// Whether there are items that nobody has taken in this round.
static bool is_work_left(const struct pool *pool)
{
    int seat = 0;
    while (seat < pool->options.processes && !is_left(&pool->desks[seat]))
        seat++;
    return seat < pool->options.processes && !is_cancelled(pool->batch);
}

static bool is_any(const struct pool *pool, enum state state)
{
    int seat = 0;
    while (seat < pool->options.processes && pool->states[seat] != state)
        seat++;
    return seat < pool->options.processes;
}

static void command(struct pool *pool, int seat)
{
    if (crew_send(pool->crew, seat, "", 1) == 0)
        pool->states[seat] = BUSY; // if not, it has ended, and the crew will tell
}

// On demand, the worker finds both its commands there when it is initialized, and nobody has to wait for
// it in order to send them: to do what is left, and (0 bytes) to leave.
static void employ(struct pool *pool, int seat)
{
    if (crew_replace(pool->crew, seat) == -1) {
        pool->error = errno;
        return;
    }
    pool->states[seat] = STARTING;
    if (pool->options.on_demand) {
        crew_send(pool->crew, seat, "", 1); // if it has ended already, the crew will tell
        crew_send(pool->crew, seat, "", 0);
    }
}

// The first message is the initializer's result, the others are replies. After 0 the worker waits for the
// next command, if it has not got it yet; after anything else it leaves, and stays what it is until then.
static void hear_message(struct pool *pool, const struct crew_event *event)
{
    int32_t answer = EPROTO;
    if (event->size == sizeof answer)
        memcpy(&answer, event->message, sizeof answer);
    if (answer == 0) {
        pool->states[event->seat] = pool->options.on_demand ? BUSY : IDLE;
        pool->is_well = true;
    } else if (pool->states[event->seat] == STARTING)
        pool->error = answer;
}

// Another worker may follow in the seat of one that has served, and in that of one that was killed at its
// start, as long as there are spare ones: that may have come from outside, or from its initializer.
static void hear_end(struct pool *pool, const struct crew_event *event)
{
    struct batch *batch = pool->batch;
    bool may_follow =
        pool->states[event->seat] != STARTING || (event->exit_code < 0 && pool->spare-- > 0);
    pool->states[event->seat] = GONE;
    if (!may_follow && pool->error == 0)
        pool->error = ECHILD;
    size_t item = atomic_exchange(&pool->desks[event->seat].item, NO_ITEM);
    if (item < batch->count && batch->fates[item].what == NOT_BEGUN)
        batch->fates[item] = (struct fate){LOST, event->exit_code};
    if (may_follow && is_work_left(pool)) // one that cannot start is not started again and again
        employ(pool, event->seat);
}

// Hears the crew once. Returns whether there was news.
static bool hear(struct pool *pool, int timeout_ms)
{
    struct crew_event event;
    if (crew_wait(pool->crew, timeout_ms, &event) != 1)
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

// Gives each worker its share of the first `count` items, in whole chunks. 0: nobody has anything to
// take.
static void share_out(struct pool *pool, size_t count)
{
    size_t workers = (size_t)pool->options.processes;
    size_t chunk = pool->batch->chunk;
    size_t chunks = (count + chunk - 1) / chunk;
    size_t first = 0;
    for (size_t i = 0; i < workers; i++) {
        size_t size = (chunks / workers + (i < chunks % workers)) * chunk;
        atomic_store(&pool->desks[i].next, first);
        pool->desks[i].end = first += smaller(size, count - first);
    }
}

// Has the workers do what nobody has begun yet of the batch. Returns 0, or -1 with errno set if there is
// no worker left for it.
static int do_round(struct pool *pool)
{
    struct batch *batch = pool->batch;
    while (hear(pool, 0)) // of workers that have ended since; nobody is replaced yet, for nothing is left
        continue;         // to take
    pool->error = 0;
    pool->spare = pool->options.processes;
    pool->is_well = false;
    share_out(pool, batch->count);
    for (int seat = 0; seat < pool->options.processes; seat++) {
        if (pool->states[seat] == IDLE)
            command(pool, seat);
        else if (pool->states[seat] == GONE && (!pool->options.on_demand || is_left(&pool->desks[seat])))
            employ(pool, seat); // on demand, nobody whose share others have taken
    }
    while (is_any(pool, BUSY) || is_any(pool, STARTING))
        hear(pool, -1);
    share_out(pool, 0);
    if (pool->error == 0 || pool->is_well)
        return 0;
    errno = pool->error;
    return -1;
}

static bool is_any_not_begun(const struct batch *batch)
{
    size_t i = 0;
    while (i < batch->count && batch->fates[i].what != NOT_BEGUN)
        i++;
    return i < batch->count;
}

static size_t in_lines(size_t size)
{
    return (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
}

// How many items of a map the memory holds.
static size_t batch_size(const struct pool *pool, const struct pool_map *map)
{
    size_t memory = pool->options.memory;
    if (map->argument_size > memory || map->item_size > memory - map->argument_size ||
        map->result_size > memory - map->argument_size - map->item_size)
        return 0;
    size_t each = map->item_size + map->result_size + sizeof(struct fate);
    return (memory + sizeof(struct fate) - map->argument_size) / each;
}

// Copies what the workers need for `count` items from `first` on to where they find it.
static void lay_out(struct pool *pool, const struct pool_map *map, size_t first, size_t count)
{
    size_t chunks = CHUNKS_PER_WORKER * (size_t)pool->options.processes;
    struct batch *batch = pool->batch;
    char *argument = pool->data;
    char *items = argument + in_lines(map->argument_size);
    batch->function = map->function;
    batch->argument = map->argument == NULL ? NULL : argument;
    batch->items = items;
    batch->item_size = map->item_size;
    batch->results = items + in_lines(count * map->item_size);
    batch->result_size = map->result_size;
    batch->fates = (struct fate *)(void *)(batch->results + in_lines(count * map->result_size));
    batch->count = count;
    batch->chunk = map->chunk == 0 ? (count + chunks - 1) / chunks : smaller(map->chunk, count);
    if (map->argument_size > 0)
        memcpy(argument, map->argument, map->argument_size);
    memcpy(items, (const char *)map->items + first * map->item_size, count * map->item_size);
    memset(batch->fates, 0, count * sizeof *batch->fates); // NOT_BEGUN
}

static void note_missing(struct pool_map *map, size_t item, struct fate fate, size_t count)
{
    static const enum pool_why why[] = {
        [NOT_BEGUN] = POOL_NOT_BEGUN, [FAILED] = POOL_TASK_FAILED, [LOST] = POOL_WORKER_ENDED};
    if (map->missing == 0) {
        map->item = item;
        map->why = why[fate.what];
        map->code = fate.code;
    }
    map->missing += count;
}

// Copies the results of a batch to their places, and notes which are missing.
static void collect(const struct batch *batch, struct pool_map *map, size_t first)
{
    size_t size = batch->result_size;
    for (size_t i = 0; i < batch->count; i++) {
        size_t done = i;
        while (i < batch->count && batch->fates[i].what == DONE)
            i++;
        if (size > 0 && i > done)
            memcpy((char *)map->results + (first + done) * size, batch->results + done * size,
                   (i - done) * size);
        if (i < batch->count)
            note_missing(map, first + i, batch->fates[i], 1);
    }
}

// Returns 0, or an errno number.
static int refusal(const struct pool *pool, const struct pool_map *map)
{
    if (getpid() != pool->owner)
        return EPERM;
    if (pool->closed)
        return ESHUTDOWN;
    if (map->function == NULL || map->item_size == 0 || (map->items == NULL && map->count > 0) ||
        (map->results == NULL && map->result_size > 0 && map->count > 0) ||
        (map->argument == NULL && map->argument_size > 0) || map->count > PTRDIFF_MAX / map->item_size ||
        (map->result_size > 0 && map->count > PTRDIFF_MAX / map->result_size))
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
    struct batch *batch = pool->batch;
    size_t first = 0;
    atomic_store(&batch->cancelled, false);
    while (first < map->count && error == 0 && !is_cancelled(batch)) {
        lay_out(pool, map, first, smaller(map->count - first, batch_size(pool, map)));
        // A worker that was killed may have left items of its chunk: hence more than one round.
        while (error == 0 && !is_cancelled(batch) && is_any_not_begun(batch))
            error = do_round(pool) == -1 ? errno : 0;
        collect(batch, map, first);
        first += batch->count;
    }
    if (first < map->count)
        note_missing(map, first, (struct fate){NOT_BEGUN, 0}, map->count - first);
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
            cpus = quota / period + (quota % period > 0);
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
    pool->batch = memory_create(sizeof *pool->batch + desks_size + options->memory + ROOM_BESIDE);
    if (pool->batch == NULL) {
        free(pool);
        return NULL;
    }
    pool->options = *options;
    pool->owner = getpid();
    pool->desks = (struct desk *)(pool->batch + 1);
    pool->data = (char *)pool->desks + desks_size;
    for (size_t i = 0; i < workers; i++) {
        atomic_init(&pool->desks[i].item, NO_ITEM);
        pool->states[i] = options->on_demand ? GONE : STARTING;
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
                                                    .empty = wanted.on_demand,
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
