// Work that is measured.
#define _GNU_SOURCE // gettid, sched_getaffinity, CPU_COUNT
#include "work.h"
#include "../speed/trace.h"
#include "driver.h"
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
    SHORT_LOOKS = 20,  // while items meet: then the looks become rarer
    MOST_LOOKS = 420,  // half a second or more, counted in looks and not in time
    CALIBRATIONS = 15, // the quickest counts
    CALIBRATION_STEPS = 400000,
};

// In shared memory; the processes that do items write it.
static struct shared {
    struct trace trace;
    uint64_t results[TRACE_MOST_ITEMS];
    atomic_int runs[TRACE_MOST_ITEMS];
    atomic_int in_flight;
    atomic_int most_in_flight;
    atomic_int arrived;
    atomic_int missed;
    atomic_int next; // of work_item_begin()
} * shared;

static int marks;               // in each process's own memory
static int64_t waited_at_begin; // by the first thread of the process that is measured
static int64_t steps;
static uint64_t seed;

static int64_t now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

// How long this thread of this process has been ready and not running; -1 if nobody knows.
static int64_t waited_by(pid_t process, pid_t thread)
{
    char path[64];
    char text[128];
    snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", process, thread);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t size = file == -1 ? -1 : read(file, text, sizeof text - 1);
    if (file != -1)
        close(file);
    int64_t time;
    text[size > 0 ? size : 0] = '\0';
    return sscanf(text, "%*s %" SCNd64, &time) == 1 ? time : -1;
}

static int64_t waited(void)
{
    return waited_by(getpid(), gettid());
}

static int64_t caller_waited(void)
{
    int64_t time = waited_by(shared->trace.pid, shared->trace.pid);
    return time == -1 ? -1 : time - waited_at_begin;
}

static int allowed_cpus(void)
{
    cpu_set_t allowed;
    return sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 0;
}

// Each step needs the result of the one before: such a chain takes the same time whatever the other
// half of the processor's core does. The constants are those of MurmurHash3's finalizer (Appleby).
static uint64_t compute(uint64_t x, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        x ^= x >> 33;
        x *= UINT64_C(0xff51afd7ed558ccd);
        x ^= x >> 29;
        x += (uint64_t)i;
    }
    return x;
}

int64_t work_steps_per_ms(void)
{
    int64_t quickest = INT64_MAX;
    volatile uint64_t sink = 0;
    for (int i = 0; i < CALIBRATIONS; i++) {
        int64_t begin = now(CLOCK_THREAD_CPUTIME_ID);
        sink = compute(sink + (uint64_t)i, CALIBRATION_STEPS);
        int64_t took = now(CLOCK_THREAD_CPUTIME_ID) - begin;
        quickest = took < quickest ? took : quickest;
    }
    return CALIBRATION_STEPS * INT64_C(1000000) / (quickest > 0 ? quickest : 1);
}

int work_items(void)
{
    int items = (int)driver_argument("items", 16);
    return items < 1 || items > WORK_MOST_ITEMS ? WORK_MOST_ITEMS : items;
}

int work_workers(void)
{
    return (int)driver_argument("workers", 2);
}

static void pause_us(long microseconds)
{
    nanosleep(&(struct timespec){.tv_nsec = microseconds * 1000}, NULL);
}

// Waits until the group of items that this one belongs to is there, or until nobody can think that it
// still comes.
static void meet(void)
{
    int workers = shared->trace.workers;
    int here = atomic_fetch_add(&shared->arrived, 1);
    int wanted = (here / workers + 1) * workers;
    if (wanted > shared->trace.items)
        wanted = shared->trace.items;
    for (int looks = 0; atomic_load(&shared->arrived) < wanted && !shared->missed; looks++) {
        if (looks >= MOST_LOOKS)
            shared->missed = 1;
        pause_us(looks < SHORT_LOOKS ? 100 : 1000);
    }
}

static void count_in(void)
{
    int under_way = atomic_fetch_add(&shared->in_flight, 1) + 1;
    int most = atomic_load(&shared->most_in_flight);
    while (under_way > most && !atomic_compare_exchange_weak(&shared->most_in_flight, &most, under_way))
        continue;
}

// Notes in the item that this thread begins it, and returns it; NULL: there is no such item.
static struct trace_item *begin_item(int number)
{
    if (shared == NULL || number < 0 || number >= shared->trace.items)
        return NULL;
    struct trace_item *item = &shared->trace.item[number];
    count_in();
    marks++;
    item->pid = getpid();
    item->tid = gettid();
    item->cpus = allowed_cpus();
    item->waited_before = waited() - (item->pid == shared->trace.pid ? waited_at_begin : 0);
    item->caller_waited_before = caller_waited();
    item->begin = now(CLOCK_MONOTONIC);
    return item;
}

static void end_item(int number, uint64_t result)
{
    struct trace_item *item = &shared->trace.item[number];
    item->waited = waited() - (item->pid == shared->trace.pid ? waited_at_begin : 0);
    item->end = now(CLOCK_MONOTONIC);
    item->caller_waited = caller_waited();
    shared->results[number] = result;
    atomic_fetch_add(&shared->runs[number], 1);
    atomic_fetch_sub(&shared->in_flight, 1);
}

uint64_t work_do(int number)
{
    struct trace_item *item = begin_item(number);
    if (item == NULL)
        return 0;
    bool waits = shared->trace.kind == TRACE_WAITING;
    int64_t cpu = now(CLOCK_THREAD_CPUTIME_ID);
    if (shared->trace.meeting)
        meet();
    else if (waits)
        pause_us(WORK_ITEM_MS * 1000);
    uint64_t result = compute(seed + (uint64_t)number, shared->trace.meeting || waits ? 1 : steps);
    item->cpu = waits ? WORK_ITEM_MS * INT64_C(1000000) : now(CLOCK_THREAD_CPUTIME_ID) - cpu;
    end_item(number, result);
    return result;
}

int work_item_begin(void)
{
    int number = shared == NULL ? -1 : atomic_fetch_add(&shared->next, 1);
    struct trace_item *item = begin_item(number);
    if (item == NULL)
        return -1;
    item->cpu = WORK_ITEM_MS * INT64_C(1000000);
    if (shared->trace.meeting)
        meet();
    return number;
}

void work_item_end(int number)
{
    if (number >= 0)
        end_item(number, (uint64_t)number + 1);
}

void work_begin(void)
{
    shared = driver_shared(sizeof *shared);
    steps = driver_argument("steps", 1000000);
    seed = (uint64_t)driver_argument("seed", 1);
    shared->trace = (struct trace){
        .version = TRACE_VERSION,
        .kind = (int32_t)driver_argument("kind", TRACE_COMPUTING),
        .items = work_items(),
        .workers = work_workers(),
        .pid = getpid(),
        .cpus = allowed_cpus(),
        .meeting = (int32_t)driver_argument("meeting", 0),
    };
    marks = 0;
    waited_at_begin = waited();
    shared->trace.cpu_before = now(CLOCK_PROCESS_CPUTIME_ID);
    shared->trace.begin = now(CLOCK_MONOTONIC);
}

void work_end(const uint64_t results[])
{
    struct trace *trace = &shared->trace;
    trace->end = now(CLOCK_MONOTONIC);
    trace->cpu = now(CLOCK_PROCESS_CPUTIME_ID) - trace->cpu_before;
    trace->waited = waited() - waited_at_begin;
    trace->missed = shared->missed;
    trace->most_in_flight = shared->most_in_flight;
    trace->own_marks = marks;
    for (int i = 0; i < trace->items; i++) {
        trace->item[i].runs = shared->runs[i];
        trace->item[i].right = shared->runs[i] > 0 && results[i] == shared->results[i];
    }
    answer_bytes("trace", trace, sizeof *trace);
    answer_int("wall_us", (trace->end - trace->begin) / 1000);
    answer_int("most_in_flight", trace->most_in_flight);
}
