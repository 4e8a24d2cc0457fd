// What a small message costs: one byte to another process, and one back.
#define _GNU_SOURCE // sched_getcpu, CPU_SET
#include "process.h"
#include "seconds.h"
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TRIPS = 2000, RUNS = 5 };

static int echo(void *argument)
{
    const int *ends = argument; // the first pipe's, then the second's
    char byte;
    close(ends[1]);
    while (read(ends[0], &byte, 1) == 1)
        if (write(ends[3], &byte, 1) != 1)
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}

// [region trips]
// The microseconds of one trip, in the fastest of the runs; -1: it failed.
static double fastest(int to, int back)
{
    double least = 1e9;
    char byte = 'x';
    for (int run = 0; run < RUNS; run++) {
        double start = seconds();
        for (int i = 0; i < TRIPS; i++)
            if (write(to, &byte, 1) != 1 || read(back, &byte, 1) != 1)
                return -1;
        double trip = (seconds() - start) / TRIPS * 1e6;
        least = trip < least ? trip : least;
    }
    return least;
}
// [endregion trips]

static double to_another_process(void)
{
    int ends[4];
    if (pipe(ends) == -1 || pipe(ends + 2) == -1)
        return -1;
    struct process *other = process_create(echo, ends);
    if (other == NULL || process_start(other) == -1)
        return -1;
    double trip = fastest(ends[1], ends[2]);
    close(ends[1]); // the end
    int joined = process_join(other, -1);
    return joined == 0 && process_release(other) == 0 ? trip : -1;
}

int main(void)
{
    int own[2];
    cpu_set_t here;
    CPU_ZERO(&here);
    double alone = pipe(own) == 0 ? fastest(own[1], own[0]) : -1;
    double other = to_another_process();
    CPU_SET((size_t)sched_getcpu(), &here);
    if (sched_setaffinity(0, sizeof here, &here) == -1)
        return EXIT_FAILURE;
    double same_cpu = to_another_process();
    printf("one byte, there and back    microseconds\n");
    printf("one process    %25.1f\n", alone);
    printf("two processes    %23.1f\n", other);
    printf("two processes, one CPU    %14.1f\n", same_cpu);
    int failed = alone <= 0 || other <= 0 || same_cpu <= 0;
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
