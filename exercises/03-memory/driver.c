// Drives: small programs that use the memory module the way a user would.
#define _GNU_SOURCE // gettid, sched_getaffinity
#include "driver.h"
#include "children.h"
#include "faults.h"
#include "gate.h"
#include "memory.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_PAUSES = 4096 };

// Who tells the others that it is about to do something, so that they can see whether it waits.
struct announced {
    pid_t process, thread;
    clockid_t clock; // of the processor time that it uses
    int64_t used_ns; // of it, at the announcement
    atomic_bool made;
};

// What the first worker in its pause does there (AWAITS_GATE: the one that is to be held). The others
// come back from theirs at once.
enum first { RETURNS, AWAITS_SECOND, AWAITS_GATE, IS_KILLED, EXITS, ENDS_THREAD };

// What the processes and threads of a drive need to play their parts; shared by all of them.
struct scene {
    struct counter *counter;
    unsigned char *block;
    size_t size;
    int number;
    struct gate arrived; // opened by the first worker in its pause
    struct gate gate;
    struct meeting *meeting;
    int64_t deadline_ns;
    enum first first;
    int held;        // who waits for the gate, if the first does: in the order in which they come
    bool first_dies; // after AWAITS_SECOND
    struct announced second;
    struct announced starter; // who has called counter_run()
    atomic_int opened, returned;
    atomic_int wrong;
    atomic_llong added;
    atomic_int seen;
    atomic_int pauses;
    pid_t processes[MOST_PAUSES], threads[MOST_PAUSES]; // who was in them
};

// In front of it lies memory that nobody may use: there ends what is mapped next, and who writes beyond
// the end of a block must not write into the scene.
static struct scene *make_scene(void)
{
    enum { GUARD = 1024 * 1024 };
    char *memory = driver_shared(GUARD + sizeof(struct scene));
    if (mprotect(memory, GUARD, PROT_NONE) == -1)
        driver_broken("mprotect");
    struct scene *scene = (struct scene *)(memory + GUARD);
    scene->arrived = gate_make();
    scene->gate = gate_make();
    return scene;
}

static pid_t start_child(void (*function)(struct scene *scene), struct scene *scene)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == -1)
        driver_broken("fork");
    if (pid == 0) {
        function(scene);
        _exit(0);
    }
    return pid;
}

// Waits for the child. Returns the signal that ended it, or 0.
static int end_child(pid_t pid)
{
    int number = child_wait_for_zombie(pid);
    while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
        continue; // another error: the module has taken a status that is not its own
    return number;
}

// How many regions of memory this process has.
static int mappings(void)
{
    int lines = 0;
    FILE *maps = fopen("/proc/self/maps", "re");
    if (maps == NULL)
        driver_broken("/proc/self/maps");
    for (int c = fgetc(maps); c != EOF; c = fgetc(maps))
        lines += c == '\n';
    fclose(maps);
    return lines;
}

// --- Memory ---

static unsigned char *create_and_answer(size_t size)
{
    void *block = memory_create(size);
    answer_result("create", block == NULL ? -1 : 0);
    return block;
}

static void write_number(struct scene *scene)
{
    memcpy(scene->block, &scene->number, sizeof scene->number);
}

DRIVE(first_block, "a child writes `number` into a block, and its parent reads it")
{
    struct scene *scene = make_scene();
    scene->number = (int)driver_argument("number", 42);
    scene->block = create_and_answer(sizeof scene->number);
    if (scene->block == NULL)
        return;
    int read_number;
    answer_int("child_signal", end_child(start_child(write_number, scene)));
    memcpy(&read_number, scene->block, sizeof read_number);
    answer_int("read", read_number);
    memory_release(scene->block);
}

// Each writer has a pattern of its own.
static unsigned char byte_at(size_t position, int writer)
{
    return (unsigned char)(position * 7 + position / 251 + (size_t)writer * 101);
}

static void fill(unsigned char *block, size_t size, int writer)
{
    for (size_t i = 0; i < size; i++)
        block[i] = byte_at(i, writer);
}

static int wrong_bytes(const unsigned char *block, size_t size, int writer)
{
    int wrong = 0;
    for (size_t i = 0; i < size; i++)
        wrong += block[i] != byte_at(i, writer);
    return wrong;
}

enum writer { PARENT = 1, CHILD, GRANDCHILD };

static void use_as_grandchild(struct scene *scene)
{
    scene->wrong += wrong_bytes(scene->block, scene->size, CHILD);
    fill(scene->block, scene->size, GRANDCHILD);
}

static void use_as_child(struct scene *scene)
{
    gate_pass(&scene->gate);
    scene->wrong += wrong_bytes(scene->block, scene->size, PARENT);
    fill(scene->block, scene->size, CHILD);
    int number = end_child(start_child(use_as_grandchild, scene));
    if (number != 0)
        raise(number);
}

DRIVE(every_byte, "parent, child and grandchild write and read all of a block of `size` bytes")
{
    struct scene *scene = make_scene();
    scene->size = (size_t)driver_argument("size", 10000);
    scene->block = create_and_answer(scene->size);
    if (scene->block == NULL)
        return;
    answer_int("beyond_64", (int)((uintptr_t)scene->block % 64));
    pid_t child = start_child(use_as_child, scene);
    fill(scene->block, scene->size, PARENT);
    gate_open(&scene->gate);
    answer_int("child_signal", end_child(child));
    answer_int("not_seen_by_children", scene->wrong);
    answer_int("not_seen_by_parent", wrong_bytes(scene->block, scene->size, GRANDCHILD));
    memory_release(scene->block);
}

DRIVE(zero, "blocks are created, filled and released again and again")
{
    enum { TIMES = 20 };
    size_t size = (size_t)driver_argument("size", 10000);
    int failed = 0, not_zero = 0;
    for (int i = 0; i < TIMES; i++) {
        unsigned char *block = memory_create(size);
        failed += block == NULL;
        for (size_t at = 0; block != NULL && at < size; at++)
            not_zero += block[at] != 0;
        if (block != NULL)
            fill(block, size, i);
        memory_release(block);
    }
    answer_int("failed", failed);
    answer_int("not_zero", not_zero);
}

// A child makes a block of its own after the fork, and its parent does the same.
static void make_own_block(struct scene *scene)
{
    unsigned char *block = memory_create(scene->size);
    if (block != NULL)
        fill(block, scene->size, CHILD);
    gate_open(&scene->arrived);
    gate_pass(&scene->gate); // the parent fills its own now
    scene->wrong = block == NULL ? -1 : wrong_bytes(block, scene->size, CHILD);
}

DRIVE(separate, "two blocks are filled, then one by a child and one by its parent at the same time")
{
    struct scene *scene = make_scene();
    scene->size = (size_t)driver_argument("size", 5000);
    unsigned char *blocks[2];
    for (int i = 0; i < 2; i++) {
        blocks[i] = memory_create(scene->size);
        if (blocks[i] != NULL)
            fill(blocks[i], scene->size, 10 + i);
    }
    pid_t child = start_child(make_own_block, scene);
    gate_pass(&scene->arrived);
    unsigned char *own = memory_create(scene->size);
    answer_int("created", own != NULL && blocks[0] != NULL && blocks[1] != NULL);
    if (own != NULL)
        fill(own, scene->size, PARENT);
    gate_open(&scene->gate);
    end_child(child);
    answer_int("wrong_in_childs", scene->wrong);
    int wrong = 0;
    for (int i = 0; i < 2; i++)
        wrong += blocks[i] == NULL ? 0 : wrong_bytes(blocks[i], scene->size, 10 + i);
    answer_int("wrong_in_older", wrong);
    for (int i = 0; i < 2; i++)
        memory_release(blocks[i]);
    memory_release(own);
}

DRIVE(refused, "asks for `size` bytes, which is too much or nothing, many times")
{
    enum { TIMES = 20 };
    size_t size = (size_t)driver_argument("size", 0);
    signal(SIGXFSZ, SIG_IGN); // who makes a file for it reads EFBIG then
    int descriptors = driver_open_descriptors();
    int mapped = mappings();
    for (int i = 0; i < TIMES; i++) {
        errno = 0;
        void *block = memory_create(size);
        if (i == 0)
            answer_result("create", block == NULL ? -1 : 0);
    }
    answer_int("descriptors_left", driver_open_descriptors() - descriptors);
    answer_int("mappings_left", mappings() - mapped >= TIMES);
}

DRIVE(mmap_fails, "mmap fails while a block is made; it is made again afterwards")
{
    int descriptors = driver_open_descriptors();
    faults_fail(FAULTS_MMAP, 1, (int)driver_argument("error", EAGAIN));
    void *block = memory_create(100);
    answer_int("calls", faults_count(FAULTS_MMAP));
    answer_result("create", block == NULL ? -1 : 0);
    answer_int("descriptors_left", driver_open_descriptors() - descriptors);
    faults_fail(FAULTS_MMAP, 0, 0);
    void *again = memory_create(100);
    answer_result("create_again", again == NULL ? -1 : 0);
    memory_release(again);
}

// Whether `file`, as driver_mapped_file() gives it, has a name that others could open.
static bool is_named(const char *file)
{
    const char *deleted = " (deleted)";
    size_t length = file == NULL ? 0 : strlen(file);
    return length > strlen(deleted) && file[0] == '/' &&
           strcmp(file + length - strlen(deleted), deleted) != 0;
}

DRIVE(in_use, "looks for the name and the descriptor of a block that is in use")
{
    int descriptors = driver_open_descriptors();
    void *block = create_and_answer((size_t)driver_argument("size", 10000));
    if (block == NULL)
        return;
    const char *file = driver_mapped_file(block);
    fprintf(stderr, "the block is mapped from \"%s\"\n", file == NULL ? "nothing" : file);
    answer_int("named", is_named(file));
    answer_int("descriptors", driver_open_descriptors() - descriptors);
    memory_release(block);
}

// Waits until the parent has released the block.
static void use_when_released(struct scene *scene)
{
    gate_pass(&scene->gate);
    scene->wrong = wrong_bytes(scene->block, scene->size, PARENT);
    fill(scene->block, scene->size, CHILD);
    scene->wrong += wrong_bytes(scene->block, scene->size, CHILD);
}

static bool is_still_mapped(const unsigned char *byte, const char *from)
{
    const char *file = driver_mapped_file(byte);
    return file != NULL && strcmp(file, from) == 0;
}

DRIVE(release, "releases a block of `size` bytes that a child goes on using")
{
    struct scene *scene = make_scene();
    scene->size = (size_t)driver_argument("size", 8192);
    scene->block = create_and_answer(scene->size);
    if (scene->block == NULL)
        return;
    fill(scene->block, scene->size, PARENT);
    char file[256];
    const char *mapped = driver_mapped_file(scene->block);
    snprintf(file, sizeof file, "%s", mapped == NULL ? "" : mapped);
    pid_t child = start_child(use_when_released, scene);
    errno = EDOM;
    memory_release(scene->block);
    answer_int("errno_kept", errno == EDOM);
    memory_release(NULL);
    answer_int("errno_kept_for_null", errno == EDOM);
    answer_int("first_byte_left", is_still_mapped(scene->block, file));
    answer_int("last_byte_left", is_still_mapped(scene->block + scene->size - 1, file));
    gate_open(&scene->gate);
    answer_int("child_signal", end_child(child));
    answer_int("wrong_in_child", scene->wrong);
}

DRIVE(many_blocks,
      "creates and releases more blocks, one after the other, than there is room for at once")
{
    enum { TIMES = 300, SIZE = 4 * 1024 * 1024 };
    int made = 0;
    void *block;
    while (made < TIMES && (block = memory_create(SIZE)) != NULL) {
        memory_release(block);
        made++;
    }
    answer_int("made", made);
    answer_int("wanted", TIMES);
}

// --- Waiting, as others see it ---

static int64_t clock_ns(clockid_t clock)
{
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void announce(struct announced *announced)
{
    announced->process = getpid();
    announced->thread = gettid();
    if (gettid() == getpid())
        clock_getcpuclockid(getpid(), &announced->clock);
    else // one of several threads; only they can read this clock
        pthread_getcpuclockid(pthread_self(), &announced->clock);
    announced->used_ns = clock_ns(announced->clock);
    announced->made = true;
}

// Whether it waits for something: it sleeps, or it has worked for so long, for what takes a microsecond,
// that it must be looking again and again.
static bool waits(const struct announced *announced)
{
    enum { LONG_NS = 50 * 1000 * 1000 };
    return announced->made && (thread_is_asleep(announced->process, announced->thread) ||
                               clock_ns(announced->clock) - announced->used_ns > LONG_NS);
}

// --- Counters ---

// What counters are given as their pause.
static void take_part(void *argument)
{
    struct scene *scene = argument;
    int pause = atomic_fetch_add(&scene->pauses, 1);
    if (pause < MOST_PAUSES) {
        scene->processes[pause] = getpid();
        scene->threads[pause] = gettid();
    }
    if (pause == scene->held && scene->first == AWAITS_GATE) {
        gate_open(&scene->arrived);
        gate_pass(&scene->gate);
    }
    if (pause > 0 || scene->first == AWAITS_GATE)
        return;
    gate_open(&scene->arrived);
    while (scene->first == AWAITS_SECOND && scene->pauses == 1 && !waits(&scene->second))
        sched_yield();
    if (scene->first == IS_KILLED || scene->first_dies)
        kill(getpid(), SIGKILL);
    if (scene->first == EXITS)
        _exit(0);
    if (scene->first == ENDS_THREAD)
        pthread_exit(NULL);
}

static void attend(void *argument)
{
    struct scene *scene = argument;
    meeting_attend(scene->meeting);
}

// As if nobody had been in the pause yet.
static void begin_anew(struct scene *scene)
{
    scene->arrived = gate_make();
    scene->pauses = 0;
    scene->second.made = false;
    scene->first_dies = false;
}

static struct scene *make_counter(enum counter_kind kind, void (*pause)(void *argument))
{
    struct scene *scene = make_scene();
    scene->counter = counter_create(kind, pause, scene);
    answer_result("create", scene->counter == NULL ? -1 : 0);
    return scene;
}

// The pause of one worker: nobody else adds meanwhile.
struct lonely {
    struct counter *counter;
    bool looks;
    int pauses;
    int64_t value_in_pause;
};

static void look(void *argument)
{
    struct lonely *lonely = argument;
    lonely->pauses++;
    if (lonely->looks)
        lonely->value_in_pause = counter_value(lonely->counter);
}

DRIVE(adds,
      "one process adds `adds` times to a counter of kind `kind`, and looks at it in the pause if `look`")
{
    enum counter_kind kind = (enum counter_kind)driver_argument("kind", COUNTER_UNSAFE);
    int adds = (int)driver_argument("adds", 5);
    struct lonely lonely = {.looks = driver_argument("look", 1) != 0, .value_in_pause = -1};
    struct counter *counter = counter_create(kind, look, &lonely);
    struct counter *without_pause = counter_create(kind, NULL, NULL);
    lonely.counter = counter;
    answer_result("create", counter == NULL || without_pause == NULL ? -1 : 0);
    if (counter == NULL || without_pause == NULL)
        return;
    answer_int("value_before", counter_value(counter));
    for (int i = 0; i < adds; i++) {
        counter_add(counter);
        counter_add(without_pause);
    }
    answer_int("value", counter_value(counter));
    answer_int("value_without_pause", counter_value(without_pause));
    answer_int("pauses", lonely.pauses);
    answer_int("value_in_pause", lonely.value_in_pause);
    counter_release(counter);
    counter_release(without_pause);
}

static void add_some(struct scene *scene)
{
    for (int i = 0; i < scene->number; i++)
        counter_add(scene->counter);
    scene->added = counter_value(scene->counter);
}

DRIVE(child_adds, "after 2 additions of its own, a process starts a child that adds `adds` times")
{
    struct scene *scene = make_counter((enum counter_kind)driver_argument("kind", COUNTER_UNSAFE), NULL);
    if (scene->counter == NULL)
        return;
    scene->number = (int)driver_argument("adds", 5);
    for (int i = 0; i < 2; i++)
        counter_add(scene->counter);
    end_child(start_child(add_some, scene));
    answer_int("seen_by_child", scene->added);
    answer_int("seen_by_parent", counter_value(scene->counter));
    counter_release(scene->counter);
}

// Between reading and writing, a child adds.
static void let_child_add(void *argument)
{
    struct scene *scene = argument;
    if (atomic_fetch_add(&scene->pauses, 1) == 0)
        end_child(start_child(add_some, scene));
}

DRIVE(lost, "while one process is in its pause, another one adds `adds` times: COUNTER_UNSAFE")
{
    struct scene *scene = make_counter(COUNTER_UNSAFE, let_child_add);
    if (scene->counter == NULL)
        return;
    scene->number = (int)driver_argument("adds", 5);
    counter_add(scene->counter);
    answer_int("seen_in_pause", scene->added);
    answer_int("value", counter_value(scene->counter));
    counter_release(scene->counter);
}

static void add_as_first(struct scene *scene)
{
    counter_add(scene->counter);
}

static void add_as_second(struct scene *scene)
{
    gate_pass(&scene->arrived);
    announce(&scene->second);
    counter_add(scene->counter);
}

static void *add_as_first_thread(void *scene)
{
    add_as_first(scene);
    return NULL;
}

static void *add_as_second_thread(void *scene)
{
    add_as_second(scene);
    return NULL;
}

// The second adds once the first is in its pause. The first goes on when the second has come into its own
// pause, too, or waits.
static void add_in_pair(struct scene *scene)
{
    scene->first = AWAITS_SECOND;
    pid_t second = start_child(add_as_second, scene);
    pid_t first = start_child(add_as_first, scene);
    end_child(first);
    end_child(second);
}

static void add_in_pair_of_threads(struct scene *scene)
{
    pthread_t threads[2];
    scene->first = AWAITS_SECOND;
    errno = pthread_create(&threads[0], NULL, add_as_first_thread, scene);
    if (errno == 0)
        errno = pthread_create(&threads[1], NULL, add_as_second_thread, scene);
    if (errno != 0)
        driver_broken("pthread_create");
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}

DRIVE(pair,
      "a second process (or thread, if `threads`) adds while the first is in its pause: COUNTER_LOCKED")
{
    struct scene *scene = make_counter(COUNTER_LOCKED, take_part);
    if (scene->counter == NULL)
        return;
    if (driver_argument("threads", 0))
        add_in_pair_of_threads(scene);
    else
        add_in_pair(scene);
    answer_int("value", counter_value(scene->counter));
    faults_answer();
    counter_release(scene->counter);
}

DRIVE(holder_dies, "a process is killed in its pause while another one waits: COUNTER_LOCKED")
{
    struct scene *scene = make_counter(COUNTER_LOCKED, take_part);
    if (scene->counter == NULL)
        return;
    scene->first_dies = true;
    add_in_pair(scene);
    answer_int("after_death", counter_value(scene->counter));
    counter_add(scene->counter);
    answer_int("after_next", counter_value(scene->counter));
    begin_anew(scene);
    add_in_pair(scene); // is it still a lock?
    answer_int("after_pair", counter_value(scene->counter));
    counter_release(scene->counter);
}

DRIVE(value_in_pause, "reads the value while another process is in its pause: COUNTER_LOCKED")
{
    struct scene *scene = make_counter(COUNTER_LOCKED, take_part);
    if (scene->counter == NULL)
        return;
    scene->first = AWAITS_GATE;
    pid_t child = start_child(add_as_first, scene);
    gate_pass(&scene->arrived);
    answer_int("value", counter_value(scene->counter));
    gate_open(&scene->gate);
    end_child(child);
    counter_release(scene->counter);
}

static void add_in_pair_when_released(struct scene *scene)
{
    gate_pass(&scene->gate);
    add_in_pair(scene);
    scene->added = counter_value(scene->counter);
}

DRIVE(release_counter, "releases a counter that two other processes go on using: COUNTER_LOCKED")
{
    struct scene *scene = make_counter(COUNTER_LOCKED, take_part);
    if (scene->counter == NULL)
        return;
    pid_t child = start_child(add_in_pair_when_released, scene);
    errno = EDOM;
    counter_release(scene->counter);
    answer_int("errno_kept", errno == EDOM);
    counter_release(NULL);
    answer_int("errno_kept_for_null", errno == EDOM);
    gate_open(&scene->gate);
    end_child(child);
    answer_int("value", scene->added);
}

DRIVE(many_counters, "creates and releases counters of each kind, one after the other")
{
    enum { TIMES = 50 };
    int made = 0;
    int descriptors = driver_open_descriptors();
    int mapped = mappings();
    for (int i = 0; i < TIMES; i++) {
        for (enum counter_kind kind = COUNTER_PRIVATE; kind <= COUNTER_ATOMIC; kind++) {
            struct counter *counter = counter_create(kind, NULL, NULL);
            made += counter != NULL;
            counter_release(counter);
        }
    }
    answer_int("made", made);
    answer_int("wanted", TIMES * (COUNTER_ATOMIC + 1));
    answer_int("mappings_left", mappings() - mapped >= TIMES);
    answer_int("descriptors_left", driver_open_descriptors() - descriptors);
}

// Adds until the rivals have seen each other add in between often enough. They do so all the time while
// two of them run on two processors. On one processor they take turns instead, and the deadline ends it.
static void race(struct scene *scene)
{
    enum { UNTIL_A_LOOK = 500 };
    setsid(); // processes of one session may be given one processor by turns: autogroup in sched(7)
    meeting_attend(scene->meeting);
    int64_t last = counter_value(scene->counter);
    while (scene->seen < scene->number && clock_ns(CLOCK_MONOTONIC) < scene->deadline_ns) {
        int seen = 0;
        for (int i = 0; i < UNTIL_A_LOOK; i++) {
            counter_add(scene->counter);
            int64_t now = counter_value(scene->counter);
            seen += now != last + 1;
            last = now;
        }
        scene->seen += seen;
        scene->added += UNTIL_A_LOOK;
    }
}

static int processors(void)
{
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) == -1)
        driver_broken("sched_getaffinity");
    return CPU_COUNT(&usable);
}

DRIVE(rivals,
      "8 processes add at once until they have seen each other add in between `turns` times: `kind`")
{
    enum { RIVALS = 8 }; // two of them run at once even while others keep the processors busy
    struct scene *scene = make_counter((enum counter_kind)driver_argument("kind", COUNTER_ATOMIC), NULL);
    if (scene->counter == NULL)
        return;
    scene->meeting = meeting_make(RIVALS);
    scene->number = (int)driver_argument("turns", 5000);
    scene->deadline_ns = clock_ns(CLOCK_MONOTONIC) + driver_argument("most_ms", 900) * INT64_C(1000000);
    pid_t children[RIVALS];
    for (int i = 0; i < RIVALS; i++)
        children[i] = start_child(race, scene);
    for (int i = 0; i < RIVALS; i++)
        end_child(children[i]);
    answer_int("added", scene->added);
    answer_int("seen", scene->seen);
    answer_int("processors", processors());
    answer_int("value", counter_value(scene->counter));
    counter_release(scene->counter);
}

DRIVE(counter_misuse, "makes every mistake that the header names")
{
    static const struct {
        const char *name;
        int workers, rounds;
    } calls[] = {{"no_worker", 0, 1},
                 {"negative_workers", -1, 1},
                 {"negative_rounds", 1, -1},
                 {"no_rounds", 2, 0}};
    struct counter *counter = counter_create(COUNTER_ATOMIC, NULL, NULL);
    answer_result("create", counter == NULL ? -1 : 0);
    if (counter == NULL)
        return;
    struct counter *unknown = counter_create((enum counter_kind)driver_argument("kind", 4), NULL, NULL);
    answer_result("unknown_kind", unknown == NULL ? -1 : 0);
    for (int kind = COUNTER_PROCESSES; kind <= COUNTER_THREADS; kind++) {
        enum counter_worker worker = (enum counter_worker)kind;
        for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
            char name[32];
            snprintf(name, sizeof name, "%s_%d", calls[i].name, kind);
            answer_result(name, counter_run(counter, worker, calls[i].workers, calls[i].rounds));
        }
    }
    int started = faults_count(FAULTS_FORK) + faults_count(FAULTS_THREAD);
    answer_result("unknown_worker",
                  counter_run(counter, (enum counter_worker)driver_argument("worker", 2), 1, 1));
    answer_int("started", faults_count(FAULTS_FORK) + faults_count(FAULTS_THREAD) - started);
    answer_int("value", counter_value(counter));
    counter_release(counter);
}

DRIVE(counter_without_memory, "mmap fails while a counter is made, and in each place of a run")
{
    enum counter_worker worker = (enum counter_worker)driver_argument("worker", COUNTER_PROCESSES);
    faults_fail(FAULTS_MMAP, 1, ENOMEM);
    struct counter *none = counter_create(COUNTER_LOCKED, NULL, NULL);
    answer_int("calls", faults_count(FAULTS_MMAP));
    answer_result("create", none == NULL ? -1 : 0);
    faults_fail(FAULTS_MMAP, 0, 0);
    struct counter *counter = counter_create(COUNTER_LOCKED, NULL, NULL);
    int before = faults_count(FAULTS_MMAP);
    answer_result("run", counter == NULL ? -1 : counter_run(counter, worker, 2, 1));
    int calls = faults_count(FAULTS_MMAP) - before;
    int told = 0;
    for (int i = 0; i < calls; i++) {
        faults_fail(FAULTS_MMAP, i + 1, ENOMEM);
        told += counter_run(counter, worker, 2, 1) == -1 && errno == ENOMEM;
    }
    answer_int("not_told", calls - told);
    counter_release(counter);
}

// --- Runs ---

// Who was in the pauses, and how often.
static void answer_workers(const struct scene *scene)
{
    int noted = scene->pauses < MOST_PAUSES ? scene->pauses : MOST_PAUSES;
    int workers = 0, in_starter = 0, in_its_process = 0;
    int fewest = noted, most = 0;
    for (int i = 0; i < noted; i++) {
        int times = 0;
        bool earlier = false;
        for (int k = 0; k < noted; k++) {
            times += scene->threads[k] == scene->threads[i];
            earlier = earlier || (k < i && scene->threads[k] == scene->threads[i]);
        }
        workers += !earlier;
        fewest = times < fewest ? times : fewest;
        most = times > most ? times : most;
        in_starter += scene->threads[i] == getpid();
        in_its_process += scene->processes[i] == getpid();
    }
    answer_int("pauses", scene->pauses);
    answer_int("workers", workers);
    answer_int("fewest", fewest);
    answer_int("most", most);
    answer_int("in_starter", in_starter);
    answer_int("in_its_process", in_its_process);
}

static int run_as_ordered(struct counter *counter, int otherwise)
{
    return counter_run(counter, (enum counter_worker)driver_argument("worker", COUNTER_PROCESSES),
                       (int)driver_argument("workers", otherwise), driver_argument("rounds", 10));
}

DRIVE(run,
      "`workers` processes (threads, if `worker` is 1) add `rounds` times each; the counter is of `kind`")
{
    struct scene *scene =
        make_counter((enum counter_kind)driver_argument("kind", COUNTER_LOCKED), take_part);
    if (scene->counter == NULL)
        return;
    answer_result("run", run_as_ordered(scene->counter, 3));
    answer_int("value", counter_value(scene->counter));
    answer_workers(scene);
    counter_release(scene->counter);
}

DRIVE(run_at_once, "`workers` workers each wait in their pause until all are in theirs: COUNTER_UNSAFE")
{
    struct scene *scene = make_counter(COUNTER_UNSAFE, attend);
    if (scene->counter == NULL)
        return;
    int workers = (int)driver_argument("workers", 3);
    enum counter_worker worker = (enum counter_worker)driver_argument("worker", COUNTER_PROCESSES);
    scene->meeting = meeting_make(workers);
    answer_result("run", counter_run(scene->counter, worker, workers, 1));
    answer_int("arrived", meeting_arrived(scene->meeting));
    answer_int("value", counter_value(scene->counter));
    counter_release(scene->counter);
}

// Whether a thread that was in a pause has ended: it is gone, or only nobody has waited for it yet.
static bool has_ended(pid_t process, pid_t thread)
{
    char path[64];
    char state = 'X';
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", process, thread);
    FILE *stat = fopen(path, "re");
    if (stat != NULL && fscanf(stat, "%*d %*[^)]) %c", &state) != 1)
        state = 'X';
    if (stat != NULL)
        fclose(stat);
    return state == 'X' || state == 'Z';
}

// How many workers have ended, of those that were in a pause.
static int ended(const struct scene *scene)
{
    int count = 0;
    for (int i = 0; i < scene->pauses && i < MOST_PAUSES; i++)
        count += scene->threads[i] != 0 && has_ended(scene->processes[i], scene->threads[i]);
    return count;
}

// One worker is held in its pause. When all others have ended and counter_run() still waits, it may go
// on.
static void open_when_starter_waits(struct scene *scene)
{
    enum { LOOKS = 300 }; // while it waits; then it may be waiting for each before it starts the next
    bool all_others_ended = false;
    for (int looks = 0; looks < LOOKS && !all_others_ended && !scene->returned;) {
        bool starter_waits = waits(&scene->starter);
        looks += starter_waits;
        all_others_ended =
            starter_waits && scene->pauses >= scene->number && ended(scene) >= scene->number - 1;
        sched_yield();
    }
    if (scene->returned)
        return; // whoever was left behind stays where it is
    scene->opened = true;
    gate_open(&scene->gate);
}

DRIVE(run_waits,
      "of 4 workers number `held` cannot end before the others; the start of number `failing` fails")
{
    enum { WORKERS = 4 };
    struct scene *scene = make_counter(COUNTER_UNSAFE, take_part);
    if (scene->counter == NULL)
        return;
    enum counter_worker worker = (enum counter_worker)driver_argument("worker", COUNTER_PROCESSES);
    enum faults_call start = worker == COUNTER_THREADS ? FAULTS_THREAD : FAULTS_FORK;
    int failing = (int)driver_argument("failing", 0);
    scene->first = AWAITS_GATE;
    scene->held = (int)driver_argument("held", 0);
    scene->number = failing == 0 ? WORKERS : failing - 1; // at least so many count
    pid_t helper = start_child(open_when_starter_waits, scene);
    faults_fail(start, failing, EAGAIN);
    faults_interrupt((int)driver_argument("interruptions", 0));
    announce(&scene->starter);
    answer_result("run", counter_run(scene->counter, worker, WORKERS, 1));
    answer_int("waited", scene->opened);
    answer_int("added", scene->pauses);
    answer_int("starts", faults_count(start));
    scene->returned = true;
    end_child(helper);
    faults_interrupt(0);
    if (scene->opened) // or somebody may still use it
        counter_release(scene->counter);
}

DRIVE(run_loses_worker,
      "of 3 workers the first in its pause is killed (`how` 3), or calls _exit (4) or pthread_exit (5)")
{
    struct scene *scene = make_counter(COUNTER_LOCKED, take_part);
    if (scene->counter == NULL)
        return;
    scene->first = (enum first)driver_argument("how", IS_KILLED);
    answer_result("run", run_as_ordered(scene->counter, 3));
    answer_int("value", counter_value(scene->counter));
    counter_release(scene->counter);
}
