// Drives: small programs that use the pool module the way a user would.
#include "driver.h"
#include "children.h"
#include "faults.h"
#include "gate.h"
#include "lifetime.h"
#include "pool.h"
#include "work.h"
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 512, ROOM = 1 << 20 };
static const int64_t UNTOUCHED = INT64_C(-0x5a5a5a5a5a5a5a5a); // in a place that nobody has written

// What a task has to do besides making a square. tests.c has the same list.
enum act {
    SQUARE,
    FAIL, // return `code`, and leave something in the result's place
    EXIT, // by _exit(code)
    RAISE,
    CRASH,     // SIGSEGV by a real bad access
    HOLD,      // wait until `left` other items are done
    MEET,      // wait until all who are expected have come
    HANG,      // meet; and make the worker hang when it gets SIGUSR1, deaf to SIGTERM
    LISTEN,    // the same, but SIGTERM is noted, and ends it
    NEST,      // use a pool of its own
    USE_POOL,  // use the parent's pool
    CANCEL,    // the first two of these meet, and one has the parent cancel the map
    DIE_FIRST, // the first of these kills its worker
    OUTLIVE,   // meet item 1, and wait until the worker that does it has ended
    LEAVE,     // be item 1 of that meeting
};

struct order {
    int64_t number;
    int32_t index;
    int32_t act;
    int32_t code;
};

// Shared with all workers, and made before them.
struct scene {
    atomic_int runs[MOST];
    _Atomic pid_t pids[MOST];
    _Atomic pid_t starts[MOST]; // the processes in which the initializer was called
    atomic_int started;
    atomic_int unprepared; // tasks in a worker whose initializer had not been called
    atomic_int left;       // until `held` is opened
    int expected;          // at the meeting
    atomic_int arrived;
    atomic_int first; // items that have come to CANCEL or DIE_FIRST
    int died;         // index of the item that killed its worker by DIE_FIRST
    sem_t held, all_here, cancelled, hanging, go_on;
    struct pool *pool;
    atomic_int terms; // SIGTERM that were noted
    int results[5], errors[5];
    size_t item_size, result_size, argument_size;
    atomic_int misaligned, wrong_arguments;
    int fail_from, fail_by, fail_code; // from this start on, the initializer fails
    bool late; // the initializer waits from its second call on until an item is begun
};
static struct scene *scene;

static void wait_for(sem_t *semaphore)
{
    while (sem_wait(semaphore) == -1)
        if (errno != EINTR)
            driver_broken("sem_wait");
}

static void make_scene(void)
{
    scene = driver_shared(sizeof *scene);
    sem_t *const semaphores[] = {&scene->held, &scene->all_here, &scene->cancelled, &scene->hanging,
                                 &scene->go_on};
    for (size_t i = 0; i < sizeof semaphores / sizeof *semaphores; i++)
        if (sem_init(semaphores[i], 1, 0) == -1)
            driver_broken("sem_init");
    srandom((unsigned)getpid());
}

// Workers were started before: so this meeting is not gate.h's, which are made once and for all.
static void expect_meeting(int expected)
{
    scene->expected = expected;
    scene->arrived = 0;
}

static void meet(void)
{
    if (atomic_fetch_add(&scene->arrived, 1) + 1 == scene->expected)
        for (int i = 0; i < scene->expected; i++)
            sem_post(&scene->all_here);
    wait_for(&scene->all_here);
}

// --- Tasks

static void hang(int number)
{
    (void)number;
    sem_post(&scene->hanging);
    for (;;)
        pause();
}

static void note_and_end(int number)
{
    (void)number;
    scene->terms++;
    _exit(0);
}

static int64_t square_in_own_pool(int64_t number);

static void keep_result(int i, int result)
{
    scene->errors[i] = result == -1 ? errno : 0;
    scene->results[i] = result;
}

static int do_nothing(const void *argument, const void *item, void *result)
{
    (void)argument, (void)item, (void)result;
    return 0;
}

// What another process than the pool's may not do.
static void use_the_pool(void)
{
    char item = 0;
    struct pool_map map = {.function = do_nothing, .items = &item, .item_size = 1, .count = 1};
    keep_result(0, pool_map(scene->pool, &map));
    keep_result(1, pool_close(scene->pool));
    keep_result(2, pool_join(scene->pool));
    keep_result(3, pool_terminate(scene->pool));
    pool_cancel(scene->pool);
    pool_release(scene->pool);
    scene->results[4] = 1; // came here
}

static void end_badly(const struct order *order)
{
    volatile uintptr_t nowhere = 4096; // nothing is mapped so low, and sanitizers let it through
    if (order->act == EXIT)
        _exit(order->code);
    if (order->act == RAISE)
        raise(order->code);
    if (order->act == CRASH)
        *(volatile int *)nowhere = 1;
}

static void wait_as_ordered(const struct order *order)
{
    if (order->act == HOLD)
        wait_for(&scene->held);
    if (order->act >= MEET && order->act <= LISTEN)
        meet();
}

// Nobody says in which order items are begun: so it is the first ones that do something special.
static void be_first(const struct order *order)
{
    int before = scene->first++;
    if (order->act == DIE_FIRST && before == 0) {
        scene->died = order->index;
        raise(SIGKILL);
    }
    if (order->act != CANCEL || before >= 2)
        return;
    meet();
    if (before == 0)
        kill(getppid(), SIGUSR1);
    wait_for(&scene->cancelled);
}

static void misbehave_later(const struct order *order)
{
    if (order->act != HANG && order->act != LISTEN)
        return;
    struct sigaction action = {.sa_handler = hang};
    sigaction(SIGUSR1, &action, NULL);
    signal(SIGTERM, order->act == HANG ? SIG_IGN : note_and_end);
}

// LEAVE waits until OUTLIVE can watch it: a pid may be somebody else's when its process has ended.
static void meet_to_part(const struct order *order)
{
    meet();
    if (order->act == LEAVE) {
        wait_for(&scene->go_on);
        return;
    }
    struct pollfd other = {.fd = (int)syscall(SYS_pidfd_open, scene->pids[1], 0), .events = POLLIN};
    sem_post(&scene->go_on);
    while (other.fd != -1 && poll(&other, 1, -1) == -1)
        if (errno != EINTR)
            driver_broken("poll");
    if (other.fd == -1)
        driver_broken("pidfd_open");
    close(other.fd);
}

static pid_t prepared; // the process in which the initializer was called

static int obey(const void *argument, const void *item, void *result)
{
    const struct order *order = item;
    int64_t square = order->number * order->number;
    (void)argument;
    scene->runs[order->index]++;
    scene->pids[order->index] = getpid();
    scene->unprepared += prepared != getpid();
    if (scene->late)
        sem_post(&scene->go_on);
    end_badly(order);
    wait_as_ordered(order);
    misbehave_later(order);
    if (order->act == CANCEL || order->act == DIE_FIRST)
        be_first(order);
    if (order->act == OUTLIVE || order->act == LEAVE)
        meet_to_part(order);
    if (order->act == USE_POOL)
        use_the_pool();
    memcpy(result, &square, sizeof square);
    if (order->act == NEST) {
        square = square_in_own_pool(order->number);
        memcpy(result, &square, sizeof square);
    }
    if (order->act != HOLD && atomic_fetch_sub(&scene->left, 1) == 1)
        sem_post(&scene->held);
    return order->act == FAIL ? order->code : 0;
}

static int prepare(void *argument)
{
    int start = scene->started++;
    if (start < MOST)
        scene->starts[start] = getpid();
    prepared = *(const int *)argument == 4711 ? getpid() : 0;
    if (scene->late && start > 0)
        wait_for(&scene->go_on);
    if (scene->fail_from == 0 || start + 1 < scene->fail_from)
        return 0;
    struct order order = {.act = scene->fail_by, .code = scene->fail_code};
    end_badly(&order);
    return scene->fail_code;
}

// --- Maps, and what came of them

struct show {
    struct order orders[MOST];
    int64_t results[MOST];
    struct pool_map map;
};

// A map of `count` squares, with random numbers; no item does anything else.
static struct show *make_show(size_t count, size_t chunk)
{
    static struct show show;
    memset(&show, 0, sizeof show);
    for (size_t i = 0; i < count; i++) {
        show.orders[i] = (struct order){.number = random() % 100000, .index = (int32_t)i};
        show.results[i] = UNTOUCHED;
    }
    show.map = (struct pool_map){.function = obey,
                                 .items = show.orders,
                                 .item_size = sizeof show.orders[0],
                                 .results = show.results,
                                 .result_size = sizeof show.results[0],
                                 .count = count,
                                 .chunk = chunk,
                                 .missing = 4711};
    for (size_t i = 0; i < MOST; i++)
        scene->runs[i] = scene->pids[i] = 0;
    scene->unprepared = 0;
    return &show;
}

static void answer_part(const char *name, const char *part, int64_t value)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, part);
    answer_int(whole, value);
}

static int count_processes(size_t count)
{
    int different = 0;
    for (size_t i = 0; i < count; i++) {
        size_t k = 0;
        while (k < i && scene->pids[k] != scene->pids[i])
            k++;
        different += k == i && scene->pids[i] != 0;
    }
    return different;
}

static bool is_made(const struct order *order) // if it is begun
{
    return (order->act < FAIL || order->act > CRASH) &&
           (order->act != DIE_FIRST || order->index != scene->died);
}

// Runs the map, and answers: its result and what it has set; how many places are as they should be (the
// square, or untouched); the first that is not; how often items were run; where.
static int run(const char *name, struct pool *pool, struct show *show)
{
    int result = pool_map(pool, &show->map);
    int wrong_at = -1, begun = 0, most = 0, in_parent = 0, most_at = -1;
    answer_result(name, result);
    for (size_t i = 0; i < show->map.count; i++) {
        const struct order *order = &show->orders[i];
        int runs = scene->runs[i];
        bool made = runs > 0 && is_made(order);
        if (wrong_at == -1 && show->results[i] != (made ? order->number * order->number : UNTOUCHED))
            wrong_at = (int)i;
        begun += runs > 0;
        most_at = runs > most ? (int)i : most_at;
        most = runs > most ? runs : most;
        in_parent += scene->pids[i] == getpid();
    }
    answer_part(name, "missing", (int64_t)show->map.missing);
    answer_part(name, "item", (int64_t)show->map.item);
    answer_part(name, "why", show->map.why);
    answer_part(name, "code", show->map.code);
    answer_part(name, "wrong_at", wrong_at);
    answer_part(name, "wrong_untouched", wrong_at != -1 && show->results[wrong_at] == UNTOUCHED);
    answer_part(name, "begun", begun);
    answer_part(name, "most_runs", most);
    answer_part(name, "most_runs_at", most_at);
    answer_part(name, "in_parent", in_parent);
    answer_part(name, "processes", count_processes(show->map.count));
    return result;
}

// The first item that nobody has begun.
static int first_left(const struct show *show)
{
    int i = 0;
    while (i < (int)show->map.count && scene->runs[i] > 0)
        i++;
    return i;
}

// A map without anything special: the pool still works, if it does.
static void run_plain(const char *name, struct pool *pool)
{
    run(name, pool, make_show(20, 1));
}

static struct pool *open_pool(const struct pool_options *options)
{
    struct pool *pool = pool_create(options);
    if (pool == NULL) {
        fprintf(stderr, "pool_create() gave NULL: %s\n", strerror(errno));
        exit(EXIT_FAILURE);
    }
    scene->pool = pool;
    return pool;
}

static struct pool *open_workers(int processes)
{
    return open_pool(&(struct pool_options){.processes = processes});
}

static int processes_argument(int otherwise)
{
    return (int)driver_argument("processes", otherwise);
}

// 0: this process has no child; 1: it has; 2: one of them is a zombie.
static int children_left(void)
{
    siginfo_t info = {0};
    if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == -1)
        return 0;
    return info.si_pid == 0 ? 1 : 2;
}

// Has all workers meet, so that the first `processes` entries of scene->pids tell who they are.
static void meet_all(struct pool *pool, int processes)
{
    struct show *show = make_show((size_t)processes, 1);
    expect_meeting(processes);
    for (int i = 0; i < processes; i++)
        show->orders[i].act = MEET;
    pool_map(pool, &show->map);
}

// --- The first steps

static int print_square(const void *argument, const void *item, void *result)
{
    int64_t number, square;
    const char *prints = argument;
    memcpy(&number, item, sizeof number);
    square = number * number;
    memcpy(result, &square, sizeof square);
    if (prints != NULL) {
        printf("worker %d: the square of %" PRId64 " is %" PRId64 "\n", getpid(), number, square);
        fflush(stdout);
    }
    return 0;
}

DRIVE(squares, "squares of a list of numbers (the input, or 1 to 10), and which worker made them")
{
    enum { NUMBERS = 200, BY_HAND = 10 };
    int64_t numbers[NUMBERS], results[NUMBERS];
    make_scene();
    struct pool *pool = pool_create(&(struct pool_options){.processes = processes_argument(3)});
    answer_int("create_errno", pool == NULL ? errno : 0);
    answer_int("create", pool != NULL);
    if (pool == NULL)
        return;
    size_t count = driver_input(numbers, sizeof numbers) / sizeof numbers[0];
    bool by_hand = count == 0;
    for (size_t i = 0; by_hand && i < BY_HAND; i++)
        numbers[count++] = (int64_t)i + 1;
    memset(results, 0, sizeof results);
    struct pool_map map = {.function = print_square,
                           .items = numbers,
                           .item_size = sizeof numbers[0],
                           .results = results,
                           .result_size = sizeof results[0],
                           .count = count,
                           .argument = by_hand ? "" : NULL,
                           .argument_size = by_hand};
    answer_result("map", pool_map(pool, &map));
    answer_int("processes", pool_processes(pool));
    size_t i = 0;
    while (i < count && results[i] == numbers[i] * numbers[i])
        i++;
    answer_int("right", (int64_t)i);
    answer_int("number", i < count ? numbers[i] : 0);
    answer_int("result", i < count ? results[i] : 0);
    size_t whose = 0; // the number of which this is the square
    while (whose < count && i < count && results[i] != numbers[whose] * numbers[whose])
        whose++;
    answer_int("whose", i < count && whose < count ? (int64_t)whose : -1);
    pool_release(pool);
    answer_int("children", children_left());
}

static void make_special(struct show *show, int64_t at, enum act act, int64_t code)
{
    if (at < 0 || at >= (int64_t)show->map.count)
        return;
    show->orders[at].act = act;
    show->orders[at].code = (int32_t)code;
}

DRIVE(orders, "a map of `count` items: `at` does `act` with `code`, `fail` fails, `kill` and `leave` end")
{
    size_t count = (size_t)driver_argument("count", 10) % MOST;
    size_t chunk = (size_t)driver_argument("chunk", 0);
    make_scene();
    struct pool *pool = open_pool(&(struct pool_options){
        .processes = processes_argument(2),
        .tasks_per_worker = driver_argument("tasks", 0),
        .on_demand = driver_argument("demand", 0) != 0,
    });
    struct show *show = make_show(count, chunk);
    make_special(show, driver_argument("at", -1), (enum act)driver_argument("act", RAISE),
                 driver_argument("code", SIGKILL));
    make_special(show, driver_argument("fail", -1), FAIL, 5);
    make_special(show, driver_argument("kill", -1), RAISE, SIGKILL);
    make_special(show, driver_argument("leave", -1), EXIT, 0);
    run("map", pool, show);
    if (driver_argument("again", 0))
        run("next", pool, make_show(count, chunk));
    else
        run_plain("next", pool);
    pool_release(pool);
}

DRIVE(hold, "two workers; the first item's has to wait until all items but the first `own` are done")
{
    size_t own = (size_t)driver_argument("own", 1);
    size_t count = (size_t)driver_argument("count", 20);
    make_scene();
    struct pool *pool = open_workers(2);
    struct show *show = make_show(count, (size_t)driver_argument("chunk", 1));
    scene->left = (int)(count - own);
    show->orders[0].act = HOLD;
    run("map", pool, show);
    int neighbours = 0;
    for (size_t i = 0; i < own; i++)
        neighbours += scene->pids[i] == scene->pids[0];
    answer_int("neighbours", neighbours);
    pool_release(pool);
}

DRIVE(meeting, "each of `processes` items waits in a worker of its own until all are there")
{
    int processes = processes_argument(4);
    make_scene();
    struct pool *pool = open_workers(processes);
    meet_all(pool, processes);
    answer_int("arrived", scene->arrived);
    answer_int("different", count_processes((size_t)processes));
    answer_int("processes", pool_processes(pool));
    pool_release(pool);
}

static int wait_a_while(const void *argument, const void *item, void *result)
{
    int64_t ms;
    (void)argument;
    memcpy(&ms, item, sizeof ms);
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
    ms++;
    memcpy(result, &ms, sizeof ms);
    return 0;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

DRIVE(waiting, "four tasks that wait for `ms` milliseconds: in a loop, and in a pool of eight workers")
{
    enum { TASKS = 4, WORKERS = 8 };
    int64_t items[TASKS], results[TASKS] = {0};
    make_scene();
    for (int i = 0; i < TASKS; i++)
        items[i] = driver_argument("ms", 200);
    double begin = seconds_now();
    for (int i = 0; i < TASKS; i++)
        wait_a_while(NULL, &items[i], &results[i]);
    double of_loop = seconds_now() - begin;
    memset(results, 0, sizeof results);
    begin = seconds_now();
    struct pool *pool = open_workers(WORKERS);
    struct pool_map map = {.function = wait_a_while,
                           .items = items,
                           .item_size = sizeof items[0],
                           .results = results,
                           .result_size = sizeof results[0],
                           .count = TASKS};
    answer_result("map", pool_map(pool, &map));
    pool_release(pool);
    double of_pool = seconds_now() - begin;
    printf("the loop took %.3f s, the pool %.3f s: %.2f times as fast\n", of_loop, of_pool,
           of_loop / of_pool);
    int right = 0;
    for (int i = 0; i < TASKS; i++)
        right += results[i] == items[i] + 1;
    answer_int("right", right);
}

// --- Sizes

// A byte that everybody can compute.
static unsigned char byte_of(size_t seed, size_t i)
{
    return (unsigned char)(seed + (i * UINT64_C(2654435761) >> 13));
}

static void fill(unsigned char *bytes, size_t size, size_t seed)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = byte_of(seed, i);
}

static bool is_filled(const unsigned char *bytes, size_t size, size_t seed)
{
    size_t i = 0;
    while (i < size && bytes[i] == byte_of(seed, i))
        i++;
    return i == size;
}

// Whether the address could be one of an element of an array of such elements.
static bool is_aligned(const void *address, size_t size)
{
    size_t alignment = size & (~size + 1); // the largest power of two that divides the size
    return size == 0 || (uintptr_t)address % (alignment < 16 ? alignment : 16) == 0;
}

enum { FIRST_BYTES = 256 }; // an item's first byte tells its number, up to here

// Makes a result of an item: number n's are filled with seeds n and n + 1000.
static int turn(const void *argument, const void *item, void *result)
{
    size_t size = scene->item_size;
    size_t n = 0;
    while (n < FIRST_BYTES && !is_filled(item, size, n))
        n++;
    if (n == FIRST_BYTES)
        return 1;
    scene->misaligned += !is_aligned(item, size) || !is_aligned(result, scene->result_size);
    scene->wrong_arguments += scene->argument_size == 0
                                  ? argument != NULL
                                  : !is_filled(argument, scene->argument_size, scene->argument_size);
    scene->runs[n]++;
    fill(result, scene->result_size, n + 1000);
    return 0;
}

static void *allocate(size_t size)
{
    void *memory = malloc(size + 1);
    if (memory == NULL)
        driver_broken("malloc");
    return memory;
}

struct sizes {
    size_t argument, item, result, count, chunk;
};

// Maps items of these sizes. Returns how many results are right, or -1 if the map failed.
static int turn_all(struct pool *pool, struct sizes sizes)
{
    unsigned char *items = allocate(sizes.item * sizes.count);
    unsigned char *results = allocate(sizes.result * sizes.count);
    unsigned char *argument = allocate(sizes.argument);
    scene->item_size = sizes.item;
    scene->result_size = sizes.result;
    scene->argument_size = sizes.argument;
    fill(argument, sizes.argument, sizes.argument);
    for (size_t i = 0; i < sizes.count; i++)
        fill(items + i * sizes.item, sizes.item, i % FIRST_BYTES);
    memset(results, 0, sizes.result * sizes.count);
    struct pool_map map = {.function = turn,
                           .argument = sizes.argument == 0 ? NULL : argument,
                           .argument_size = sizes.argument,
                           .items = items,
                           .item_size = sizes.item,
                           .results = sizes.result == 0 ? NULL : results,
                           .result_size = sizes.result,
                           .count = sizes.count,
                           .chunk = sizes.chunk};
    int right = pool_map(pool, &map) == -1 ? -1 : 0;
    int error = right == -1 ? errno : 0;
    for (size_t i = 0; right != -1 && i < sizes.count; i++)
        right += is_filled(results + i * sizes.result, sizes.result, i % FIRST_BYTES + 1000);
    free(items);
    free(results);
    free(argument);
    errno = error;
    return right;
}

static struct sizes sizes_argument(void)
{
    return (struct sizes){
        .argument = (size_t)driver_argument("argument", 0),
        .item = (size_t)driver_argument("item", 24),
        .result = (size_t)driver_argument("result", 24),
        .count = (size_t)driver_argument("count", 20),
        .chunk = (size_t)driver_argument("chunk", 0),
    };
}

DRIVE(sizes, "`count` items of `item` bytes, results of `result` bytes; the pool has `memory` bytes")
{
    struct sizes sizes = sizes_argument();
    make_scene();
    struct pool *pool = open_pool(&(struct pool_options){.processes = processes_argument(2),
                                                         .memory = (size_t)driver_argument("memory", 0)});
    int right = turn_all(pool, sizes);
    answer_result("map", right == -1 ? -1 : 0);
    answer_int("right", right);
    answer_int("misaligned", scene->misaligned);
    answer_int("wrong_arguments", scene->wrong_arguments);
    int runs = 0;
    for (int i = 0; i < FIRST_BYTES; i++)
        runs += scene->runs[i];
    answer_int("runs", runs);
    sizes.argument += 3; // another map, another argument, and fewer items
    sizes.count = sizes.count / 2 + 1;
    answer_int("next_right", turn_all(pool, sizes));
    answer_int("next_count", (int64_t)sizes.count);
    answer_int("next_wrong_arguments", scene->wrong_arguments);
    pool_release(pool);
}

DRIVE(limit, "one item with argument and result takes all of the pool's memory, and then a byte more")
{
    struct sizes sizes = {.argument = (size_t)driver_argument("argument", 100),
                          .item = (size_t)driver_argument("item", 1000),
                          .result = (size_t)driver_argument("result", 500),
                          .count = 3};
    make_scene();
    struct pool *pool = open_pool(
        &(struct pool_options){.processes = 2, .memory = sizes.argument + sizes.item + sizes.result});
    answer_int("fits", turn_all(pool, sizes));
    size_t *const parts[] = {&sizes.argument, &sizes.item, &sizes.result};
    static const char *const names[] = {"argument", "item", "result"};
    for (int i = 0; i < 3; i++) {
        ++*parts[i];
        answer_result(names[i], turn_all(pool, sizes) == -1 ? -1 : 0);
        --*parts[i];
    }
    answer_int("afterwards", turn_all(pool, sizes));
    pool_release(pool);
}

DRIVE(nothing, "a map of no items")
{
    make_scene();
    struct pool *pool = open_workers(2);
    run("map", pool, make_show(0, 0));
    run_plain("next", pool);
    pool_release(pool);
}

// --- What is refused

static void refuse(const char *name, struct pool *pool, struct pool_map map)
{
    int result = pool_map(pool, &map);
    answer_result(name, result);
}

DRIVE(refused, "maps that make no sense, one after the other, and then one that does")
{
    make_scene();
    struct pool *pool = open_workers(2);
    struct show *show = make_show(4, 1);
    struct pool_map good = show->map, map = good;
    map.function = NULL;
    refuse("no_function", pool, map);
    map = good, map.items = NULL;
    refuse("no_items", pool, map);
    map = good, map.item_size = 0;
    refuse("no_item_size", pool, map);
    map = good, map.results = NULL;
    refuse("no_results", pool, map);
    map = good, map.argument_size = 8;
    refuse("no_argument", pool, map);
    map = good, map.count = SIZE_MAX / sizeof(struct order) + 2; // the product is small again
    refuse("count_of_items", pool, map);
    map = good, map.result_size = SIZE_MAX / 2, map.count = 4;
    refuse("size_of_results", pool, map);
    map = good, map.count = SIZE_MAX, map.item_size = 1, map.result_size = 0, map.results = NULL;
    refuse("count_of_bytes", pool, map);
    int begun = 0;
    for (int i = 0; i < MOST; i++)
        begun += scene->runs[i];
    answer_int("begun", begun);
    run_plain("next", pool);
    pool_release(pool);
}

static void refuse_pool(const char *name, struct pool_options options)
{
    struct pool *pool = pool_create(&options);
    answer_result(name, pool == NULL ? -1 : 0);
    pool_release(pool);
}

DRIVE(refused_options, "pools that make no sense")
{
    make_scene();
    int descriptors = driver_open_descriptors();
    refuse_pool("processes", (struct pool_options){.processes = -(int)driver_argument("number", 1)});
    refuse_pool("many", (struct pool_options){.processes = CREW_MOST_WORKERS + 1});
    refuse_pool("most", (struct pool_options){.processes = INT_MAX});
    refuse_pool("tasks", (struct pool_options){.processes = 1, .tasks_per_worker = -1});
    refuse_pool("memory", (struct pool_options){.processes = 1, .memory = SIZE_MAX});
    refuse_pool("much_memory", (struct pool_options){.processes = 1, .memory = SIZE_MAX / 4});
    pool_release(NULL);
    answer_int("children", children_left());
    answer_int("descriptors", driver_open_descriptors() - descriptors);
}

DRIVE(machine, "a pool by default on a machine of 16 processors, `usable` of them usable, with a quota")
{
    enum { PROCESSORS = 16 };
    char text[64];
    long long quota = driver_argument("quota", 0); // 0: "max"; -1: no such file
    if (quota > 0)
        snprintf(text, sizeof text, "%lld 100000\n", quota);
    else
        snprintf(text, sizeof text, "max 100000\n");
    make_scene();
    int descriptors = driver_open_descriptors();
    faults_machine(PROCESSORS, (int)driver_argument("usable", 3), quota < 0 ? NULL : text);
    struct pool *pool = open_pool(driver_argument("options", 0) ? &(struct pool_options){0} : NULL);
    int processes = pool_processes(pool);
    answer_int("processes", processes);
    if (processes > 0 && processes <= PROCESSORS)
        meet_all(pool, processes);
    answer_int("different", processes > 0 ? count_processes((size_t)processes) : 0);
    pool_release(pool);
    answer_int("descriptors", driver_open_descriptors() - descriptors);
}

// --- Workers that end

DRIVE(idle_deaths, "`killed` of `processes` idle workers are killed, and then there is a map")
{
    int processes = processes_argument(3);
    int killed = (int)driver_argument("killed", 1);
    pid_t pids[MOST];
    make_scene();
    struct pool *pool = open_workers(processes);
    meet_all(pool, processes);
    for (int i = 0; i < processes; i++)
        pids[i] = scene->pids[i];
    for (int i = 0; i < killed && i < processes; i++) {
        kill(pids[i], SIGKILL);
        child_wait_for_zombie(pids[i]);
    }
    run("map", pool, make_show(40, (size_t)driver_argument("chunk", 1)));
    meet_all(pool, processes);
    answer_int("arrived", scene->arrived);
    pool_release(pool);
}

// Counts the starts of workers that are not among the processes of the last map.
DRIVE(initializer, "each worker calls an initializer before its first task; `tasks` for each worker")
{
    int value = 4711;
    int processes = processes_argument(3);
    make_scene();
    struct pool *pool = open_pool(&(struct pool_options){
        .processes = processes,
        .tasks_per_worker = driver_argument("tasks", 0),
        .initializer = prepare,
        .initializer_argument = &value,
    });
    answer_int("at_create", scene->started);
    meet_all(pool, processes);
    int unprepared = scene->unprepared;
    run("map", pool, make_show(24, 1));
    answer_int("unprepared", unprepared + scene->unprepared);
    int started = scene->started, twice = 0;
    for (int i = 0; i < started && i < MOST; i++)
        for (int k = 0; k < i; k++)
            twice += scene->starts[i] == scene->starts[k];
    answer_int("started", started);
    answer_int("twice", twice);
    pool_release(pool);
}

DRIVE(initializer_fails, "from start `from` on, the initializer returns `code`, or ends by act `by`")
{
    int value = 4711;
    make_scene();
    int descriptors = driver_open_descriptors();
    scene->fail_from = (int)driver_argument("from", 1);
    scene->fail_by = (int)driver_argument("by", 0);
    scene->fail_code = (int)driver_argument("code", EACCES);
    struct pool *pool = pool_create(&(struct pool_options){
        .processes = processes_argument(3), .initializer = prepare, .initializer_argument = &value});
    answer_result("create", pool == NULL ? -1 : 0);
    pool_release(pool);
    answer_int("started", scene->started);
    answer_int("children", children_left());
    answer_int("descriptors", driver_open_descriptors() - descriptors);
}

DRIVE(no_replacement, "a worker ends in a task, and no other can be started; the next map tries again")
{
    int value = 4711;
    int processes = processes_argument(1);
    make_scene();
    scene->fail_code = (int)driver_argument("code", EACCES);
    struct pool *pool = open_pool(&(struct pool_options){
        .processes = processes, .initializer = prepare, .initializer_argument = &value});
    struct show *show = make_show(10, 1);
    for (size_t i = 0; i < show->map.count; i++)
        show->orders[i].act = DIE_FIRST;
    bool by_fork = driver_argument("fork", 0) != 0;
    int started = scene->started;
    if (by_fork)
        faults_fail(FAULTS_FORK, 1, scene->fail_code);
    else
        scene->fail_from = processes + 1;
    run("map", pool, show);
    answer_int("started", scene->started - started);
    answer_int("died", scene->died);
    scene->fail_from = 0;
    faults_fail(FAULTS_FORK, 0, 0);
    run_plain("next", pool);
    pool_release(pool);
}

// --- The end of a pool

static pid_t fork_child(void)
{
    pid_t pid = fork();
    if (pid == -1)
        driver_broken("fork");
    return pid;
}

static void wait_for_child(pid_t pid)
{
    while (waitpid(pid, NULL, 0) == -1)
        if (errno != EINTR)
            driver_broken("waitpid");
}

static int count_reaped(const pid_t *pids, int count)
{
    int reaped = 0;
    for (int i = 0; i < count; i++)
        reaped += child_is_reaped(pids[i]);
    return reaped;
}

DRIVE(close, "join before close, close, a map, join; another child of the program lives on meanwhile")
{
    enum { PROCESSES = 3 };
    pid_t pids[PROCESSES];
    make_scene();
    struct gate gate = gate_make();
    struct pool *pool = open_workers(PROCESSES);
    meet_all(pool, PROCESSES);
    for (int i = 0; i < PROCESSES; i++)
        pids[i] = scene->pids[i];
    pid_t child = driver_argument("child", 0) ? fork_child() : -1;
    if (child == 0) { // it has inherited whatever the pool had open
        gate_pass(&gate);
        _exit(0);
    }
    answer_result("early", pool_join(pool));
    answer_int("early_reaped", count_reaped(pids, PROCESSES));
    answer_result("close", pool_close(pool));
    run("map", pool, make_show(5, 1));
    answer_result("join", pool_join(pool));
    answer_int("reaped", count_reaped(pids, PROCESSES));
    answer_result("again", pool_close(pool));
    answer_result("join_again", pool_join(pool));
    errno = EXDEV;
    pool_release(pool);
    answer_int("errno_kept", errno == EXDEV);
    if (child != -1) {
        gate_open(&gate);
        wait_for_child(child);
    }
}

DRIVE(terminate, "one worker is stopped, one hangs deaf to SIGTERM, one hangs and hears it; `release`")
{
    enum { STOPPED, DEAF, HEARING, IDLE, PROCESSES };
    pid_t pids[PROCESSES];
    make_scene();
    struct pool *pool = open_workers(PROCESSES);
    struct show *show = make_show(PROCESSES, 1);
    expect_meeting(PROCESSES);
    show->orders[STOPPED].act = show->orders[IDLE].act = MEET;
    show->orders[DEAF].act = HANG;
    show->orders[HEARING].act = LISTEN;
    answer_result("map", pool_map(pool, &show->map));
    for (int i = 0; i < PROCESSES; i++)
        pids[i] = scene->pids[i];
    answer_int("different", count_processes(PROCESSES));
    kill(pids[STOPPED], SIGSTOP);
    for (int i = DEAF; i <= HEARING; i++) {
        kill(pids[i], SIGUSR1);
        wait_for(&scene->hanging);
    }
    if (!driver_argument("release", 0)) {
        answer_result("terminate", pool_terminate(pool));
        answer_int("reaped", count_reaped(pids, PROCESSES));
        answer_result("after", pool_map(pool, &show->map));
        answer_result("join", pool_join(pool));
    }
    pool_release(pool);
    answer_int("released", count_reaped(pids, PROCESSES));
    answer_int("terms", scene->terms);
}

static int64_t square_in_own_pool(int64_t number)
{
    int64_t numbers[3] = {number, number + 1, number + 2}, results[3] = {0};
    struct pool *pool = pool_create(&(struct pool_options){.processes = 2, .memory = ROOM});
    struct pool_map map = {.function = print_square,
                           .items = numbers,
                           .item_size = sizeof numbers[0],
                           .results = results,
                           .result_size = sizeof results[0],
                           .count = 3};
    int result = pool == NULL ? -1 : pool_map(pool, &map);
    pool_release(pool);
    return result == 0 && results[2] == numbers[2] * numbers[2] ? results[0] : -1;
}

DRIVE(strangers, "another process uses the pool: a worker (`child` 0), or another child of the program")
{
    static const char *const names[] = {"map", "close", "join", "terminate"};
    make_scene();
    struct pool *pool = open_workers(2);
    if (driver_argument("child", 0)) {
        pid_t child = fork_child();
        if (child == 0) {
            use_the_pool();
            _exit(0);
        }
        wait_for_child(child);
    } else {
        struct show *show = make_show(6, 1);
        show->orders[3].act = USE_POOL;
        run("task", pool, show);
    }
    for (int i = 0; i < 4; i++) {
        errno = scene->errors[i];
        answer_result(names[i], scene->results[i]);
    }
    answer_int("came_back", scene->results[4]);
    run_plain("next", pool);
    pool_release(pool);
}

DRIVE(nested, "each task makes a pool of its own, and uses it")
{
    make_scene();
    struct pool *pool = open_pool(&(struct pool_options){.processes = 2, .memory = ROOM});
    struct show *show = make_show(6, 1);
    for (int i = 0; i < 6; i++)
        show->orders[i].act = NEST;
    run("map", pool, show);
    pool_release(pool);
}

// --- Signals

static void cancel_pool(int number)
{
    int error = errno;
    (void)number;
    pool_cancel(scene->pool);
    sem_post(&scene->cancelled); // for each of the two items that are under way
    sem_post(&scene->cancelled);
    errno = error;
}

DRIVE(cancel, "two items are under way when a signal handler cancels the map; then a plain map")
{
    int chunk = (int)driver_argument("chunk", 1);
    struct sigaction action = {.sa_handler = cancel_pool};
    make_scene();
    struct pool *pool = open_workers(2);
    struct show *show = make_show(30, (size_t)chunk);
    expect_meeting(2);
    for (size_t i = 0; i < show->map.count; i++)
        show->orders[i].act = CANCEL;
    sigaction(SIGUSR1, &action, NULL);
    run("map", pool, show);
    answer_int("left", first_left(show));
    pool_cancel(pool); // there is no map: this does nothing
    run_plain("next", pool);
    pool_release(pool);
}

static void ignore_signal(int number)
{
    (void)number;
}

DRIVE(signals, "every call that waits is interrupted `times` times, and a signal comes each millisecond")
{
    struct sigaction action = {.sa_handler = ignore_signal}; // no SA_RESTART
    struct itimerval timer = {.it_interval.tv_usec = 1000, .it_value.tv_usec = 1000};
    make_scene();
    faults_interrupt((int)driver_argument("times", 2));
    if (sigaction(SIGALRM, &action, NULL) == -1 || setitimer(ITIMER_REAL, &timer, NULL) == -1)
        driver_broken("setitimer");
    struct pool *pool = open_workers(3);
    struct show *show = make_show(30, 1);
    show->orders[5].act = RAISE;
    show->orders[5].code = SIGKILL;
    run("map", pool, show);
    run_plain("next", pool);
    answer_result("close", pool_close(pool));
    answer_result("join", pool_join(pool));
    pool_release(pool);
    answer_int("children", children_left());
}

// --- What may fail, what may be left, what it costs

// What came of a pool one of whose calls failed.
struct accident {
    int nth;          // call
    bool created;     // all the same
    int error, right; // errno, or whether the pool worked
    int children, descriptors;
};

static struct accident fail_once(enum faults_call call, int nth, int error)
{
    struct accident accident = {.nth = nth};
    int descriptors = driver_open_descriptors();
    faults_fail(call, nth, error);
    struct pool *pool = pool_create(&(struct pool_options){.processes = 3, .memory = ROOM});
    accident.error = errno;
    faults_fail(call, 0, 0);
    accident.created = pool != NULL;
    // The order is inherited: with malloc() it may be a worker's that fails.
    accident.right = accident.error == error || (call == FAULTS_MALLOC && accident.error == ECHILD);
    struct show *show = make_show(9, 1);
    if (pool != NULL)
        accident.right = pool_map(pool, &show->map) == 0 && show->results[8] != UNTOUCHED;
    pool_release(pool);
    accident.children = children_left();
    accident.descriptors = driver_open_descriptors() - descriptors;
    return accident;
}

DRIVE(accidents,
      "the first call of kind `call` fails with `error`, then the second, until all went through")
{
    enum faults_call call = (enum faults_call)driver_argument("call", FAULTS_FORK);
    int refusals = 0, before, nth = 0;
    struct accident accident;
    make_scene();
    do {
        before = faults_count(call);
        accident = fail_once(call, ++nth, (int)driver_argument("error", EAGAIN));
        refusals += !accident.created;
    } while (accident.right && accident.children == 0 && accident.descriptors == 0 &&
             faults_count(call) - before >= nth);
    answer_int("refusals", refusals);
    answer_int("nth", accident.nth);
    answer_int("created", accident.created);
    answer_int("error", accident.error);
    answer_int("right", accident.right);
    answer_int("children", accident.children);
    answer_int("descriptors", accident.descriptors);
}

static int processes_started(void)
{
    return faults_count(FAULTS_FORK) + faults_count(FAULTS_SPAWN);
}

DRIVE(many_maps, "fifty maps in one pool: nothing may grow")
{
    enum { MAPS = 50 };
    make_scene();
    int before = driver_open_descriptors();
    int64_t memory = driver_shared_memory();
    struct pool *pool = open_workers(2);
    run_plain("first", pool);
    int descriptors = driver_open_descriptors();
    int started = processes_started();
    int right = 0;
    for (int i = 0; i < MAPS; i++) {
        struct show *show = make_show(10, 0);
        right += pool_map(pool, &show->map) == 0 && show->results[9] != UNTOUCHED;
    }
    answer_int("maps", MAPS);
    answer_int("right", right);
    answer_int("started", processes_started() - started);
    answer_int("zombies", children_left() == 2);
    answer_int("grown", driver_open_descriptors() - descriptors);
    pool_release(pool);
    answer_int("children", children_left());
    answer_int("descriptors", driver_open_descriptors() - before);
    answer_int("memory", driver_shared_memory() - memory);
}

// --- On demand

static void run_and_count(const char *name, struct pool *pool, struct show *show)
{
    int descriptors = driver_open_descriptors();
    int started = processes_started();
    run(name, pool, show);
    answer_part(name, "started", processes_started() - started);
    answer_part(name, "children", children_left());
    answer_part(name, "grown", driver_open_descriptors() - descriptors);
}

DRIVE(on_demand,
      "a pool on demand, of `processes`: two maps of `count` items that meet, one of two chunks")
{
    int count = (int)driver_argument("count", 3);
    make_scene();
    struct pool *pool =
        open_pool(&(struct pool_options){.processes = processes_argument(8), .on_demand = true});
    answer_int("started", processes_started());
    answer_int("children", children_left());
    answer_int("processes", pool_processes(pool));
    for (int i = 0; i < 2; i++) {
        struct show *show = make_show((size_t)count, 1);
        expect_meeting(count);
        for (int k = 0; k < count; k++)
            show->orders[k].act = MEET;
        run_and_count(i == 0 ? "map" : "next", pool, show);
    }
    run_and_count("chunks", pool, make_show(20, 10));
    pool_release(pool);
}

DRIVE(late, "on demand: the second worker is initialized when the first has begun an item")
{
    int value = 4711;
    make_scene();
    struct pool *pool = open_pool(&(struct pool_options){
        .processes = 2, .on_demand = true, .initializer = prepare, .initializer_argument = &value});
    struct show *show = make_show((size_t)driver_argument("count", 10), 1);
    scene->late = true;
    run_and_count("map", pool, show);
    answer_int("unprepared", scene->unprepared);
    pool_release(pool);
}

DRIVE(early, "on demand: item 0 waits until the worker that has done item 1 has ended")
{
    make_scene();
    struct pool *pool = open_pool(&(struct pool_options){.processes = 2, .on_demand = true});
    struct show *show = make_show(2, 1);
    expect_meeting(2);
    show->orders[0].act = OUTLIVE;
    show->orders[1].act = LEAVE;
    run_and_count("map", pool, show);
    pool_release(pool);
}

DRIVE(no_start, "on demand: the next fork fails with `code`, or all initializers; then another map")
{
    int value = 4711;
    make_scene();
    struct pool *pool =
        open_pool(&(struct pool_options){.processes = processes_argument(1),
                                         .on_demand = true,
                                         .initializer = prepare,
                                         .initializer_argument = &value,
                                         .memory = (size_t)driver_argument("memory", ROOM)});
    scene->fail_code = (int)driver_argument("code", EAGAIN);
    if (driver_argument("fork", 1))
        faults_fail(FAULTS_FORK, 1, scene->fail_code);
    else
        scene->fail_from = 1;
    run_and_count("map", pool, make_show(10, 1));
    scene->fail_from = 0;
    faults_fail(FAULTS_FORK, 0, 0);
    run_plain("next", pool);
    pool_release(pool);
}

DRIVE(messages, "how many sends and receives the program needs for 10000 items that do nothing")
{
    enum { ITEMS = 10000 };
    static char items[ITEMS], results[ITEMS];
    make_scene();
    struct pool *pool = open_workers(2);
    struct pool_map map = {.function = do_nothing,
                           .items = items,
                           .item_size = 1,
                           .results = results,
                           .result_size = 1,
                           .count = ITEMS,
                           .chunk = 1};
    int sent = faults_count(FAULTS_SEND), received = faults_count(FAULTS_RECEIVE);
    answer_result("map", pool_map(pool, &map));
    answer_int("sent", faults_count(FAULTS_SEND) - sent);
    answer_int("received", faults_count(FAULTS_RECEIVE) - received);
    pool_release(pool);
}

static int do_work(const void *argument, const void *item, void *result)
{
    int number;
    (void)argument;
    memcpy(&number, item, sizeof number);
    uint64_t made = work_do(number);
    memcpy(result, &made, sizeof made);
    return 0;
}

DRIVE(speed, "maps the measured work over all items")
{
    uint64_t results[WORK_MOST_ITEMS] = {0};
    int items[WORK_MOST_ITEMS];
    for (int i = 0; i < WORK_MOST_ITEMS; i++)
        items[i] = i;
    work_begin();
    struct pool *pool = pool_create(&(struct pool_options){.processes = work_workers()});
    struct pool_map map = {.function = do_work,
                           .items = items,
                           .item_size = sizeof items[0],
                           .results = results,
                           .result_size = sizeof results[0],
                           .count = (size_t)work_items(),
                           .chunk = 1};
    int result = pool == NULL ? -1 : pool_map(pool, &map);
    pool_release(pool);
    work_end(results);
    answer_result("map", result);
}
