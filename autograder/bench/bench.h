// What the benchmark's cases have in common. A case is one way to get items done; each is measured by a
// program run of its own (dispatch.c), so that none finds the caches, the memory or the children of
// another.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { BENCH_NUMBERS = 100000, BENCH_PAGES = 10000, BENCH_PAGE_SIZE = 1024 };

// A case that cannot be measured, or gives a wrong result, ends the program with what has failed and
// errno.
_Noreturn void bench_fail(const char *what);

// Items, and room for as many results. The functions that make a result of an item do nothing but that:
// what is measured is the way there and back.
struct bench_items {
    int (*function)(const void *argument, const void *item, void *result);
    size_t size; // of an item and of a result
    size_t count;
    char *items;
    char *results;
};

void bench_items_make(struct bench_items *items, size_t size, size_t count);
void bench_items_check(struct bench_items *items); // that each has its result; and forgets the results
void bench_items_free(struct bench_items *items);

// What a case is told.
struct bench_task {
    int workers;
    size_t size;  // of an item, in bytes
    size_t count; // how many of them
    size_t chunk; // 0: automatic
};

// Each measures one way: calls repeat() on what is to be measured, and returns what that returns.
double bench_pool(const struct bench_task *task);
double bench_limit(const struct bench_task *task);
double bench_channel(const struct bench_task *task);
double bench_xargs(const struct bench_task *task);
double bench_start(const struct bench_task *task);
double bench_sleep_loop(const struct bench_task *task);
double bench_sleep_pool(const struct bench_task *task);

// Calls `run(context)` once to warm up, and then until a quarter of a second has gone by. Returns the
// nanoseconds that a call took, on average.
double bench_repeat(void (*run)(void *context), void *context);

// On CLOCK_MONOTONIC, in nanoseconds.
double bench_now(void);
