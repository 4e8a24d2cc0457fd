// One map with a worker killed, and whether it kept its promises.
#include "kills.h"
#include <errno.h>
#include <signal.h>
#include <string.h>

// `words`: the size of a result.
struct argument {
    struct kills_shared *shared;
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

static uint64_t word(const struct kills_item *item, const struct argument *argument, size_t i)
{
    return kills_mix(item->value ^ argument->salt ^ i);
}

static int work(const void *argument, const void *item, void *result)
{
    const struct argument *shared = argument;
    const struct kills_item *what = item;
    atomic_fetch_add(&shared->shared->begun[what->index], 1);
    volatile uint64_t x = what->value;
    for (uint32_t i = 0; i < what->steps; i++)
        x = kills_mix(x);
    for (size_t i = 0; i < shared->words; i++)
        ((uint64_t *)result)[i] = word(what, shared, i);
    return 0;
}

// How long the map would take with nobody killed, about.
static double expected_ns(const struct kills *run, const struct plan *plan)
{
    double steps = 0;
    for (size_t i = 0; i < plan->count; i++)
        steps += run->items[i].steps + 100;
    int64_t tasks = run->options.tasks_per_worker;
    double replaced = tasks == 0 ? 0 : (double)plan->count / (double)tasks;
    return 50e3 + (steps + replaced * 50e3) * run->pace;
}

static int any_signal(struct kills *run)
{
    static const int others[] = {SIGSEGV, SIGTERM, SIGABRT, SIGUSR1};
    return kills_one_in(run, 3) ? others[kills_below(run, 4)] : SIGKILL;
}

static void make_plan(struct kills *run, struct plan *plan)
{
    *plan = (struct plan){
        .count = kills_below(run, 20) == 0 ? KILLS_MOST_ITEMS
                                           : kills_below(run, 16) + kills_of_any_size(run, 10),
        .argument = {.shared = run->shared,
                     .salt = kills_below(run, UINT64_MAX),
                     .words = kills_of_any_size(run, 5)},
        .phase = kills_one_in(run, 8)   ? BEFORE
                 : kills_one_in(run, 8) ? AFTER
                                        : DURING,
    };
    if (kills_one_in(run, 10))
        plan->argument.words = KILLS_MOST_WORDS;
    plan->chunk = kills_one_in(run, 3) ? 0 : kills_of_any_size(run, 6);
    uint64_t most_steps =
        1 + (1 << (14 + kills_below(run, 8))) / plan->count; // few long items, or many short ones
    for (size_t i = 0; i < plan->count; i++)
        run->items[i] = (struct kills_item){.value = kills_below(run, UINT64_MAX),
                                            .index = (uint32_t)i,
                                            .steps = (uint32_t)kills_below(run, most_steps)};
    plan->order = (struct killer_order){.random = kills_below(run, UINT64_MAX),
                                        .signal = any_signal(run),
                                        .most = kills_one_in(run, 4) ? 2 : 1};
    if (plan->phase == DURING)
        plan->order.delay_ns = (int64_t)kills_below(run, (uint64_t)(1.2 * expected_ns(run, plan)));
}

static void send_killer(struct kills *run, const struct plan *plan)
{
    if (killer_send(run->killer, &plan->order) == -1)
        kills_fail(run, "the killer has ended");
}

// Returns how many of the workers that were hit may have cost an item.
static int hear_killer(struct kills *run, const struct plan *plan)
{
    struct killer_report report;
    if (killer_hear(run->killer, &report) == -1 || report.victims == -1)
        kills_fail(run, report.victims == -1
                            ? "/proc/PID/task/TID/children is not there: CONFIG_PROC_CHILDREN"
                            : "the killer has ended");
    int in_time = 0;
    for (int i = 0; i < report.victims; i++) {
        run->sums.victims[report.phases[i]]++;
        in_time += plan->phase == DURING && report.phases[i] != AFTER;
    }
    return in_time;
}

// Whether an item has its result; if not, there must be nothing at all.
static bool has_result(const struct kills *run, const struct plan *plan, size_t i)
{
    static const uint64_t untouched = 0xa5a5a5a5a5a5a5a5;
    size_t words = plan->argument.words, right = 0, left = 0;
    for (size_t w = 0; w < words; w++) {
        right += run->results[i * words + w] == word(&run->items[i], &plan->argument, w);
        left += run->results[i * words + w] == untouched;
    }
    if (right != words && left != words)
        kills_fail(run, "item %zu has a wrong result: %zu of %zu words are right", i, right, words);
    return right == words;
}

// Holds what came of the items against what pool_map() says.
static void judge(const struct kills *run, const struct plan *plan, const struct pool_map *map, int error,
                  int victims)
{
    size_t missing = 0, begun_missing = 0, first = 0;
    for (size_t i = 0; i < plan->count; i++) {
        int begun = atomic_load(&run->shared->begun[i]);
        bool is_there = has_result(run, plan, i);
        if (begun > 1 || (is_there && begun == 0))
            kills_fail(run, "item %zu was begun %d times", i, begun);
        if (!is_there && missing++ == 0)
            first = i;
        begun_missing += !is_there && begun == 1;
    }
    if (missing != map->missing)
        kills_fail(run, "%zu items have no result, and `missing` is %zu", missing, map->missing);
    if (error == 0 ? missing > 0 : missing == 0)
        kills_fail(run, "pool_map: %s, and %zu items have no result",
                   error == 0 ? "success" : strerror(error), missing);
    if (missing > 0 && first != map->item)
        kills_fail(run, "item %zu is the first without a result, and `item` is %zu", first, map->item);
    // A dead worker costs the item that it was busy with, and no other.
    if (begun_missing > (size_t)victims || (error == ECANCELED && missing > (size_t)victims))
        kills_fail(run, "%zu items have no result, of %d workers killed", missing, victims);
}

// The map says why an item is missing: its worker was killed by this signal. If a worker was killed
// before it was ready, and no other was left, the map gives up: ECHILD, and what is left was not begun.
static void judge_words(struct kills *run, const struct plan *plan, const struct pool_map *map, int error)
{
    if (error == 0) {
        run->sums.right++;
        return;
    }
    run->sums.named++;
    if (error == ECHILD && map->why == POOL_NOT_BEGUN)
        run->sums.not_begun++;
    else if ((error != ECANCELED && error != ECHILD) || map->why != POOL_WORKER_ENDED ||
             map->code != -plan->order.signal)
        kills_fail(run, "pool_map: %s; item %zu, why %d, code %d; the signal was %d", strerror(error),
                   map->item, map->why, map->code, plan->order.signal);
}

void kills_do_map(struct kills *run)
{
    static struct plan plan;
    make_plan(run, &plan);
    size_t result_size = plan.argument.words * sizeof run->results[0];
    struct pool_map map = {.function = work,
                           .argument = &plan.argument,
                           .argument_size = sizeof plan.argument,
                           .items = run->items,
                           .item_size = sizeof run->items[0],
                           .results = run->results,
                           .result_size = result_size,
                           .count = plan.count,
                           .chunk = plan.chunk};
    int victims = 0;
    memset(run->results, 0xa5, plan.count * result_size);
    memset(run->shared->begun, 0, sizeof run->shared->begun);
    atomic_store(&run->shared->phase, BEFORE);
    if (plan.phase != AFTER)
        send_killer(run, &plan);
    if (plan.phase == BEFORE)
        victims = hear_killer(run, &plan);
    atomic_store(&run->shared->phase, DURING);
    double expected = expected_ns(run, &plan), begin = kills_now();
    int error = pool_map(run->pool, &map) == 0 ? 0 : errno;
    run->pace *= kills_now() - begin < expected ? 0.98 : 1.02; // so that half of the maps take less
    atomic_store(&run->shared->phase, AFTER);
    if (plan.phase == AFTER)
        send_killer(run, &plan);
    if (plan.phase != BEFORE)
        victims = hear_killer(run, &plan);
    judge(run, &plan, &map, error, victims);
    judge_words(run, &plan, &map, error);
}
