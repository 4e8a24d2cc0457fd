// Who runs what: the process ids of the main program and of its two
// children.
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// [region worker]
static int worker(void *argument)
{
    const char *name = argument;
    printf("ID of process running %s: %d\n", name, (int)getpid());
    return 0;
}
// [endregion worker]

int main(void)
{
    struct process *p1 = process_create(worker, "worker1");
    struct process *p2 = process_create(worker, "worker2");
    if (p1 == NULL || p2 == NULL) {
        perror("process_create");
        return EXIT_FAILURE;
    }
    // [region main]
    printf("ID of main process: %d\n", (int)getpid());
    if (process_start(p1) == -1 || process_start(p2) == -1) {
        perror("process_start");
        return EXIT_FAILURE;
    }
    printf("ID of process p1: %d\n", (int)process_pid(p1));
    printf("ID of process p2: %d\n", (int)process_pid(p2));

    if (process_join(p1, -1) == -1 || process_join(p2, -1) == -1) {
        perror("process_join");
        return EXIT_FAILURE;
    }
    printf("Both processes finished execution!\n");
    printf("Process p1 is alive: %s\n",
           process_is_alive(p1) ? "true" : "false");
    printf("Process p2 is alive: %s\n",
           process_is_alive(p2) ? "true" : "false");
    // [endregion main]
    if (process_release(p1) == -1 || process_release(p2) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
