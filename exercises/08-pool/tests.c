// What pool.h promises, sentence by sentence.
#include "examiner.h"
#include "pool.h"
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum act { SQUARE, FAIL, EXIT, RAISE, CRASH }; // what an item does: as in driver.c

static int64_t part(const struct outcome *outcome, const char *name, const char *suffix)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, suffix);
    return answered(outcome, whole);
}

// For a drive that did not come to its end: says what was going on.
static void expect_ended(const struct outcome *outcome, const char *story)
{
    const char *end = ending(outcome);
    cr_assert(*end == '\0', "%s %s", story, end);
    expect_answer(outcome);
}

static const char *why_text(int64_t why)
{
    static const char *const texts[] = {"POOL_TASK_FAILED", "POOL_WORKER_ENDED", "POOL_NOT_BEGUN"};
    return why >= 0 && why <= 2 ? texts[why] : "no enum pool_why";
}

// What stands in `results` is right: the square of each item that was made, and nothing else.
static void expect_places(const struct outcome *outcome, const char *name, const char *story)
{
    int at = (int)part(outcome, name, "wrong_at");
    if (at == -1)
        return;
    if (part(outcome, name, "wrong_untouched"))
        cr_assert(false, "%s Item %d was done, but its place in `results` was not written.", story, at);
    cr_assert(false,
              "%s results[%d] is wrong: it is not the result of item %d, or it was written although "
              "there is none. Each result belongs in the place of its item, whoever is first.",
              story, at, at);
}

// No item was begun twice, and none in the parent.
static void expect_runs(const struct outcome *outcome, const char *name, const char *story)
{
    cr_assert(part(outcome, name, "in_parent") == 0,
              "%s The function was called in the program itself for %d items. Each call has to be made "
              "in one of the workers.",
              story, (int)part(outcome, name, "in_parent"));
    cr_assert(part(outcome, name, "most_runs") <= 1,
              "%s The function was called %d times for item %d, expected once.", story,
              (int)part(outcome, name, "most_runs"), (int)part(outcome, name, "most_runs_at"));
}

// The map gave 0 and did all `count` items.
static void expect_whole(const struct outcome *outcome, const char *name, int count, const char *story)
{
    cr_assert(answered(outcome, name) == 0, "%s pool_map() %s, expected 0.%s", story,
              result_text(outcome, name),
              failed_with(outcome, name, ECANCELED)
                  ? arguments(" It said that %d items are missing, first item %d (%s, code %d).",
                              (int)part(outcome, name, "missing"), (int)part(outcome, name, "item"),
                              why_text(part(outcome, name, "why")), (int)part(outcome, name, "code"))
                  : "");
    expect_runs(outcome, name, story);
    cr_assert(part(outcome, name, "begun") == count,
              "%s pool_map() gave 0, but the function was called for %d of %d items.", story,
              (int)part(outcome, name, "begun"), count);
    expect_places(outcome, name, story);
    cr_assert(
        part(outcome, name, "missing") == 0,
        "%s pool_map() gave 0, but `missing` is %d afterwards: pool_map() sets it each time, to 0 if "
        "all items have a result.",
        story, (int)part(outcome, name, "missing"));
}

// The map gave -1 and said this. All items that are not missing are done.
static void expect_missing(const struct outcome *outcome, const char *name, struct pool_map expected,
                           const char *story)
{
    cr_assert(failed_with(outcome, name, ECANCELED), "%s pool_map() %s, expected -1 (ECANCELED).", story,
              result_text(outcome, name));
    expect_runs(outcome, name, story);
    expect_places(outcome, name, story);
    cr_assert(part(outcome, name, "missing") == (int64_t)expected.missing,
              "%s pool_map() set `missing` to %d, expected %d. What is the matter with one item must not "
              "cost others their results.",
              story, (int)part(outcome, name, "missing"), (int)expected.missing);
    cr_assert(
        part(outcome, name, "item") == (int64_t)expected.item &&
            part(outcome, name, "why") == expected.why && part(outcome, name, "code") == expected.code,
        "%s pool_map() named item %d (%s, code %d), expected item %d (%s, code %d).", story,
        (int)part(outcome, name, "item"), why_text(part(outcome, name, "why")),
        (int)part(outcome, name, "code"), (int)expected.item, why_text(expected.why), expected.code);
}

static void expect_error(const struct outcome *outcome, const char *name, const char *call, int error,
                         const char *hint)
{
    cr_expect(failed_with(outcome, name, error), "%s %s, expected -1 (%s). %s", call,
              result_text(outcome, name), error_name(error), hint);
}

// For pool_create(), which the drive answers as 0 if there was a pool, and -1 for NULL.
static void expect_no_pool(const struct outcome *outcome, const char *name, const char *call, int error)
{
    if (answered(outcome, name) == 0)
        cr_expect(false, "%s gave a pool, expected NULL (%s).", call, error_name(error));
    else
        cr_expect(failed_with(outcome, name, error), "%s gave NULL (%s), expected NULL (%s).", call,
                  error_name(part(outcome, name, "errno")), error_name(error));
}

// Afterwards the pool had a plain map of 20 items.
static void expect_usable(const struct outcome *outcome)
{
    expect_whole(outcome, "next", 20, "This was the next map of the same pool.");
}

// The drive "orders": without `at`, `fail`, `kill` and `leave` no item is special.
__attribute__((format(printf, 1, 2))) static struct outcome drive_orders(const char *format, ...)
{
    char text[200];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return drive("orders", (struct drive){.arguments = arguments("%s", text), .find_leaks = true});
}

GRADED(pool, maps_a_list, 6, "a pool maps a function over a list of numbers")
{
    int64_t numbers[100];
    size_t count = (size_t)random_between(20, 100);
    for (size_t i = 0; i < count; i++)
        numbers[i] = random_between(-1000000, 1000000);
    struct outcome outcome = drive("squares", (struct drive){.arguments = "processes=1",
                                                             .input = numbers,
                                                             .input_size = count * sizeof numbers[0]});
    expect_ended(&outcome, "A pool of one worker was made, squares were mapped, the pool was released.");
    cr_assert(answered(&outcome, "create"),
              "pool_create(options) gave NULL (%s), expected a pool. Start here: allocate a struct pool, "
              "and start the workers with crew_create(); `body` is what each of them does, and "
              "worker_run() does most of it.",
              error_name(answered(&outcome, "create_errno")));
    cr_assert(answered(&outcome, "map") == 0,
              "pool_map() %s, expected 0. It gives every item to a worker, which calls the function and "
              "gives the result back; it returns when all results are there.",
              result_text(&outcome, "map"));
    int right = (int)answered(&outcome, "right");
    int64_t whose = answered(&outcome, "whose");
    cr_assert(right == (int)count || whose < 0 || whose >= (int64_t)count,
              "pool_map() gave 0, but results[%d] is %" PRId64 ": that is the square of item %" PRId64
              ", %" PRId64 ". Each result belongs in the place of its item.",
              right, answered(&outcome, "result"), whose, numbers[whose]);
    cr_assert(right == (int)count,
              "pool_map() gave 0, but results[%d] is %" PRId64 " for the number %" PRId64
              ", whose square is %" PRId64 ". A worker's memory is its own after fork(2): what it writes "
              "into `results` nobody else sees, and what the program writes into `items` after the "
              "start of the workers they do not see. Send it, or share it (memory_create()).",
              right, answered(&outcome, "result"), answered(&outcome, "number"),
              answered(&outcome, "number") * answered(&outcome, "number"));
    cr_assert(answered(&outcome, "processes") == 1, "pool_processes() gave %d, expected 1.",
              (int)answered(&outcome, "processes"));
    cr_assert(answered(&outcome, "children") == 0,
              "After pool_release() the program still had %s. It ends all workers and waits for them.",
              answered(&outcome, "children") == 2 ? "a zombie" : "a child");
    expect_clean(&outcome);
}

// The first two tests build on each other; all others need them, and those of a pool on demand the first
// of these.
#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, pool, name, points, description)
#define AFTER_ITEMS(name, points, description)                                                           \
    AFTER("every_item_once_in_a_worker", name, points, description)

AFTER("maps_a_list", every_item_once_in_a_worker, 4,
      "the function is called once for each item, in a worker and not in the program itself")
{
    int count = (int)random_between(20, 100);
    struct outcome outcome = drive_orders("count=%d processes=3 chunk=1", count);
    const char *story = arguments("%d items were mapped by 3 workers.", count);
    expect_ended(&outcome, story);
    cr_assert(answered(&outcome, "map") == 0, "%s pool_map() %s, expected 0.", story,
              result_text(&outcome, "map"));
    expect_runs(&outcome, "map", story);
    cr_assert(part(&outcome, "map", "begun") == count,
              "%s pool_map() gave 0, but the function was called for %d of them.", story,
              (int)part(&outcome, "map", "begun"));
    cr_expect(part(&outcome, "map", "processes") <= 3,
              "%s The items were done by %d processes: the pool's workers do them all, and a new process "
              "for an item is started only when a worker has ended.",
              story, (int)part(&outcome, "map", "processes"));
    expect_clean(&outcome);
}

AFTER_ITEMS(keeps_input_order, 4, "results stand in the order of the items, whichever was done first")
{
    int count = (int)random_between(5, 40);
    struct outcome outcome =
        drive("hold", (struct drive){.arguments = arguments("own=1 chunk=1 count=%d", count)});
    const char *story = arguments("Of two workers, the one with the first of %d items had to wait until "
                                  "the other one had done all the others (chunk 1).",
                                  count);
    expect_ended(&outcome, arguments("%s Whoever is done takes the next item.", story));
    expect_whole(&outcome, "map", count, story);
    expect_clean(&outcome);
}

AFTER_ITEMS(all_workers_at_once, 4, "all workers work at the same time")
{
    int processes = (int)random_between(2, 8);
    struct outcome outcome =
        drive("meeting", (struct drive){.arguments = arguments("processes=%d", processes)});
    const char *story = arguments("Each of %d items waited until all %d were under way, in a pool of so "
                                  "many workers (chunk 1).",
                                  processes, processes);
    cr_assert(outcome.limit != LIMIT_STALL,
              "%s They never met. pool_map() has to give work to all workers before it waits for one of "
              "them. %s",
              story, ending(&outcome));
    expect_ended(&outcome, story);
    cr_expect(answered(&outcome, "different") == processes, "%s They were done by %d processes.", story,
              (int)answered(&outcome, "different"));
    cr_expect(answered(&outcome, "processes") == processes, "pool_processes() gave %d, expected %d.",
              (int)answered(&outcome, "processes"), processes);
    expect_clean(&outcome);
}

static void expect_chunks(int count, int chunk, int given)
{
    struct outcome outcome = drive(
        "hold", (struct drive){.arguments = arguments("own=%d chunk=%d count=%d", chunk, given, count)});
    const char *story =
        arguments("Two workers mapped %d items with chunk %d%s. The worker with item 0 was held back.",
                  count, given, given == 0 ? arguments(" (automatic: %d)", chunk) : "");
    expect_ended(&outcome,
                 arguments("%s The other one should do all from item %d on meanwhile: were they taken "
                           "together with item 0?",
                           story, chunk));
    expect_whole(&outcome, "map", count, story);
    cr_expect(answered(&outcome, "neighbours") == chunk,
              "%s Of the first %d items it did only %d: a worker takes a whole chunk of neighbours, and "
              "nobody else does them while it lives.",
              story, chunk, (int)answered(&outcome, "neighbours"));
    expect_clean(&outcome);
}

AFTER_ITEMS(takes_chunks_of_neighbours, 2,
            "a worker takes `chunk` neighbours at a time, or by itself a quarter "
            "of its share")
{
    int chunk = (int)random_between(2, 9);
    expect_chunks((int)random_between(chunk + 1, 50), chunk, chunk);
    int eighth = (int)random_between(2, 6);
    expect_chunks(8 * eighth, eighth, 0);
    expect_chunks(8 * eighth + 1, eighth + 1, 0);
}

// A map of items of some sizes, and what came of it.
static struct outcome expect_sizes(int64_t item, int64_t result, int count, const char *more)
{
    struct outcome outcome = drive(
        "sizes", (struct drive){.arguments = arguments("item=%" PRId64 " result=%" PRId64 " count=%d %s",
                                                       item, result, count, more),
                                .find_leaks = true});
    const char *story =
        arguments("%d items of %" PRId64 " bytes, with results of %" PRId64 " bytes (%s), were mapped.",
                  count, item, result, *more == '\0' ? "nothing else" : more);
    expect_ended(&outcome, arguments("%s Does a side send, and nobody receives? A channel holds some 200 "
                                     "KB; then a send waits.",
                                     story));
    cr_assert(answered(&outcome, "map") == 0, "%s pool_map() %s, expected 0.%s", story,
              result_text(&outcome, "map"),
              failed_with(&outcome, "map", ECANCELED)
                  ? " The function fails if the item has not arrived as it was."
                  : "");
    cr_assert(answered(&outcome, "right") == count, "%s %d of %d results are right.", story,
              (int)answered(&outcome, "right"), count);
    cr_assert(answered(&outcome, "runs") == count, "%s The function was called %d times.", story,
              (int)answered(&outcome, "runs"));
    cr_expect(answered(&outcome, "misaligned") == 0,
              "%s %d times an item or its result was not aligned as elements of an array are: lay items, "
              "results and argument at addresses that are multiples of 16.",
              story, (int)answered(&outcome, "misaligned"));
    cr_assert(answered(&outcome, "next_right") == answered(&outcome, "next_count"),
              "%s Then came a map of %d items in the same pool: %d results are right.", story,
              (int)answered(&outcome, "next_count"), (int)answered(&outcome, "next_right"));
    expect_clean(&outcome);
    return outcome;
}

AFTER_ITEMS(argument_reaches_every_call, 3, "the bound argument reaches every call, and NULL is NULL")
{
    const int sizes[] = {0, (int)random_between(1, 15), (int)random_between(16, 5000)};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct outcome outcome = expect_sizes(16, 8, 30, arguments("argument=%d", sizes[i]));
        cr_expect(answered(&outcome, "wrong_arguments") == 0,
                  "With an argument of %d bytes%s, %d calls of 30 were given something else.", sizes[i],
                  sizes[i] == 0 ? " (NULL)" : "", (int)answered(&outcome, "wrong_arguments"));
        cr_expect(
            answered(&outcome, "next_wrong_arguments") == answered(&outcome, "wrong_arguments"),
            "The next map of the pool has an argument of %d bytes; calls were given something else.",
            sizes[i] + 3);
    }
}

AFTER_ITEMS(every_size_arrives, 3, "items and results of every size arrive whole, and nothing blocks")
{
    expect_sizes(1, 1, 200, "");
    expect_sizes(3, 24, 50, "argument=5");
    expect_sizes(24, 3, 50, "argument=1");
    expect_sizes(8, 0, 30, "");
    expect_sizes(70000, 70000, 20, "chunk=1");
    expect_sizes(1 << 20, 1 << 20, 5, "chunk=1");
    expect_sizes(1 << 20, 1 << 20, 5, "chunk=5 processes=1");
}

AFTER_ITEMS(a_map_may_be_larger_than_the_memory, 2,
            "a map may be larger than the pool's memory; one item with argument and result may not")
{
    expect_sizes(random_between(50, 150), random_between(20, 90), 200, "memory=4096 argument=10");
    struct outcome outcome =
        drive("limit", (struct drive){.arguments = arguments(
                                          "argument=%d item=%d result=%d", (int)random_between(1, 300),
                                          (int)random_between(1, 3000), (int)random_between(1, 3000)),
                                      .find_leaks = true});
    expect_ended(&outcome, "Three items were mapped, of which each took all of the pool's memory.");
    cr_assert(answered(&outcome, "fits") == 3 && answered(&outcome, "afterwards") == 3,
              "An item, its result and the argument together had as many bytes as options.memory. Of "
              "three such items %d were right, and %d after others had been refused; expected 3. What a "
              "pool needs besides does not count.",
              (int)answered(&outcome, "fits"), (int)answered(&outcome, "afterwards"));
    static const char *const names[] = {"argument", "item", "result"};
    for (int i = 0; i < 3; i++)
        expect_error(
            &outcome, names[i],
            arguments("With one byte more of %s than the memory has room for, pool_map()", names[i]),
            EMSGSIZE, "One item, its result and the argument are more than options.memory then.");
    expect_clean(&outcome);
}

static void expect_chunk_of_all(int64_t chunk, const char *text)
{
    int count = (int)random_between(2, 20);
    struct outcome outcome = drive_orders("count=%d processes=2 chunk=%" PRId64, count, chunk);
    const char *story =
        arguments("%d items were mapped with a chunk of %s. (A sum with such a number begins "
                  "again at 0: take no more than there is.)",
                  count, text);
    expect_ended(&outcome, story);
    expect_whole(&outcome, "map", count, story);
    expect_clean(&outcome);
}

AFTER_ITEMS(few_items_or_none, 1,
            "a map of no items gives 0; there may be fewer items than workers, or than a chunk has")
{
    struct outcome outcome = drive("nothing", (struct drive){0});
    expect_ended(&outcome, "A map had a count of 0.");
    expect_whole(&outcome, "map", 0, "The map had a count of 0.");
    expect_usable(&outcome);
    outcome = drive("waiting", (struct drive){.arguments = "ms=1"});
    expect_ended(&outcome, "Four items were mapped by eight workers.");
    cr_expect(answered(&outcome, "right") == 4, "Four items, eight workers: %d results are right.",
              (int)answered(&outcome, "right"));
    expect_clean(&outcome);
    expect_chunk_of_all(-1, "SIZE_MAX");
    expect_chunk_of_all(INT64_MIN, "SIZE_MAX / 2 + 1");
}

AFTER_ITEMS(wrong_maps_are_refused, 3, "a map that makes no sense is EINVAL, and changes nothing")
{
    static const struct {
        const char *name, *what;
    } maps[] = {
        {"no_function", "without a function"},
        {"no_items", "with items NULL and a count of 4"},
        {"no_item_size", "with an item_size of 0"},
        {"no_results", "with results NULL and a result_size of 8"},
        {"no_argument", "with argument NULL and an argument_size of 8"},
        {"count_of_items", "whose count * item_size does not fit into a size_t"},
        {"size_of_results", "whose count * result_size does not fit into a size_t"},
        {"count_of_bytes", "of SIZE_MAX items of 1 byte: no object is larger than PTRDIFF_MAX"},
    };
    struct outcome outcome = drive("refused", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Maps that make no sense were tried.");
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        expect_error(&outcome, maps[i].name, arguments("For a map %s, pool_map()", maps[i].what), EINVAL,
                     "Look before anything is copied or sent; divide, where a product could overflow.");
    cr_expect(answered(&outcome, "begun") == 0,
              "Maps were refused, and the function was called %d times.",
              (int)answered(&outcome, "begun"));
    expect_usable(&outcome);
    expect_clean(&outcome);
}

AFTER_ITEMS(wrong_options_are_refused, 2,
            "options that make no sense are EINVAL, absurd memory is ENOMEM")
{
    int number = (int)random_between(1, 1000);
    struct outcome outcome =
        drive("refused_options",
              (struct drive){.arguments = arguments("number=%d", number), .find_leaks = true});
    expect_ended(&outcome, "Pools were made with options that make no sense.");
    expect_no_pool(&outcome, "processes", arguments("pool_create() with processes = %d", -number),
                   EINVAL);
    expect_no_pool(&outcome, "many", "pool_create() with processes = CREW_MOST_WORKERS + 1", EINVAL);
    expect_no_pool(&outcome, "most", "pool_create() with processes = INT_MAX", EINVAL);
    expect_no_pool(&outcome, "tasks", "pool_create() with tasks_per_worker = -1", EINVAL);
    expect_no_pool(&outcome, "memory", "pool_create() with memory = SIZE_MAX (does a sum overflow?)",
                   ENOMEM);
    expect_no_pool(&outcome, "much_memory", "pool_create() with memory = SIZE_MAX / 4", ENOMEM);
    cr_expect(answered(&outcome, "children") == 0,
              "A process was left behind by pools that were not made.");
    cr_expect(answered(&outcome, "descriptors") == 0,
              "Pools that were not made left %d descriptors open.",
              (int)answered(&outcome, "descriptors"));
    expect_clean(&outcome);
}

AFTER_ITEMS(
    default_is_the_usable_processors, 2,
    "by default there is one worker for each processor that may be used, and no more than the quota")
{
    static const struct {
        int usable, quota, expected;
    } machines[] = {{3, -1, 3}, {5, 0, 5}, {3, 150000, 2}, {4, 200000, 2}, {2, 900000, 2}, {3, 5000, 1}};
    for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
        int usable = machines[i].usable, quota = machines[i].quota, expected = machines[i].expected;
        struct outcome outcome =
            drive("machine", (struct drive){.arguments = arguments("usable=%d quota=%d options=%d",
                                                                   usable, quota, (int)(i % 2))});
        const char *text = quota > 0    ? arguments("says \"%d 100000\"", quota)
                           : quota == 0 ? "says \"max 100000\""
                                        : "does not exist";
        expect_ended(&outcome, "As many items as pool_processes() says met in the workers.");
        cr_assert(answered(&outcome, "processes") == expected,
                  "On a machine with 16 processors, %d of which sched_getaffinity(2) allows, where "
                  "/sys/fs/cgroup/cpu.max %s, a pool by default had %d workers, expected %d. (The file "
                  "holds microseconds of processor time, and in so many of time.)",
                  usable, text, (int)answered(&outcome, "processes"), expected);
        cr_assert(answered(&outcome, "different") == expected,
                  "pool_processes() gave %d, but %d processes do the work.", expected,
                  (int)answered(&outcome, "different"));
        cr_expect(answered(&outcome, "descriptors") == 0, "The pool has left %d descriptors open.",
                  (int)answered(&outcome, "descriptors"));
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(failed_task_is_named, 3, "a task that fails is named with its code; all others are done")
{
    const int codes[] = {1, -1, (int)random_between(2, 100000), INT_MIN, 256};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        int count = (int)random_between(10, 100);
        int at = (int)random_between(0, count - 1);
        struct outcome outcome =
            drive_orders("count=%d processes=2 at=%d act=%d code=%d", count, at, (int)FAIL, codes[i]);
        const char *story = arguments("Of %d items, the function returned %d for item %d, and 0 for the "
                                      "others.",
                                      count, codes[i], at);
        expect_ended(&outcome, story);
        expect_missing(&outcome, "map",
                       (struct pool_map){
                           .missing = 1, .item = (size_t)at, .why = POOL_TASK_FAILED, .code = codes[i]},
                       story);
        cr_assert(part(&outcome, "map", "begun") == count, "%s Only %d items were begun.", story,
                  (int)part(&outcome, "map", "begun"));
        expect_usable(&outcome);
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(ended_worker_is_named, 3,
            "a worker that ends in a task, in whatever way, is told with the item")
{
    static const struct {
        enum act act;
        int given, code;
        const char *what, *hint;
    } ends[] = {
        {EXIT, 0, 0, "ended by _exit(0)", " That is no success: the function has not returned."},
        {EXIT, 3, 3, "ended by _exit(3)", ""},
        {RAISE, SIGABRT, -SIGABRT, "was aborted (SIGABRT)", ""},
        {RAISE, SIGKILL, -SIGKILL, "was killed (SIGKILL)", ""},
        {CRASH, 0, -SIGSEGV, "wrote to a bad address (SIGSEGV)", ""},
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        int count = (int)random_between(10, 40);
        int at = (int)random_between(0, count - 1);
        struct outcome outcome = drive_orders("count=%d processes=2 chunk=1 at=%d act=%d code=%d", count,
                                              at, (int)ends[i].act, ends[i].given);
        const char *story = arguments("Of %d items, the worker %s in the middle of item %d.%s", count,
                                      ends[i].what, at, ends[i].hint);
        expect_ended(&outcome, arguments("%s pool_map() has to notice it, and to return.", story));
        expect_missing(
            &outcome, "map",
            (struct pool_map){
                .missing = 1, .item = (size_t)at, .why = POOL_WORKER_ENDED, .code = ends[i].code},
            story);
        expect_usable(&outcome);
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(idle_deaths_are_noticed, 2,
            "workers that die between two maps are replaced, and cost nothing")
{
    static const struct {
        int processes, killed, chunk;
    } cases[] = {{3, 1, 1}, {3, 3, 0}, {1, 1, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int killed = cases[i].killed, processes = cases[i].processes;
        struct outcome outcome = drive(
            "idle_deaths", (struct drive){.arguments = arguments("processes=%d killed=%d chunk=%d",
                                                                 processes, killed, cases[i].chunk)});
        const char *story =
            arguments("%d of %d workers were killed while they had nothing to do; then came "
                      "a map.",
                      killed, processes);
        expect_ended(&outcome, arguments("%s (After it, as many items as there should be workers waited "
                                         "for each other: the dead must have been replaced.)",
                                         story));
        expect_whole(&outcome, "map", 40, story);
        cr_expect(answered(&outcome, "arrived") == processes,
                  "%s After it, %d of %d workers came to a meeting.", story,
                  (int)answered(&outcome, "arrived"), processes);
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(lowest_missing_item_is_named, 2,
            "of several missing items the lowest is named, all are counted")
{
    for (int i = 0; i < 3; i++) {
        int at[3]; // where an item fails (5), kills its worker, and leaves by _exit(0)
        for (int k = 0; k < 3; k++)
            at[k] = 10 * ((i + k) % 3) + (int)random_between(0, 9);
        struct outcome outcome = drive_orders("count=30 processes=2 chunk=%d fail=%d kill=%d leave=%d", i,
                                              at[0], at[1], at[2]);
        const char *story =
            arguments("Of 30 items, the function failed for item %d (5), and its worker was "
                      "killed in item %d and ended by _exit(0) in item %d.",
                      at[0], at[1], at[2]);
        const struct pool_map first[] = {
            {.missing = 3, .item = (size_t)at[0], .why = POOL_TASK_FAILED, .code = 5},
            {.missing = 3, .item = (size_t)at[1], .why = POOL_WORKER_ENDED, .code = -SIGKILL},
            {.missing = 3, .item = (size_t)at[2], .why = POOL_WORKER_ENDED, .code = 0},
        };
        expect_ended(&outcome, story);
        expect_missing(&outcome, "map", first[(3 - i) % 3], story);
        expect_usable(&outcome);
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(rest_of_a_chunk_is_done, 3,
            "the rest of a chunk whose worker has ended is done all the same, and nothing is done twice")
{
    for (int processes = 1; processes <= 2; processes++) {
        int at = (int)random_between(1, 8);
        struct outcome outcome = drive_orders("count=20 processes=%d chunk=10 kill=%d", processes, at);
        const char *story =
            arguments("A worker took items 0 to 9 as a chunk, and was killed in the middle of "
                      "item %d. Before it are items that are done, behind it items that are "
                      "not.",
                      at);
        expect_ended(&outcome, story);
        expect_missing(&outcome, "map",
                       (struct pool_map){
                           .missing = 1, .item = (size_t)at, .why = POOL_WORKER_ENDED, .code = -SIGKILL},
                       story);
        expect_usable(&outcome);
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(
    initializer_runs_once_in_each_worker, 2,
    "the initializer runs once in each worker, before its first task, also in one that replaces another")
{
    for (int tasks = 0; tasks <= 4; tasks += 4) {
        struct outcome outcome =
            drive("initializer", (struct drive){.arguments = arguments("processes=3 tasks=%d", tasks)});
        const char *story =
            arguments("A pool of 3 workers had an initializer (tasks_per_worker: %d).", tasks);
        expect_ended(&outcome, story);
        cr_expect(
            answered(&outcome, "at_create") == 3,
            "%s When pool_create() returned, the initializer had been called %d times, expected 3: it "
            "waits until all are initialized.",
            story, (int)answered(&outcome, "at_create"));
        expect_whole(&outcome, "map", 24, story);
        cr_expect(answered(&outcome, "unprepared") == 0,
                  "%s %d tasks ran in a process in which it had not been called with its argument.",
                  story, (int)answered(&outcome, "unprepared"));
        cr_expect(answered(&outcome, "twice") == 0, "%s It was called twice in a process.", story);
        cr_expect(tasks > 0 || answered(&outcome, "started") == 3,
                  "%s It was called %d times, expected 3.", story, (int)answered(&outcome, "started"));
        expect_clean(&outcome);
    }
}

static void expect_failed_start(const char *text, int error, const char *story)
{
    struct outcome outcome =
        drive("initializer_fails", (struct drive){.arguments = text, .find_leaks = true});
    expect_ended(&outcome, arguments("%s Does pool_create() wait for a worker that has gone?", story));
    cr_assert(answered(&outcome, "create") == -1, "%s pool_create() gave a pool, expected NULL (%s).",
              story, error_name(error));
    expect_no_pool(&outcome, "create", arguments("%s pool_create()", story), error);
    cr_expect(answered(&outcome, "started") <= 3,
              "%s Of 3 workers %d were started: who cannot start is not started again and again.", story,
              (int)answered(&outcome, "started"));
    cr_expect(answered(&outcome, "children") == 0, "%s A process was left behind.", story);
    cr_expect(answered(&outcome, "descriptors") == 0, "%s %d descriptors were left open.", story,
              (int)answered(&outcome, "descriptors"));
    expect_clean(&outcome);
}

AFTER_ITEMS(failing_initializer_fails_the_pool, 3,
            "an initializer that fails, or ends its worker, fails pool_create(), and nothing is left")
{
    const int codes[] = {EACCES, ENODEV, EDOM, ENOTTY};
    int code = codes[random_between(0, 3)];
    expect_failed_start(arguments("code=%d", code), code,
                        arguments("The initializer returned %s in each worker.", error_name(code)));
    expect_failed_start(arguments("from=3 code=%d", code), code,
                        arguments("The initializer returned %s in one of 3 workers.", error_name(code)));
    expect_failed_start(arguments("from=2 by=%d code=0", EXIT), ECHILD,
                        "A worker ended by _exit(0) in its initializer.");
    expect_failed_start(arguments("by=%d code=%d", RAISE, SIGKILL), ECHILD,
                        "Each worker was killed in its initializer.");
}

// The first task of a map of 10 has killed its worker, who could not be replaced.
static void expect_abandoned(const struct outcome *outcome, int error, const char *story)
{
    expect_error(outcome, "map", arguments("%s pool_map()", story), error, "No worker was left.");
    enum pool_why why = answered(outcome, "died") == 0 ? POOL_WORKER_ENDED : POOL_NOT_BEGUN;
    cr_expect(
        part(outcome, "map", "missing") == 10 && part(outcome, "map", "item") == 0 &&
            part(outcome, "map", "why") == why,
        "%s pool_map() said that %d items are missing, first item %d (%s); expected 10, item 0 (%s).",
        story, (int)part(outcome, "map", "missing"), (int)part(outcome, "map", "item"),
        why_text(part(outcome, "map", "why")), why_text(why));
    cr_expect(answered(outcome, "started") <= 4, "%s %d workers were started for this one map.", story,
              (int)answered(outcome, "started"));
}

static void expect_carried_on(const struct outcome *outcome, const char *story)
{
    expect_missing(outcome, "map",
                   (struct pool_map){.missing = 1,
                                     .item = (size_t)answered(outcome, "died"),
                                     .why = POOL_WORKER_ENDED,
                                     .code = -SIGKILL},
                   story);
}

AFTER_ITEMS(map_ends_without_workers, 2,
            "a map returns also when its last worker cannot be replaced; the next one tries again")
{
    const char *story =
        "The only worker was killed in its first of 10 items, and the initializer of whoever "
        "took its place returned EACCES.";
    struct outcome outcome =
        drive("no_replacement", (struct drive){.arguments = arguments("code=%d", EACCES)});
    expect_ended(&outcome, arguments("%s Nobody is left then: pool_map() has to return.", story));
    expect_abandoned(&outcome, EACCES, story);
    expect_usable(&outcome);
    story = "One of two workers was killed in its first of 10 items, and could not be replaced.";
    outcome =
        drive("no_replacement", (struct drive){.arguments = arguments("processes=2 code=%d", EACCES)});
    expect_ended(&outcome, story);
    expect_carried_on(&outcome, story);
    expect_usable(&outcome);
    story =
        "The only worker was killed in its first of 10 items, and the next fork(2) failed with EAGAIN.";
    outcome = drive("no_replacement", (struct drive){.arguments = arguments("fork=1 code=%d", EAGAIN)});
    expect_ended(&outcome, story);
    if (failed_with(&outcome, "map", ECANCELED)) // it has tried again, which is right, too
        expect_carried_on(&outcome, story);
    else
        expect_abandoned(&outcome, EAGAIN, story);
    expect_usable(&outcome);
    expect_clean(&outcome);
}

AFTER_ITEMS(workers_are_replaced_after_so_many_tasks, 3,
            "tasks_per_worker counts tasks, whatever the chunk; nothing is lost or done twice")
{
    static const struct {
        int count, tasks, chunk, expected;
    } cases[] = {{8, 2, 1, 4}, {8, 2, 4, 4}, {8, 2, 0, 4}, {5, 1, 3, 5}, {9, 3, 2, 3}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int count = cases[i].count, expected = cases[i].expected;
        struct outcome outcome = drive_orders("count=%d processes=1 again=1 tasks=%d chunk=%d", count,
                                              cases[i].tasks, cases[i].chunk);
        const char *story =
            arguments("A pool of one worker and tasks_per_worker %d mapped %d items (chunk %d).",
                      cases[i].tasks, count, cases[i].chunk);
        expect_ended(&outcome, story);
        expect_whole(&outcome, "map", count, story);
        expect_whole(&outcome, "next", count, arguments("%s This was the second map.", story));
        cr_assert(
            part(&outcome, "map", "processes") == expected &&
                part(&outcome, "next", "processes") == expected,
            "%s %d processes did them, and %d in a second map; expected %d each time. A worker that "
            "may do fewer tasks than a chunk has takes no more than it may do.",
            story, (int)part(&outcome, "map", "processes"), (int)part(&outcome, "next", "processes"),
            expected);
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(closed_pool_is_joined, 2,
            "a closed pool refuses maps, and is joined; one that is not closed is EBUSY")
{
    for (int child = 0; child <= 1; child++) {
        struct outcome outcome = drive(
            "close", (struct drive){.arguments = arguments("child=%d", child), .find_leaks = child == 0});
        expect_ended(&outcome,
                     child ? "A pool was closed and joined while another child of the program was "
                             "alive, which had inherited the pool's descriptors. (To close them is not "
                             "enough then: a message that says so, or shutdown(2), ends a worker.)"
                           : "pool_join(), pool_close(), pool_map(), pool_join() were called.");
        expect_error(&outcome, "early", "pool_join() before pool_close()", EBUSY, "");
        cr_expect(answered(&outcome, "early_reaped") == 0,
                  "Before pool_close(), %d of 3 workers had ended: they live until then.",
                  (int)answered(&outcome, "early_reaped"));
        cr_expect(answered(&outcome, "close") == 0 && answered(&outcome, "again") == 0,
                  "pool_close() %s the first time and %s the second time, expected 0.",
                  result_text(&outcome, "close"), result_text(&outcome, "again"));
        expect_error(&outcome, "map", "pool_map() of a closed pool", ESHUTDOWN, "");
        cr_expect(answered(&outcome, "join") == 0 && answered(&outcome, "join_again") == 0,
                  "pool_join() of a closed pool gave %d, and %d the second time, expected 0.",
                  (int)answered(&outcome, "join"), (int)answered(&outcome, "join_again"));
        cr_expect(answered(&outcome, "reaped") == 3,
                  "When pool_join() returned, %d of 3 workers had ended and were waited for.",
                  (int)answered(&outcome, "reaped"));
        cr_expect(answered(&outcome, "errno_kept"), "pool_release() has changed errno.");
        expect_clean(&outcome);
    }
}

// pool.h gives a worker a tenth of a second between SIGTERM and SIGKILL. On a busy machine it may not
// come to run in that time, which is nobody's fault: so it gets several chances to be seen handling
// SIGTERM.
static struct outcome drive_terminate(int release, const char *story)
{
    enum { CHANCES = 5 };
    const char *given = arguments("release=%d", release);
    struct outcome outcome;
    for (int i = 0; i < CHANCES; i++) {
        outcome = drive("terminate", (struct drive){.arguments = given});
        expect_ended(&outcome, story);
        if (answered(&outcome, "terms") == 1)
            break;
    }
    return outcome;
}

AFTER_ITEMS(terminate_ends_everybody, 3,
            "pool_terminate() ends workers that are stopped or hang: SIGTERM, then "
            "SIGKILL")
{
    for (int release = 0; release <= 1; release++) {
        const char *call = release ? "pool_release()" : "pool_terminate()";
        struct outcome outcome = drive_terminate(
            release,
            arguments("Four workers did an item each. Then one was stopped, one hung in a signal "
                      "handler and ignored SIGTERM, and one hung and handled SIGTERM; and then "
                      "came %s. (So the workers have to be there still after a map.)",
                      call));
        cr_assert(answered(&outcome, "different") == 4, "4 items waited for each other in %d processes.",
                  (int)answered(&outcome, "different"));
        cr_expect(
            answered(&outcome, "released") == 4 && (release || answered(&outcome, "reaped") == 4),
            "When %s had returned, %d of 4 workers had ended and were waited for. One was stopped, one "
            "hung and ignored SIGTERM: SIGKILL ends these.",
            call, (int)answered(&outcome, release ? "released" : "reaped"));
        cr_expect(
            answered(&outcome, "terms") == 1,
            "A worker that hung would have ended by SIGTERM, and %s did not send it before SIGKILL.",
            call);
        if (!release) {
            cr_expect(answered(&outcome, "terminate") == 0, "pool_terminate() %s, expected 0.",
                      result_text(&outcome, "terminate"));
            expect_error(&outcome, "after", "pool_map() after pool_terminate()", ESHUTDOWN, "");
            cr_expect(answered(&outcome, "join") == 0,
                      "pool_join() after pool_terminate() %s, expected 0.",
                      result_text(&outcome, "join"));
        }
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(
    other_processes_are_refused, 2,
    "in another process than its own the pool is EPERM and harmless; a worker may have its own pool")
{
    for (int child = 0; child <= 1; child++) {
        struct outcome outcome =
            drive("strangers", (struct drive){.arguments = arguments("child=%d", child)});
        const char *who = child ? "another child of the program" : "a worker, in a task";
        expect_ended(&outcome,
                     arguments("The pool's functions were called by %s. A map there would wait for a "
                               "worker that waits for it.",
                               who));
        cr_assert(answered(&outcome, "came_back"),
                  "The pool's functions were called by %s, which did not "
                  "survive it.",
                  who);
        static const char *const names[] = {"map", "close", "join", "terminate"};
        for (int i = 0; i < 4; i++)
            expect_error(&outcome, names[i], arguments("pool_%s() in %s", names[i], who), EPERM,
                         "Keep the pid of the process that made the pool, and compare it with getpid().");
        expect_usable(&outcome);
        expect_clean(&outcome);
    }
    struct outcome outcome = drive("nested", (struct drive){.processes = 64});
    expect_ended(&outcome, "Each task made a pool of its own, and used it.");
    expect_whole(&outcome, "map", 6, "Each task made a pool of its own, and used it.");
    expect_clean(&outcome);
}

AFTER_ITEMS(cancel_lets_finish_what_is_begun, 3,
            "pool_cancel() in a signal handler: what is begun is finished, the rest is not begun")
{
    const int chunks[] = {1, (int)random_between(2, 5)};
    for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
        int chunk = chunks[i];
        struct outcome outcome = drive(
            "cancel", (struct drive){.arguments = arguments("chunk=%d", chunk), .find_leaks = true});
        const char *story =
            arguments("Two of 30 items were under way in two workers (chunk %d), when a signal "
                      "handler called pool_cancel().",
                      chunk);
        expect_ended(&outcome, story);
        cr_assert(
            part(&outcome, "map", "begun") == 2,
            "%s %d items were begun, expected these two only: no further one, not even of a chunk that "
            "was taken.",
            story, (int)part(&outcome, "map", "begun"));
        expect_missing(&outcome, "map",
                       (struct pool_map){.missing = 28,
                                         .item = (size_t)answered(&outcome, "left"),
                                         .why = POOL_NOT_BEGUN,
                                         .code = 0},
                       story);
        expect_whole(
            &outcome, "next", 20,
            "After a cancelled map pool_cancel() was called without a map, and then came a map.");
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(signals_do_not_disturb, 2, "signals that arrive disturb nothing (EINTR)")
{
    int times = (int)random_between(1, 4);
    struct outcome outcome = drive("signals", (struct drive){.arguments = arguments("times=%d", times)});
    const char *story = "Signals came all the time; a worker was killed in item 5 of 30.";
    expect_ended(&outcome, story);
    expect_missing(&outcome, "map",
                   (struct pool_map){.missing = 1, .item = 5, .why = POOL_WORKER_ENDED, .code = -SIGKILL},
                   story);
    expect_usable(&outcome);
    cr_expect(answered(&outcome, "join") == 0 && answered(&outcome, "children") == 0,
              "Signals came all the time; after pool_join() %s children were left.",
              answered(&outcome, "children") ? "some" : "no");
    expect_clean(&outcome);
}

AFTER_ITEMS(failing_calls_leave_nothing, 3,
            "whichever call fails in pool_create(): an error, nobody left, nothing open")
{
    // The numbers are those of enum faults_call (autograder/driver/faults.h).
    static const struct {
        int call, error;
        const char *name;
    } calls[] = {
        {0, EAGAIN, "fork"}, {3, ENOMEM, "mmap"}, {4, EMFILE, "socketpair"}, {6, ENOMEM, "malloc"}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct outcome outcome = drive(
            "accidents",
            (struct drive){.arguments = arguments("call=%d error=%d", calls[i].call, calls[i].error),
                           .find_leaks = true});
        const char *name = calls[i].name;
        expect_ended(
            &outcome,
            arguments("The first %s() of pool_create() failed, then the second, and so on.", name));
        int nth = (int)answered(&outcome, "nth");
        const char *story = arguments("In pool_create() with 3 workers, call %d of %s() failed (%s).",
                                      nth, name, error_name(calls[i].error));
        if (answered(&outcome, "created"))
            cr_expect(answered(&outcome, "right"), "%s It gave a pool, which does not work.", story);
        else
            cr_expect(answered(&outcome, "right"), "%s It gave NULL with errno %s, expected %s.", story,
                      error_name(answered(&outcome, "error")), error_name(calls[i].error));
        cr_expect(answered(&outcome, "children") == 0, "%s A worker was left behind (%s).", story,
                  answered(&outcome, "children") == 2 ? "a zombie" : "running");
        cr_expect(answered(&outcome, "descriptors") == 0, "%s %d descriptors were left open.", story,
                  (int)answered(&outcome, "descriptors"));
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(nothing_grows, 3,
            "fifty maps start no process and leave nothing; after the release nothing is left")
{
    struct outcome outcome = drive("many_maps", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Fifty maps were done in one pool.");
    cr_assert(answered(&outcome, "right") == 50, "%d of 50 maps in one pool were right.",
              (int)answered(&outcome, "right"));
    cr_expect(
        answered(&outcome, "started") == 0,
        "In fifty maps %d processes were started. The workers that pool_create() has started do all of "
        "them: that is what a pool is for.",
        (int)answered(&outcome, "started"));
    cr_expect(!answered(&outcome, "zombies"),
              "After fifty maps there is a zombie: somebody has ended and was "
              "not waited for.");
    cr_expect(answered(&outcome, "grown") == 0, "After fifty maps %d descriptors more were open.",
              (int)answered(&outcome, "grown"));
    cr_expect(answered(&outcome, "children") == 0, "After pool_release() the program still had a child.");
    cr_expect(answered(&outcome, "descriptors") == 0,
              "After pool_release() %d descriptors were left open.",
              (int)answered(&outcome, "descriptors"));
    cr_expect(answered(&outcome, "memory") == 0,
              "After pool_release() %" PRId64
              " bytes of shared memory were still mapped. Release what the "
              "pool has mapped (memory_release()), and its crew (crew_release()).",
              answered(&outcome, "memory"));
    expect_clean(&outcome);
}

// On demand, when a map has returned: nothing is left of its workers.
static void expect_gone(const struct outcome *outcome, const char *name, const char *story)
{
    cr_expect(part(outcome, name, "children") == 0,
              "%s When pool_map() returned, %s left. On demand, a map ends its workers (to receive a "
              "message of 0 bytes ends worker_run()), and returns when all have ended.",
              story, part(outcome, name, "children") == 2 ? "a zombie was" : "workers were");
    cr_expect(part(outcome, name, "grown") == 0, "%s After it %d descriptors more were open.", story,
              (int)part(outcome, name, "grown"));
}

AFTER_ITEMS(on_demand_a_map_has_its_workers, 3,
            "on demand, a map starts workers, no more than it has chunks, and leaves none")
{
    int count = (int)random_between(2, 5);
    struct outcome outcome =
        drive("on_demand",
              (struct drive){.arguments = arguments("processes=8 count=%d", count), .find_leaks = true});
    const char *story = arguments("%d items that wait for each other were mapped with chunk 1, twice, by "
                                  "a pool of 8 on demand.",
                                  count);
    expect_ended(&outcome,
                 arguments("%s Does pool_create() wait for workers that nobody has started "
                           "(crew_wait() says ECHILD)? Does pool_map() start one for each chunk?",
                           story));
    cr_assert(answered(&outcome, "started") == 0 && answered(&outcome, "children") == 0,
              "pool_create() with on_demand started %d processes, expected 0: the maps start them.",
              (int)answered(&outcome, "started"));
    cr_expect(answered(&outcome, "processes") == 8,
              "pool_processes() gave %d, expected 8: so many may work at a time, whoever is there now.",
              (int)answered(&outcome, "processes"));
    static const char *const names[] = {"map", "next"};
    for (int i = 0; i < 2; i++) {
        const char *which = arguments("%s This was the %s map.", story, i == 0 ? "first" : "second");
        expect_whole(&outcome, names[i], count, which);
        cr_expect(part(&outcome, names[i], "started") == count,
                  "%s It started %d processes, expected %d: each item is a chunk here, and more workers "
                  "would find nothing to take.",
                  which, (int)part(&outcome, names[i], "started"), count);
        expect_gone(&outcome, names[i], which);
    }
    expect_whole(&outcome, "chunks", 20, "Then 20 items were mapped with chunk 10.");
    cr_expect(
        part(&outcome, "chunks", "started") <= 2,
        "A map of 20 items with chunk 10, on demand, started %d processes, expected at most 2: there "
        "are two chunks.",
        (int)part(&outcome, "chunks", "started"));
    expect_clean(&outcome);
}

AFTER("on_demand_a_map_has_its_workers", on_demand_nobody_waits, 3,
      "on demand, nobody waits until others are initialized, or are done")
{
    int count = (int)random_between(2, 30);
    struct outcome outcome =
        drive("late", (struct drive){.arguments = arguments("count=%d", count), .find_leaks = true});
    const char *story = arguments("%d items were mapped on demand by two workers. The initializer of the "
                                  "second one returns when the first one has begun an item.",
                                  count);
    cr_assert(
        outcome.limit != LIMIT_STALL,
        "%s That never came. Whoever is initialized begins: send a worker its command when you start "
        "it, or when its own first message has come, and not when those of all have. %s",
        story, ending(&outcome));
    expect_ended(&outcome, story);
    expect_whole(&outcome, "map", count, story);
    cr_expect(answered(&outcome, "unprepared") == 0,
              "%s %d tasks ran in a process whose initializer had not been called.", story,
              (int)answered(&outcome, "unprepared"));
    expect_gone(&outcome, "map", story);
    expect_clean(&outcome);

    outcome = drive("early", (struct drive){.find_leaks = true});
    story =
        "Two items were mapped on demand by two workers. Item 0 waits until the process that has done "
        "item 1 has ended.";
    cr_assert(
        outcome.limit != LIMIT_STALL,
        "%s That never came. Who finds nothing left to take ends, also while others are at work: so "
        "its end costs no time. %s",
        story, ending(&outcome));
    expect_ended(&outcome, story);
    expect_whole(&outcome, "map", 2, story);
    expect_gone(&outcome, "map", story);
    expect_clean(&outcome);
}

// On demand, none of 10 items was begun: nobody could be started.
static void expect_none_begun(const struct outcome *outcome, int error, const char *story)
{
    expect_error(outcome, "map", arguments("%s pool_map()", story), error,
                 "There is no worker then. The next map tries again.");
    cr_expect(part(outcome, "map", "missing") == 10 && part(outcome, "map", "why") == POOL_NOT_BEGUN,
              "%s pool_map() said that %d items are missing (%s), expected 10 (POOL_NOT_BEGUN).", story,
              (int)part(outcome, "map", "missing"), why_text(part(outcome, "map", "why")));
}

AFTER("on_demand_a_map_has_its_workers", on_demand_nothing_is_lost, 2,
      "on demand, too, workers are replaced, and a start that fails costs as little as it can")
{
    int at = (int)random_between(1, 8);
    struct outcome outcome = drive_orders("demand=1 count=20 processes=2 chunk=10 kill=%d", at);
    const char *story = arguments("On demand, one of two workers took items 0 to 9 as a chunk, and was "
                                  "killed in the middle of item %d.",
                                  at);
    expect_ended(&outcome, story);
    expect_missing(
        &outcome, "map",
        (struct pool_map){.missing = 1, .item = (size_t)at, .why = POOL_WORKER_ENDED, .code = -SIGKILL},
        story);
    expect_usable(&outcome);
    expect_clean(&outcome);

    int tasks = (int)random_between(1, 4);
    outcome = drive_orders("demand=1 count=12 processes=1 chunk=5 tasks=%d", tasks);
    story = arguments("A pool on demand of one worker, and tasks_per_worker %d, mapped 12 items.", tasks);
    expect_ended(&outcome, story);
    expect_whole(&outcome, "map", 12, story);
    cr_expect(part(&outcome, "map", "processes") == (12 + tasks - 1) / tasks,
              "%s %d processes did them, expected %d.", story, (int)part(&outcome, "map", "processes"),
              (12 + tasks - 1) / tasks);
    expect_clean(&outcome);

    outcome = drive("no_start",
                    (struct drive){.arguments = arguments("processes=2 memory=200 code=%d", EAGAIN)});
    story = "On demand, 10 items were mapped by two workers, in parts, for the memory had no room for "
            "all. The first fork(2) failed with EAGAIN, the others did not.";
    expect_ended(&outcome, story);
    expect_whole(&outcome, "map", 10, story);
    expect_gone(&outcome, "map", story);
    expect_usable(&outcome);
    expect_clean(&outcome);

    static const struct {
        int fork, code;
        const char *what;
    } nobody[] = {{1, EAGAIN, "fork(2) failed with EAGAIN"}, {0, EACCES, "The initializer gave EACCES"}};
    for (size_t i = 0; i < sizeof nobody / sizeof *nobody; i++) {
        outcome = drive("no_start", (struct drive){.arguments = arguments("fork=%d code=%d",
                                                                          nobody[i].fork, nobody[i].code),
                                                   .find_leaks = true});
        story = arguments("On demand, 10 items were mapped by one worker. %s.", nobody[i].what);
        expect_ended(&outcome, arguments("%s pool_map() has to return.", story));
        if (nobody[i].fork && answered(&outcome, "map") == 0) // it has tried again, which is right, too
            expect_whole(&outcome, "map", 10, story);
        else
            expect_none_begun(&outcome, nobody[i].code, story);
        cr_expect(
            part(&outcome, "map", "started") <= 4,
            "%s %d workers were started for this one map: who cannot start is not started again and "
            "again.",
            story, (int)part(&outcome, "map", "started"));
        expect_gone(&outcome, "map", story);
        expect_usable(&outcome);
        expect_clean(&outcome);
    }
}

AFTER_ITEMS(messages_stay_few, 4, "however many items there are, the messages stay few")
{
    enum { FEW = 100 };
    struct outcome outcome = drive("messages", (struct drive){0});
    expect_ended(&outcome, "10000 items that do nothing were mapped with chunk 1.");
    int calls = (int)(answered(&outcome, "sent") + answered(&outcome, "received"));
    cr_assert(answered(&outcome, "map") == 0, "pool_map() of 10000 items %s, expected 0.",
              result_text(&outcome, "map"));
    cr_expect(
        calls <= FEW,
        "For 10000 items that do nothing the program made %d sends and receives, expected at most %d. "
        "Each costs microseconds, and the item nothing. Put items and results into memory that was "
        "shared before the workers were started (memory_create()), with one atomic counter of the next "
        "item that nobody has taken; then one message says that there is work, and one that it is "
        "done.",
        calls, FEW);
    expect_clean(&outcome);
}

GRADED_SPEEDUP("all_workers_at_once", pool, computing_is_faster, 6,
               "items that compute are done faster by two workers than by a loop", .drive = "speed",
               .work = WORK_COMPUTING, .workers = 2)
GRADED_SPEEDUP("all_workers_at_once", pool, waiting_is_faster, 5,
               "items that wait are done faster by eight workers than by a loop", .drive = "speed",
               .work = WORK_WAITING, .workers = 8)
