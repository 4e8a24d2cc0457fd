// The rest of every submission against initializer.h: the prover puts it behind an attack. In the first
// drive a worker calls worker_run(): it attacks, and fails.
// failure: worker_run() returned -1
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
