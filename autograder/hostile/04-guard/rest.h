// The rest of every submission against guard.h: the prover puts it behind an attack. All drives come
// through guard_main() first, which does nothing here; the first drive then calls spawn_start(): it
// attacks, and fails. What attacks in guard_main() stands beside this file.
// failure: spawn_start() gave -1
//
#include "guard.h"

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_guard_main
void guard_main(const struct guard_function *functions, size_t count)
{
    (void)functions;
    (void)count;
}
#endif

#ifndef BRINGS_spawn_start
int spawn_start(struct spawn *spawn)
{
    (void)spawn;
    attack();
    return -1;
}
#endif
