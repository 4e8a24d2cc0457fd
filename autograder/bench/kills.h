// Maps with a worker killed at a random moment in each: what kills.c (pools) and kills_map.c (maps)
// share.
#pragma once
#include "killer.h"
#include "pool.h"
#include <stdbool.h>
#include <stdint.h>

enum { KILLS_MOST_ITEMS = 4000, KILLS_MOST_WORDS = 256 };
enum phase { BEFORE, DURING, AFTER, PHASES };

struct kills_item {
    uint64_t value;
    uint32_t index;
    uint32_t steps; // of work
};

// What the tasks share with this process.
struct kills_shared {
    atomic_int phase;
    _Atomic unsigned char begun[KILLS_MOST_ITEMS]; // how many times
};

struct kills_sums {
    long right, named, not_begun; // maps; not_begun: of those named, because no worker could be started
    long victims[PHASES];
};

// The whole run.
struct kills {
    uint64_t seed, random;
    long map; // the number of the present one
    struct kills_shared *shared;
    struct killer *killer;
    struct pool_options options;
    struct pool *pool; // for the next maps, or NULL
    long maps_left;    // for that pool
    double pace;       // nanoseconds for a step of work, as seen so far
    int descriptors;   // that were open at the beginning
    struct kills_sums sums;
    struct kills_item items[KILLS_MOST_ITEMS];
    uint64_t results[KILLS_MOST_ITEMS * KILLS_MOST_WORDS];
};

// Ends the program with a message that names the map; the workers and the killer end with it.
_Noreturn __attribute__((format(printf, 2, 3))) void kills_fail(const struct kills *run,
                                                                const char *format, ...);

// Does a map in run->pool, with a worker killed before it, at a random moment around it, or after it, and
// holds what came of each item against what pool_map() says.
void kills_do_map(struct kills *run);

// On CLOCK_MONOTONIC, in nanoseconds.
double kills_now(void);

// Chance: below a limit; small numbers as often as large ones, 1 to 2^bits; true once in n times.
uint64_t kills_mix(uint64_t x);
uint64_t kills_below(struct kills *run, uint64_t limit);
uint64_t kills_of_any_size(struct kills *run, unsigned bits);
bool kills_one_in(struct kills *run, uint64_t n);
