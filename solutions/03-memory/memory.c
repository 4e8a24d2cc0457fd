// Memory that processes share, and a counter in it that several workers count with.
#include "memory.h"
#include "process.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>

// In front of each block stands its size, which munmap(2) wants to know. As long as a cache line, so that
// the block is aligned to one.
enum { HEAD_SIZE = 64 };
struct head {
    size_t mapped_size;
};
static_assert(sizeof(struct head) <= HEAD_SIZE, "the head has room in front of the block");

void *memory_create(size_t size)
{
    if (size == 0) {
        errno = EINVAL;
        return NULL;
    }
    if (size > SIZE_MAX - HEAD_SIZE) { // the sum would begin again at 0, and a tiny block be made
        errno = ENOMEM;
        return NULL;
    }
    size_t mapped_size = HEAD_SIZE + size;
    void *mapped = mmap(NULL, mapped_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) {
        errno = ENOMEM; // mmap(2) has other names for "too much", such as EAGAIN
        return NULL;
    }
    ((struct head *)mapped)->mapped_size = mapped_size;
    return (char *)mapped + HEAD_SIZE;
}

void memory_release(void *memory)
{
    if (memory == NULL)
        return;
    int error = errno;
    struct head *head = (struct head *)((char *)memory - HEAD_SIZE);
    munmap(head, head->mapped_size);
    errno = error;
}

// All of it lies in memory of the kind that the counter is of, the lock beside the value.
struct counter {
    enum counter_kind kind;
    void (*pause)(void *argument);
    void *argument;
    pthread_mutex_t lock; // COUNTER_LOCKED: held from the reading to the writing
    // Atomic in every kind, so that counter_value() may look at any time, and two workers that write at
    // once are no undefined behaviour. That makes each load and each store whole. It does not make a
    // load and a later store one step: COUNTER_UNSAFE loses additions all the same.
    _Atomic int64_t value;
};
// An atomic that is not lock-free would hide a lock in memory of its own process.
static_assert(ATOMIC_LONG_LOCK_FREE == 2 && ATOMIC_LLONG_LOCK_FREE == 2,
              "atomics work between processes");

// Makes a lock that works between processes, and tells when its holder has ended. Returns 0 or an errno.
static int make_lock(pthread_mutex_t *lock)
{
    pthread_mutexattr_t attributes;
    int error = pthread_mutexattr_init(&attributes);
    if (error != 0)
        return error;
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    error = pthread_mutex_init(lock, &attributes);
    pthread_mutexattr_destroy(&attributes);
    return error;
}

struct counter *counter_create(enum counter_kind kind, void (*pause)(void *argument), void *argument)
{
    if ((unsigned)kind > COUNTER_ATOMIC) {
        errno = EINVAL;
        return NULL;
    }
    struct counter *counter =
        kind == COUNTER_PRIVATE ? malloc(sizeof *counter) : memory_create(sizeof *counter);
    if (counter == NULL)
        return NULL;
    counter->kind = kind;
    counter->pause = pause;
    counter->argument = argument;
    atomic_init(&counter->value, 0);
    int error = kind == COUNTER_LOCKED ? make_lock(&counter->lock) : 0;
    if (error != 0) {
        counter_release(counter);
        errno = error;
        return NULL;
    }
    return counter;
}

// Read, pause, write: three steps, and other workers may come in between.
static void add_in_steps(struct counter *counter)
{
    int64_t value = atomic_load(&counter->value);
    if (counter->pause != NULL)
        counter->pause(counter->argument);
    atomic_store(&counter->value, value + 1);
}

static void add_locked(struct counter *counter)
{
    // The last holder has ended without unlocking. The value is whole: it had not been written yet, or
    // had been for good.
    if (pthread_mutex_lock(&counter->lock) == EOWNERDEAD)
        pthread_mutex_consistent(&counter->lock);
    add_in_steps(counter);
    pthread_mutex_unlock(&counter->lock);
}

void counter_add(struct counter *counter)
{
    switch (counter->kind) {
    case COUNTER_PRIVATE:
    case COUNTER_UNSAFE:
        add_in_steps(counter);
        break;
    case COUNTER_LOCKED:
        add_locked(counter);
        break;
    case COUNTER_ATOMIC:
        atomic_fetch_add(&counter->value, 1);
        break;
    }
}

int64_t counter_value(const struct counter *counter)
{
    return atomic_load(&counter->value);
}

void counter_release(struct counter *counter)
{
    if (counter == NULL)
        return;
    int error = errno;
    if (counter->kind == COUNTER_PRIVATE) // no pthread_mutex_destroy(): other processes go on counting
        free(counter);
    else
        memory_release(counter);
    errno = error;
}

// What the workers of one counter_run() share with their starter.
struct run {
    struct counter *counter;
    int64_t rounds;
    atomic_int finished; // workers that have done all their rounds
};

static void work(struct run *run)
{
    for (int64_t round = 0; round < run->rounds; round++)
        counter_add(run->counter);
    atomic_fetch_add(&run->finished, 1);
}

static int work_as_process(void *run)
{
    work(run);
    return 0;
}

static void *work_as_thread(void *run)
{
    work(run);
    return NULL;
}

static struct process *start_process(struct run *run)
{
    struct process *process = process_create(work_as_process, run);
    if (process == NULL || process_start(process) == 0)
        return process;
    int error = errno;
    process_release(process);
    errno = error;
    return NULL;
}

// Starts as many as it can up to `workers`, then waits for them. Returns 0, or the errno of the start
// that failed.
static int run_processes(struct run *run, int workers)
{
    struct process **processes = calloc((size_t)workers, sizeof *processes);
    if (processes == NULL)
        return errno;
    int started = 0;
    while (started < workers && (processes[started] = start_process(run)) != NULL)
        started++;
    int error = started < workers ? errno : 0;
    for (int i = 0; i < started; i++) {
        process_join(processes[i], -1);
        process_release(processes[i]);
    }
    free(processes);
    return error;
}

// The same with threads.
static int run_threads(struct run *run, int workers)
{
    pthread_t *threads = calloc((size_t)workers, sizeof *threads);
    if (threads == NULL)
        return errno;
    int started = 0;
    int error = 0;
    while (started < workers &&
           (error = pthread_create(&threads[started], NULL, work_as_thread, run)) == 0)
        started++;
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return error;
}

int counter_run(struct counter *counter, enum counter_worker kind, int workers, int64_t rounds)
{
    if (workers < 1 || rounds < 0 || (kind != COUNTER_PROCESSES && kind != COUNTER_THREADS)) {
        errno = EINVAL;
        return -1;
    }
    struct run *run = memory_create(sizeof *run);
    if (run == NULL)
        return -1;
    run->counter = counter;
    run->rounds = rounds;
    atomic_init(&run->finished, 0);
    int error = kind == COUNTER_PROCESSES ? run_processes(run, workers) : run_threads(run, workers);
    if (error == 0 && atomic_load(&run->finished) < workers) // whatever its exit status says
        error = ECANCELED;
    memory_release(run);
    if (error == 0)
        return 0;
    errno = error;
    return -1;
}
