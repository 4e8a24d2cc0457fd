// Threads instead of processes.
// judged: computing waiting
#include "design.h"
#include <pthread.h>

struct part {
    pthread_t thread;
    uint64_t (*function)(int item);
    int begin, step, items;
    uint64_t *results;
};

static void *work(void *argument)
{
    struct part *part = argument;
    for (int i = part->begin; i < part->items; i += part->step)
        part->results[i] = part->function(i);
    return NULL;
}

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[])
{
    struct part parts[64];
    for (int w = 0; w < workers; w++) {
        parts[w] = (struct part){
            .function = function, .begin = w, .step = workers, .items = items, .results = results};
        if (pthread_create(&parts[w].thread, NULL, work, &parts[w]) != 0)
            abort();
    }
    for (int w = 0; w < workers; w++)
        pthread_join(parts[w].thread, NULL);
    return 0;
}
