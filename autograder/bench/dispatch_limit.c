// What the pool's cost is measured against. The limit: processes that take items by one atomic counter
// from memory that they share already; nothing is copied, nobody may fail, and nothing is written down
// but the results. And the two other ways to give items to processes: a message for each, and a process
// for each.
#include "bench.h"
#include "channel.h"
#include "memory.h"
#include "process.h"
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WORKERS = 1024, CACHE_LINE = 64 };

// --- The limit -----------------------------------------------------------------------------------------

// In shared memory, with items and results behind it.
struct shared {
    struct bench_items items;
    size_t chunk;
    alignas(CACHE_LINE) _Atomic size_t next;
    alignas(CACHE_LINE) char data[];
};

struct case_limit {
    struct shared *shared;
    int workers;
    int begin[2]; // a byte for each worker that shall begin
    int end[2];   // a byte from each that has nothing left
};

static int take_items(void *argument)
{
    struct case_limit *self = argument;
    struct shared *shared = self->shared;
    struct bench_items items = shared->items;
    char byte;
    close(self->begin[1]);
    while (read(self->begin[0], &byte, 1) == 1) {
        size_t i;
        while ((i = atomic_fetch_add(&shared->next, shared->chunk)) < items.count) {
            size_t end = items.count - i < shared->chunk ? items.count : i + shared->chunk;
            for (; i < end; i++)
                items.function(NULL, items.items + i * items.size, items.results + i * items.size);
        }
        if (write(self->end[1], &byte, 1) != 1)
            return 1;
    }
    return 0;
}

static void have_all_taken(void *context)
{
    struct case_limit *self = context;
    static const char bytes[MOST_WORKERS];
    atomic_store(&self->shared->next, 0);
    if (write(self->begin[1], bytes, (size_t)self->workers) != self->workers)
        bench_fail("write");
    char byte;
    for (int i = 0; i < self->workers; i++)
        if (read(self->end[0], &byte, 1) != 1)
            bench_fail("read");
}

// Puts items and room for results into shared memory.
static struct shared *share(const struct bench_items *items, size_t chunk)
{
    size_t size = items->size * items->count;
    struct shared *shared = memory_create(sizeof *shared + 2 * size);
    if (shared == NULL)
        bench_fail("memory_create");
    shared->items = *items;
    shared->items.items = shared->data;
    shared->items.results = shared->data + size;
    shared->chunk = chunk;
    memcpy(shared->items.items, items->items, size);
    return shared;
}

double bench_limit(const struct bench_task *task)
{
    struct bench_items items;
    bench_items_make(&items, task->size, task->count);
    struct case_limit self = {.shared = share(&items, task->chunk), .workers = task->workers};
    struct process *workers[MOST_WORKERS];
    if (self.workers > MOST_WORKERS || pipe(self.begin) == -1 || pipe(self.end) == -1)
        bench_fail("pipe");
    for (int i = 0; i < self.workers; i++)
        if ((workers[i] = process_create(take_items, &self)) == NULL || process_start(workers[i]) == -1)
            bench_fail("process_start");
    double time = bench_repeat(have_all_taken, &self);
    bench_items_check(&self.shared->items);
    close(self.begin[1]);
    for (int i = 0; i < self.workers; i++) {
        process_join(workers[i], -1);
        process_release(workers[i]);
    }
    memory_release(self.shared);
    bench_items_free(&items);
    return time;
}

// --- A message there and a message back for each item --------------------------------------------------

struct case_channel {
    struct bench_items items;
    int workers;
    struct channel *ends[MOST_WORKERS];
    struct channel *workers_end; // only while a worker is started
};

static int answer_items(void *argument)
{
    struct case_channel *self = argument;
    int64_t item, result;
    size_t size;
    for (int i = 0; i < self->workers; i++)
        channel_close(self->ends[i]);
    while (channel_receive(self->workers_end, &item, sizeof item, &size) == 1) {
        self->items.function(NULL, &item, &result);
        if (channel_send(self->workers_end, &result, sizeof result) == -1)
            return 1;
    }
    return 0;
}

// Each worker has one item at a time; whoever has answered gets the next.
static void send_items(void *context)
{
    struct case_channel *self = context;
    struct bench_items *items = &self->items;
    size_t held[MOST_WORKERS]; // the item that a worker has
    bool ready[MOST_WORKERS];
    size_t workers = (size_t)self->workers, next = 0, done = 0, size;
    for (; next < workers; next++) {
        held[next] = next;
        channel_send(self->ends[next], items->items + next * items->size, items->size);
    }
    while (done < items->count) {
        if (channel_wait(self->ends, workers, -1, ready) == -1)
            bench_fail("channel_wait");
        for (size_t i = 0; i < workers; i++) {
            if (!ready[i])
                continue;
            if (channel_receive(self->ends[i], items->results + held[i] * items->size, items->size,
                                &size) != 1)
                bench_fail("channel_receive");
            done++;
            held[i] = next;
            if (next < items->count &&
                channel_send(self->ends[i], items->items + next++ * items->size, items->size) == -1)
                bench_fail("channel_send");
        }
    }
}

double bench_channel(const struct bench_task *task)
{
    struct case_channel self = {.workers = task->workers};
    struct process *workers[MOST_WORKERS];
    if (self.workers > MOST_WORKERS)
        bench_fail("too many workers");
    bench_items_make(&self.items, task->size, task->count);
    for (int i = 0; i < self.workers; i++) {
        struct channel *ends[2];
        if (channel_create(ends) == -1)
            bench_fail("channel_create");
        self.ends[i] = ends[0];
        self.workers_end = ends[1];
        if ((workers[i] = process_create(answer_items, &self)) == NULL || process_start(workers[i]) == -1)
            bench_fail("process_start");
        channel_close(ends[1]);
    }
    double time = bench_repeat(send_items, &self);
    bench_items_check(&self.items);
    for (int i = 0; i < self.workers; i++)
        channel_close(self.ends[i]);
    for (int i = 0; i < self.workers; i++) {
        process_join(workers[i], -1);
        process_release(workers[i]);
    }
    bench_items_free(&self.items);
    return time;
}

// --- A process for each item ---------------------------------------------------------------------------

static void run_xargs(void *context)
{
    const struct bench_task *task = context;
    char command[64];
    snprintf(command, sizeof command, "xargs -P %d -n 1 true", task->workers);
    FILE *xargs = popen(command, "we");
    if (xargs == NULL)
        bench_fail("popen");
    for (size_t i = 0; i < task->count; i++)
        fputs("item\n", xargs);
    if (pclose(xargs) != 0)
        bench_fail("xargs");
}

double bench_xargs(const struct bench_task *task)
{
    struct bench_task copy = *task;
    return bench_repeat(run_xargs, &copy);
}
