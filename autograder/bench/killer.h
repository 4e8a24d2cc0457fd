// A process that kills workers of its parent, at a moment that the parent has ordered.
#pragma once
#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

struct killer;

enum { KILLER_MOST_VICTIMS = 2 };

struct killer_order {
    int64_t delay_ns; // from the order to the strike
    uint64_t random;  // says who is hit
    int32_t signal;   // SIGKILL or another one that ends a process
    int32_t most;     // how many are hit, if there are so many
};

struct killer_report {
    int32_t victims;                     // how many were hit; -1: the system does not list children
    int32_t phases[KILLER_MOST_VICTIMS]; // what `phase` was at that time
};

// Starts it. `phase` is in shared memory; what stands there is reported. Returns NULL with errno set.
struct killer *killer_create(const atomic_int *phase);

pid_t killer_pid(const struct killer *killer);

// Gives an order. Then killer_hear() waits until it was carried out. Each returns 0, or -1 if the killer
// has ended.
int killer_send(struct killer *killer, const struct killer_order *order);
int killer_hear(struct killer *killer, struct killer_report *report);

// Ends the process, waits for its end, and frees all.
void killer_release(struct killer *killer);
