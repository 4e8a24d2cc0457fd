// The rest of every submission against initializer.h: the prover puts it behind an attack. The first
// drive is a worker, and calls worker_run(): it attacks, and fails.
// failure: worker_run() gave -1
//
#include "initializer.h"

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_worker_run
int worker_run(struct crew_worker *worker, const struct worker_service *service)
{
    (void)worker;
    (void)service;
    attack();
    return -1;
}
#endif
