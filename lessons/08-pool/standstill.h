// Do these processes all sleep? From /proc/PID/status, see proc(5).
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

// Whether a process sleeps; and how often it has left a CPU so far.
static inline bool sleeps(pid_t pid, long *switches)
{
    char path[40], line[128], state = '?';
    long number;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    *switches = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "State: %c", &state) == 1)
            continue;
        if (sscanf(line, "voluntary_ctxt_switches: %ld", &number) == 1 ||
            sscanf(line, "nonvoluntary_ctxt_switches: %ld", &number) == 1)
            *switches += number;
    }
    if (file != NULL)
        fclose(file);
    return state == 'S';
}

// [region all_sleep]
// Whether all of them have slept at the same time: from the first look at
// the last to the second look at the first. Who sleeps wakes nobody.
static inline bool all_sleep(const pid_t pids[], int count)
{
    long before[8], now;
    for (int i = 0; i < count; i++)
        if (!sleeps(pids[i], &before[i]))
            return false;
    for (int i = 0; i < count; i++)
        if (!sleeps(pids[i], &now) || now != before[i])
            return false;
    return true;
}
// [endregion all_sleep]
