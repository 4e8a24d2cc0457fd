// Items and results lie in shared memory. A worker takes the next item by
// adding to a counter; nothing is sent.
#include "memory.h"
#include "process.h"
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 3 };

// [region batch]
enum { ITEMS = 100000, CHUNK = 100 };

struct batch { // in shared memory
    _Atomic size_t next;
    int64_t items[ITEMS], squares[ITEMS];
};
// [endregion batch]

// [region work]
static int work(void *argument)
{
    struct batch *batch = argument;
    size_t begin;
    while ((begin = atomic_fetch_add(&batch->next, CHUNK)) < ITEMS) {
        size_t end = begin + CHUNK < ITEMS ? begin + CHUNK : ITEMS;
        for (size_t i = begin; i < end; i++)
            batch->squares[i] = batch->items[i] * batch->items[i];
    }
    return EXIT_SUCCESS;
}
// [endregion work]

int main(void)
{
    struct process *workers[WORKERS];
    struct batch *batch = memory_create(sizeof *batch);
    if (batch == NULL) {
        perror("memory_create");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < ITEMS; i++)
        batch->items[i] = i + 1;
    for (int i = 0; i < WORKERS; i++) {
        workers[i] = process_create(work, batch);
        if (workers[i] == NULL || process_start(workers[i]) == -1) {
            perror("process_start");
            return EXIT_FAILURE;
        }
    }
    for (int i = 0; i < WORKERS; i++) {
        process_join(workers[i], -1);
        process_release(workers[i]);
    }
    int right = 0;
    for (int64_t i = 0; i < ITEMS; i++)
        right += batch->squares[i] == (i + 1) * (i + 1);
    printf("%d of %d squares in their places\n", right, ITEMS);
    memory_release(batch);
    return right == ITEMS ? EXIT_SUCCESS : EXIT_FAILURE;
}
