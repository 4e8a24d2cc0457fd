// Maps with a worker killed at a random moment in each. Every map must return the right results, or an
// error that names an item; none may hang, and nothing may be left.
//
//   usage: kills [MAPS [SEED]]      exits with 1 and a message at the first map that breaks a promise
#include "killer.h"
#include "memory.h"
#include "pool.h"
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_ITEMS = 4000, MOST_WORDS = 256, HANGS_AFTER = 60 }; // seconds
enum phase { BEFORE, DURING, AFTER, PHASES };

static const char *const phase_names[] = {"before", "during", "after"};

struct item {
    uint64_t value;
    uint32_t index;
    uint32_t steps; // of work
};

// What the tasks share with this process. `words` is an argument's: the size of a result.
struct shared {
    atomic_int phase;
    _Atomic unsigned char begun[MOST_ITEMS]; // how many times
};

struct argument {
    struct shared *shared;
    uint64_t salt;
    size_t words;
};

// A map, and what is to happen in it.
struct plan {
    size_t count, chunk;
    struct argument argument;
    enum phase phase; // when the killer is to strike; DURING: at a random moment around the map
    struct killer_order order;
};

struct sums {
    long right, named, not_begun; // maps; not_begun: of those named, because no worker could be started
    long victims[PHASES];
};

// The whole run.
struct run {
    uint64_t seed, random;
    long map; // the number of the present one
    struct shared *shared;
    struct killer *killer;
    struct pool *pool; // for the next maps, or NULL
    struct pool_options options;
    long maps_left;  // for that pool
    double pace;     // nanoseconds for a step of work, as seen so far
    int descriptors; // that were open at the beginning
    struct sums sums;
    char alarm_text[128];
    struct item items[MOST_ITEMS];
    uint64_t results[MOST_ITEMS * MOST_WORDS];
};

static struct run run;

_Noreturn __attribute__((format(printf, 1, 2))) static void fail(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fflush(stdout);
    fprintf(stderr, "kills: map %ld of seed %llu: ", run.map, (unsigned long long)run.seed);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    _exit(1); // the workers and the killer end with this process
}

static void on_alarm(int signal_number)
{
    (void)signal_number;
    ssize_t written = write(STDERR_FILENO, run.alarm_text, strlen(run.alarm_text));
    _exit(written == -1 ? 2 : 1);
}

// The watchdog, which can only fail. It covers a map, and start and end of the pool around it.
static void set_alarm(void)
{
    snprintf(run.alarm_text, sizeof run.alarm_text, "kills: map %ld of seed %llu: no end after %d s\n",
             run.map, (unsigned long long)run.seed, HANGS_AFTER);
    alarm(HANGS_AFTER);
}

// --- Chance
// ----------------------------------------------------------------------------------------------

static uint64_t mix(uint64_t x) // splitmix64
{
    x += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

static uint64_t below(uint64_t limit)
{
    return (run.random = mix(run.random)) % limit;
}

// Small numbers as often as large ones: 1 to 2^bits.
static uint64_t of_any_size(unsigned bits)
{
    return 1 + below(1ULL << below(bits + 1));
}

static bool one_in(uint64_t n)
{
    return below(n) == 0;
}

// --- Tasks
// -----------------------------------------------------------------------------------------------

static uint64_t word(const struct item *item, const struct argument *argument, size_t i)
{
    return mix(item->value ^ argument->salt ^ i);
}

static int work(const void *argument, const void *item, void *result)
{
    const struct argument *shared = argument;
    struct item *copy = &(struct item){0};
    memcpy(copy, item, sizeof *copy);
    atomic_fetch_add(&shared->shared->begun[copy->index], 1);
    volatile uint64_t x = copy->value;
    for (uint32_t i = 0; i < copy->steps; i++)
        x = mix(x);
    for (size_t i = 0; i < shared->words; i++)
        ((uint64_t *)result)[i] = word(copy, shared, i);
    return 0;
}

// --- Pools
// -----------------------------------------------------------------------------------------------

static int count_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count - 3; // ".", "..", and this folder's own
}

// That nothing is left of pools but the killer, which must live.
static void expect_nothing_left(void)
{
    char path[64];
    int child, children = 0;
    siginfo_t ended = {0};
    if (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0)
        fail("the pool has ended, and process %d is a zombie", ended.si_pid);
    snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
    FILE *file = fopen(path, "re");
    while (file != NULL && fscanf(file, "%d", &child) == 1)
        if (++children > 1 || child != killer_pid(run.killer))
            fail("the pool has ended, and of %d children one is %d", children, child);
    if (file != NULL)
        fclose(file);
    if (count_descriptors() != run.descriptors)
        fail("%d descriptors are open, and %d were at the beginning", count_descriptors(),
             run.descriptors);
}

static void make_pool(void)
{
    run.options = (struct pool_options){
        .processes = (int)of_any_size(3),
        .tasks_per_worker = one_in(2) ? 0 : (int64_t)(4 + of_any_size(8)),
        .memory = one_in(3) ? 65536 + below(1 << 20) : 0, // a map takes several batches then
    };
    run.pool = pool_create(&run.options);
    if (run.pool == NULL)
        fail("pool_create, %d processes: %s", run.options.processes, strerror(errno));
    run.maps_left = (long)of_any_size(4);
}

static void end_pool(void)
{
    switch (below(3)) {
    case 0:
        if (pool_close(run.pool) == -1 || pool_join(run.pool) == -1)
            fail("pool_close, pool_join: %s", strerror(errno));
        break;
    case 1:
        if (pool_terminate(run.pool) == -1)
            fail("pool_terminate: %s", strerror(errno));
        break;
    case 2: // pool_release() alone must do
        break;
    }
    pool_release(run.pool);
    run.pool = NULL;
    expect_nothing_left();
}

// --- Maps
// ------------------------------------------------------------------------------------------------

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// How long the map would take with nobody killed, about.
static double expected_ns(const struct plan *plan)
{
    double steps = 0;
    for (size_t i = 0; i < plan->count; i++)
        steps += run.items[i].steps + 100;
    int64_t tasks = run.options.tasks_per_worker;
    double replaced = tasks == 0 ? 0 : (double)plan->count / (double)tasks;
    return 50e3 + (steps + replaced * 50e3) * run.pace;
}

static int any_signal(void)
{
    static const int others[] = {SIGSEGV, SIGTERM, SIGABRT, SIGUSR1};
    return one_in(3) ? others[below(4)] : SIGKILL;
}

static void make_plan(struct plan *plan)
{
    *plan = (struct plan){
        .count = below(20) == 0 ? MOST_ITEMS : below(16) + of_any_size(10),
        .argument = {.shared = run.shared, .salt = below(UINT64_MAX), .words = of_any_size(5)},
        .phase = one_in(8)   ? BEFORE
                 : one_in(8) ? AFTER
                             : DURING,
    };
    if (one_in(10))
        plan->argument.words = MOST_WORDS;
    plan->chunk = one_in(3) ? 0 : of_any_size(6);
    uint64_t most_steps = 1 + (1 << (14 + below(8))) / plan->count; // few long items, or many short ones
    for (size_t i = 0; i < plan->count; i++)
        run.items[i] = (struct item){
            .value = below(UINT64_MAX), .index = (uint32_t)i, .steps = (uint32_t)below(most_steps)};
    plan->order = (struct killer_order){
        .random = below(UINT64_MAX), .signal = any_signal(), .most = one_in(4) ? 2 : 1};
    if (plan->phase == DURING)
        plan->order.delay_ns = (int64_t)below((uint64_t)(1.2 * expected_ns(plan)));
}

static void send_killer(const struct plan *plan)
{
    if (killer_send(run.killer, &plan->order) == -1)
        fail("the killer has ended");
}

// Returns how many of the workers that were hit may have cost an item.
static int hear_killer(const struct plan *plan)
{
    struct killer_report report;
    if (killer_hear(run.killer, &report) == -1 || report.victims == -1)
        fail(report.victims == -1 ? "/proc/PID/task/TID/children is not there: CONFIG_PROC_CHILDREN"
                                  : "the killer has ended");
    int in_time = 0;
    for (int i = 0; i < report.victims; i++) {
        run.sums.victims[report.phases[i]]++;
        in_time += plan->phase == DURING && report.phases[i] != AFTER;
    }
    return in_time;
}

// Whether an item has its result; if not, there must be nothing at all.
static bool has_result(const struct plan *plan, size_t i)
{
    static const uint64_t untouched = 0xa5a5a5a5a5a5a5a5;
    size_t words = plan->argument.words, right = 0, left = 0;
    for (size_t w = 0; w < words; w++) {
        right += run.results[i * words + w] == word(&run.items[i], &plan->argument, w);
        left += run.results[i * words + w] == untouched;
    }
    if (right != words && left != words)
        fail("item %zu has a wrong result: %zu of %zu words are right", i, right, words);
    return right == words;
}

// Holds what came of the items against what pool_map() says.
static void judge(const struct plan *plan, const struct pool_map *map, int error, int victims)
{
    size_t missing = 0, begun_missing = 0, first = 0;
    for (size_t i = 0; i < plan->count; i++) {
        int begun = atomic_load(&run.shared->begun[i]);
        bool is_there = has_result(plan, i);
        if (begun > 1 || (is_there && begun == 0))
            fail("item %zu was begun %d times", i, begun);
        if (!is_there && missing++ == 0)
            first = i;
        begun_missing += !is_there && begun == 1;
    }
    if (missing != map->missing)
        fail("%zu items have no result, and `missing` is %zu", missing, map->missing);
    if (error == 0 ? missing > 0 : missing == 0)
        fail("pool_map: %s, and %zu items have no result", error == 0 ? "success" : strerror(error),
             missing);
    if (missing > 0 && first != map->item)
        fail("item %zu is the first without a result, and `item` is %zu", first, map->item);
    // A dead worker costs the item that it was busy with, and no other.
    if (begun_missing > (size_t)victims || (error == ECANCELED && missing > (size_t)victims))
        fail("%zu items have no result, of %d workers killed", missing, victims);
}

// The map says why an item is missing: its worker was killed by this signal. If a worker was killed
// before it was ready, and no other was left, the map gives up: ECHILD, and what is left was not begun.
static void judge_words(const struct plan *plan, const struct pool_map *map, int error)
{
    if (error == 0) {
        run.sums.right++;
        return;
    }
    run.sums.named++;
    if (error == ECHILD && map->why == POOL_NOT_BEGUN)
        run.sums.not_begun++;
    else if ((error != ECANCELED && error != ECHILD) || map->why != POOL_WORKER_ENDED ||
             map->code != -plan->order.signal)
        fail("pool_map: %s; item %zu, why %d, code %d; the signal was %d", strerror(error), map->item,
             map->why, map->code, plan->order.signal);
}

static void do_map(void)
{
    static struct plan plan;
    make_plan(&plan);
    size_t result_size = plan.argument.words * sizeof run.results[0];
    struct pool_map map = {.function = work,
                           .argument = &plan.argument,
                           .argument_size = sizeof plan.argument,
                           .items = run.items,
                           .item_size = sizeof run.items[0],
                           .results = run.results,
                           .result_size = result_size,
                           .count = plan.count,
                           .chunk = plan.chunk};
    int victims = 0;
    memset(run.results, 0xa5, plan.count * result_size);
    memset(run.shared->begun, 0, sizeof run.shared->begun);
    atomic_store(&run.shared->phase, BEFORE);
    if (plan.phase != AFTER)
        send_killer(&plan);
    if (plan.phase == BEFORE)
        victims = hear_killer(&plan);
    atomic_store(&run.shared->phase, DURING);
    double expected = expected_ns(&plan), begin = now_ns();
    int error = pool_map(run.pool, &map) == 0 ? 0 : errno;
    run.pace *= now_ns() - begin < expected ? 0.98 : 1.02; // so that half of the maps take less
    atomic_store(&run.shared->phase, AFTER);
    if (plan.phase == AFTER)
        send_killer(&plan);
    if (plan.phase != BEFORE)
        victims = hear_killer(&plan);
    judge(&plan, &map, error, victims);
    judge_words(&plan, &map, error);
}

static void prepare(uint64_t seed)
{
    run.seed = run.random = seed;
    run.pace = 3;
    run.shared = memory_create(sizeof *run.shared);
    run.killer = run.shared == NULL ? NULL : killer_create(&run.shared->phase);
    if (run.killer == NULL)
        fail("the killer does not start: %s", strerror(errno));
    run.descriptors = count_descriptors();
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0}); // SIGSEGV and SIGABRT would write many cores
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = on_alarm}, NULL);
}

static void print_sums(double seconds)
{
    const struct sums *sums = &run.sums;
    long victims = sums->victims[BEFORE] + sums->victims[DURING] + sums->victims[AFTER];
    printf("%ld maps: %ld right, %ld named an item (%ld of them: no worker could be started). "
           "%ld workers killed: %ld before, %ld during, %ld after a map. %.1f s. Nothing is left.\n",
           run.map, sums->right, sums->named, sums->not_begun, victims, sums->victims[BEFORE],
           sums->victims[DURING], sums->victims[AFTER], seconds);
}

int main(int count, char *words[])
{
    long maps = count > 1 ? atol(words[1]) : 1000;
    if (maps < 1) {
        fputs("usage: kills [MAPS [SEED]]\n", stderr);
        return 2;
    }
    double begin = now_ns();
    prepare(count > 2 ? strtoull(words[2], NULL, 10) : mix((uint64_t)begin) % 1000000);
    while (run.map < maps) {
        run.map++;
        set_alarm();
        if (run.pool == NULL)
            make_pool();
        do_map();
        if (--run.maps_left == 0 || run.map == maps)
            end_pool();
    }
    killer_release(run.killer);
    if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
        fail("a process is left");
    memory_release(run.shared);
    for (int phase = BEFORE; phase < PHASES; phase++)
        if (maps >= 100 && run.sums.victims[phase] == 0)
            fail("of all workers killed none was %s a map: nothing is proved", phase_names[phase]);
    print_sums((now_ns() - begin) / 1e9);
    return 0;
}
