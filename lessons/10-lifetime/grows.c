// A worker that forgets 4 MiB with each task: how large it grows, if it
// stays for ever and if it is replaced after every third task.
#include "tasks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TASKS = 9, LEAK = 4 << 20 };

// The memory of this process that is in RAM: proc(5), statm.
static double resident_mib(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1)
        exit(EXIT_FAILURE);
    fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / (1 << 20);
}

// [region body]
static int work(struct crew_worker *worker, void *argument)
{
    char task;
    (void)argument;
    while (next_task(worker, &task, sizeof task)) {
        volatile char *forgotten = malloc(LEAK);
        for (int i = 0; forgotten != NULL && i < LEAK; i += 4096)
            forgotten[i] = task; // a page is in RAM once it is written to
        double mib = resident_mib();
        if (channel_send(worker->channel, &mib, sizeof mib) == -1 ||
            !crew_task_done(worker))
            break;
    }
    return 0;
}
// [endregion body]

// [region run]
static int run(int64_t tasks_per_worker, double mib[TASKS])
{
    struct crew *crew = crew_create(&(struct crew_options){
        .workers = 1, .tasks_per_worker = tasks_per_worker, .body = work});
    for (int done = 0; done < TASKS;) {
        struct crew_event event;
        if (crew == NULL || crew_send(crew, 0, "x", 1) == -1 ||
            crew_wait(crew, -1, &event) == -1 || event.size != sizeof *mib)
            return -1;
        memcpy(&mib[done++], event.message, sizeof *mib);
        if (tasks_per_worker == 0 || done % tasks_per_worker != 0)
            continue;
        if (crew_wait(crew, -1, &event) == -1 || event.news != CREW_LEFT ||
            crew_replace(crew, 0) == -1)
            return -1;
    }
    crew_release(crew);
    return 0;
}
// [endregion run]

int main(void)
{
    double stays[TASKS], retires[TASKS];
    if (run(0, stays) == -1 || run(3, retires) == -1)
        return EXIT_FAILURE;
    printf("after     one for all  a new one every three\n");
    for (int i = 0; i < TASKS; i++)
        printf("task %d  %12.1f  %21.1f\n", i + 1, stays[i], retires[i]);
    return stays[8] > retires[8] ? EXIT_SUCCESS : EXIT_FAILURE;
}
