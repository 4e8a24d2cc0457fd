// The rest of every submission against memory.h: the prover puts it behind an attack. The first drive
// calls memory_create() first: it attacks, and fails.
// failure: memory_create(4) gave NULL
//
#include "memory.h"

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_memory_create
void *memory_create(size_t size)
{
    (void)size;
    attack();
    return NULL;
}
#endif

#ifndef BRINGS_memory_release
void memory_release(void *memory)
{
    (void)memory;
}
#endif

#ifndef BRINGS_counter_create
struct counter *counter_create(enum counter_kind kind, void (*pause)(void *argument), void *argument)
{
    (void)kind;
    (void)pause;
    (void)argument;
    return NULL;
}
#endif

#ifndef BRINGS_counter_add
void counter_add(struct counter *counter)
{
    (void)counter;
}
#endif

#ifndef BRINGS_counter_value
int64_t counter_value(const struct counter *counter)
{
    (void)counter;
    return -1;
}
#endif

#ifndef BRINGS_counter_run
int counter_run(struct counter *counter, enum counter_worker kind, int workers, int64_t rounds)
{
    (void)counter;
    (void)kind;
    (void)workers;
    (void)rounds;
    return -1;
}
#endif

#ifndef BRINGS_counter_release
void counter_release(struct counter *counter)
{
    (void)counter;
}
#endif
