// Two children count in private and in shared memory. What does the parent
// print?
#include "memory.h"
#include "process.h"
#include <stdio.h>
#include <stdlib.h>

// [region add]
struct counts {
    int here;
    int *there;
};

static int add(void *argument)
{
    struct counts *counts = argument;
    counts->here++;
    (*counts->there)++;
    return 0;
}
// [endregion add]

int main(void)
{
    // [region main]
    struct counts counts = {.there = memory_create(sizeof(int))};
    if (counts.there == NULL)
        return EXIT_FAILURE;
    for (int i = 0; i < 2; i++) {
        struct process *process = process_create(add, &counts);
        if (process == NULL || process_start(process) == -1 ||
            process_join(process, -1) == -1)
            return EXIT_FAILURE;
        process_release(process);
    }
    printf("%d and %d\n", counts.here, *counts.there);
    // [endregion main]
    bool claim = counts.here == 0 && *counts.there == 2;
    memory_release(counts.there);
    return claim ? EXIT_SUCCESS : EXIT_FAILURE;
}
