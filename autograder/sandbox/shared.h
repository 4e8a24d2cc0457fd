// Named shared memory and semaphores: at level C they lie in the machine's own /dev/shm
// (shm_overview(7)), and stay when their program has ended. Only where the program has a user id of its
// own, that is if we are root, can be told what is its own: for an ordinary user everything stays.
#pragma once
#include <stdbool.h>
#include <sys/types.h>

// Whether `user` has nothing there, so that what there is after a run is of that run. False if we are not
// root.
bool shared_is_empty(uid_t user);

// Removes what `user` has there, as that user, who can remove nobody else's. Returns 0, or -1 if
// something is left.
int shared_remove(uid_t user);
