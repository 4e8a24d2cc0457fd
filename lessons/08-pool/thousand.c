// A process for each of a thousand items: all of them are there at once.
#include "process.h"
#include "seconds.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ITEMS = 1000 };

// Waits until the gate is closed, as a task waits for a slow server.
static int wait_at(void *argument)
{
    const int *gate = argument;
    char nothing;
    close(gate[1]);
    return read(gate[0], &nothing, 1) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(void)
{
    static struct process *processes[ITEMS];
    int gate[2];
    if (pipe(gate) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    double start = seconds();
    // [region start]
    int started = 0, alive = 0;
    for (; started < ITEMS; started++) {
        processes[started] = process_create(wait_at, gate);
        if (processes[started] == NULL ||
            process_start(processes[started]) == -1)
            break; // the system has had enough
    }
    for (int i = 0; i < started; i++)
        alive += process_is_alive(processes[i]);
    // [endregion start]
    close(gate[1]);
    for (int i = 0; i < started; i++)
        if (process_join(processes[i], -1) == -1)
            return EXIT_FAILURE;
    double each = (seconds() - start) / (started > 0 ? started : 1);
    printf("%d items, %d processes at the same time\n", ITEMS, alive);
    printf("%.0f microseconds for an item\n", each * 1e6);
    for (int i = 0; i < ITEMS; i++)
        if (processes[i] != NULL)
            process_release(processes[i]);
    close(gate[0]);
    return alive == started ? EXIT_SUCCESS : EXIT_FAILURE;
}
