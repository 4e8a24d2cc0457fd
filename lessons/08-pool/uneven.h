// Twelve tasks of uneven lengths, three workers, and a record of who has
// done what, and when.
#pragma once
#include "memory.h"
#include "process.h"
#include "seconds.h"
#include "slow_square.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// [region lengths]
enum { ITEMS = 12, WORKERS = 3 };

static const int lengths_ms[ITEMS] = {120, 100, 80, 60, 40, 40,
                                      30,  30,  20, 20, 20, 20};
// [endregion lengths]

struct record {
    int worker;
    double begin, end; // seconds
};

struct sheet { // in shared memory
    double start;
    _Atomic int arrived; // workers
    _Atomic int next;    // item
    struct record records[ITEMS];
};

// [region item]
static inline void do_item(struct sheet *sheet, int worker, int item)
{
    struct record *record = &sheet->records[item];
    record->worker = worker;
    record->begin = seconds();
    wait_ms(lengths_ms[item]);
    record->end = seconds();
}
// [endregion item]

static inline void print_records(const struct sheet *sheet)
{
    double last = 0;
    printf("worker    item  begin, ms  end, ms\n");
    for (int worker = 0; worker < WORKERS; worker++)
        for (int i = 0; i < ITEMS; i++) {
            const struct record *record = &sheet->records[i];
            if (record->worker != worker)
                continue;
            printf("worker %d  %4d  %9.1f  %7.1f\n", worker, i,
                   (record->begin - sheet->start) * 1e3,
                   (record->end - sheet->start) * 1e3);
            last = record->end > last ? record->end : last;
        }
    printf("\nall done after %.0f ms\n", (last - sheet->start) * 1e3);
}

// Runs a worker's `body` in each of the workers; prints what they did.
static inline int run_workers(int (*body)(void *sheet))
{
    struct process *workers[WORKERS];
    struct sheet *sheet = memory_create(sizeof *sheet);
    if (sheet == NULL)
        return EXIT_FAILURE;
    sheet->start = seconds();
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = process_create(body, sheet);
        if (workers[i] == NULL || process_start(workers[i]) == -1)
            return EXIT_FAILURE;
    }
    for (int i = 0; i < WORKERS; i++) {
        process_join(workers[i], -1);
        process_release(workers[i]);
    }
    print_records(sheet);
    memory_release(sheet);
    return EXIT_SUCCESS;
}
