// The rest of every submission against lifetime.h: the prover puts it behind an attack. The first drive
// calls crew_create() first: it attacks, and fails.
// failure: crew_create() gave NULL
//
#include "lifetime.h"

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_crew_create
struct crew *crew_create(const struct crew_options *options)
{
    (void)options;
    attack();
    return NULL;
}
#endif

#ifndef BRINGS_crew_pid
pid_t crew_pid(const struct crew *crew, int seat)
{
    (void)crew;
    (void)seat;
    return 0;
}
#endif

#ifndef BRINGS_crew_send
int crew_send(struct crew *crew, int seat, const void *message, size_t size)
{
    (void)crew;
    (void)seat;
    (void)message;
    (void)size;
    return -1;
}
#endif

#ifndef BRINGS_crew_wait
int crew_wait(struct crew *crew, int timeout_ms, struct crew_event *event)
{
    (void)crew;
    (void)timeout_ms;
    (void)event;
    return -1;
}
#endif

#ifndef BRINGS_crew_replace
int crew_replace(struct crew *crew, int seat)
{
    (void)crew;
    (void)seat;
    return -1;
}
#endif

#ifndef BRINGS_crew_task_done
bool crew_task_done(struct crew_worker *worker)
{
    (void)worker;
    return false;
}
#endif

#ifndef BRINGS_crew_dismiss
void crew_dismiss(struct crew *crew)
{
    (void)crew;
}
#endif

#ifndef BRINGS_crew_stop
int crew_stop(struct crew *crew, int patience_ms)
{
    (void)crew;
    (void)patience_ms;
    return -1;
}
#endif

#ifndef BRINGS_crew_release
void crew_release(struct crew *crew)
{
    (void)crew;
}
#endif
