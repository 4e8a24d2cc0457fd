// A pool of worker processes that maps a function over an array.
//
//   struct pool *pool = pool_create(NULL);
//   struct pool_map map = {.function = square, .items = numbers, .item_size = sizeof *numbers,
//                          .results = squares, .result_size = sizeof *squares, .count = 5};
//   if (pool_map(pool, &map) == -1) ...
//   pool_release(pool);
//
// A function that can fail returns -1 or NULL with errno set; none prints, none exits. A pool belongs to
// the process that created it, and to one thread of it, which lives as long as the pool: in any other
// process, for example in a worker, its functions fail with EPERM and touch nothing. A worker may create
// a pool of its own. The module rests on channel.h, memory.h, lifetime.h, initializer.h and
// sched_getaffinity(2).
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pool;

struct pool_options {
    int processes; // how many workers; 0: one for each CPU that this process may use
                   // (sched_getaffinity(2)), but no more than the quota of its control group allows,
                   // rounded up (/sys/fs/cgroup/cpu.max)
    int (*initializer)(
        void *argument);        // called once in each worker before its first task, or NULL. Returns 0
    void *initializer_argument; // or an errno number.
    int64_t tasks_per_worker;   // a worker is replaced after so many tasks; 0: never
    bool on_demand;             // workers are there only while a map has something for them
    size_t
        memory; // bytes of shared memory for what is mapped; 0: 64 MiB. Only what is used takes memory.
};

// Makes a pool, starts its workers, and waits until all are initialized. NULL stands for options that are
// all 0. Returns the pool, to be given to pool_release(), or NULL with errno EINVAL (a negative number,
// or more processes than CREW_MOST_WORKERS), ENOMEM, what crew_create() says, what the initializer has
// returned, or ECHILD (a worker has ended in its initializer). No worker is left then.
//
// With `on_demand` it starts nobody. Each map starts its own workers, no more than it has chunks. Whoever
// is initialized begins, also while others are not; who finds nothing left to take ends, also while
// others are at work. When the map returns, all have ended. So the cost of starting and ending processes
// falls into the time in which others work or wait: good for a pool of a single map, and dear for many
// short ones. (A map that is larger than the memory is done in parts, each by workers of its own.)
struct pool *pool_create(const struct pool_options *options);

// How many workers the pool has.
int pool_processes(const struct pool *pool);

enum pool_why {
    POOL_TASK_FAILED,  // the function returned `code`
    POOL_WORKER_ENDED, // the worker ended in the middle of it; `code` as process_exit_code() tells it
    POOL_NOT_BEGUN,    // nobody has begun it: pool_cancel(), or no worker is left
};

struct pool_map {
    // Makes a result of an item, in a worker. Returns 0, or any other number to say that it cannot.
    int (*function)(const void *argument, const void *item, void *result);
    const void *argument; // given to every call, or NULL
    size_t argument_size;
    const void *items;
    size_t item_size;
    void *results;      // in the order of the items; NULL if result_size is 0
    size_t result_size; // may be 0
    size_t count;       // of items, and of results
    size_t chunk;       // how many items a worker takes at a time; 0: count / (4 * workers), rounded up

    // Set by pool_map():
    size_t missing;    // how many items have no result
    size_t item;       // if there are any: the first of them, and
    enum pool_why why; // why it has none
    int code;
};

// Calls `function` once for each item, each time in one of the workers, and waits until all are done.
// Items, argument and results are copied from process to process, so a pointer in them is good only for
// what was there before pool_create(); so it is with `function`. The copies are aligned as the elements
// of an array are. However many items there are, the messages between the processes stay few.
//
// An item that fails, or whose worker ends (killed, by exit(), whatever), costs no other item its result;
// it is not begun again. Its own place in `results` stays as it was. The worker is replaced. Returns 0,
// or -1 with errno
//   ECANCELED  items have no result: see `missing`, `item`, `why` and `code`
//   EINVAL     no function; no items, results or argument, but a size of them; items of size 0; a product
//              of size and count that no memory can hold
//   EMSGSIZE   one item with its argument and result is more than the pool's memory
//   ESHUTDOWN  the pool is closed
//   or what a failed start of a worker has said, as pool_create(), when there is no worker for what is
//   left. The next map tries again.
int pool_map(struct pool *pool, struct pool_map *map);

// Has the map that is under way begin no further item; it returns when those that are under way are done.
// May be called by a signal handler, and is for that. Without a map it does nothing.
void pool_cancel(struct pool *pool);

// Closes the pool for maps; the workers end. Does not wait. Returns 0, or -1 with EPERM.
int pool_close(struct pool *pool);

// Waits until the workers of a closed pool have ended. Returns 0, or -1 with errno EBUSY (not closed).
int pool_join(struct pool *pool);

// Closes the pool and ends its workers, also one that is stopped or hangs: at first politely, after a
// tenth of a second by SIGTERM, after another tenth by SIGKILL. Returns 0 when all have ended, or -1 with
// EPERM.
int pool_terminate(struct pool *pool);

// Terminates the pool, if that is still to do, and frees it; NULL is accepted. In another process than
// the pool's it does nothing. Keeps errno.
void pool_release(struct pool *pool);
