// Memory that processes share, and a counter in it. The task is in README.md, the contract in memory.h.
#include "memory.h"
#include <errno.h>

struct counter {
    enum counter_kind kind;
    void (*pause)(void *argument);
    void *argument;
    int64_t value;
};

void *memory_create(size_t size)
{
    // TODO(learner): refuse 0; ask mmap(2) for memory that processes share
    (void)size;
    errno = ENOSYS;
    return NULL;
}

void memory_release(void *memory)
{
    // TODO(learner): give the whole block back with munmap(2)
    (void)memory;
}

struct counter *counter_create(enum counter_kind kind, void (*pause)(void *argument), void *argument)
{
    // TODO(learner): refuse what is no kind; make a counter that stands at 0, in the right memory
    (void)kind;
    (void)pause;
    (void)argument;
    errno = ENOSYS;
    return NULL;
}

void counter_add(struct counter *counter)
{
    // TODO(learner): read, pause, write; or one atomic addition
    (void)counter;
}

int64_t counter_value(const struct counter *counter)
{
    // TODO(learner): the value at present
    (void)counter;
    return 0;
}

int counter_run(struct counter *counter, enum counter_worker kind, int workers, int64_t rounds)
{
    // TODO(learner): start all workers, then wait for all of them
    (void)counter;
    (void)kind;
    (void)workers;
    (void)rounds;
    errno = ENOSYS;
    return -1;
}

void counter_release(struct counter *counter)
{
    // TODO(learner): give the memory back in which the counter lies
    (void)counter;
}
