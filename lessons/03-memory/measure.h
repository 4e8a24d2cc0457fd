// What the programs that measure have in common.
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// Microseconds on a clock that nobody sets: clock_gettime(2).
static inline double now_us(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) == -1) {
        perror("clock_gettime");
        exit(EXIT_FAILURE);
    }
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static inline int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

// The one in the middle. Sorts `values`, so that values[0] is the least.
static inline double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

// Memory that can be had without swapping; 0 if /proc does not say.
static inline size_t available_mib(void)
{
    char line[128];
    size_t kib = 0;
    FILE *file = fopen("/proc/meminfo", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "MemAvailable: %zu", &kib) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return kib / 1024;
}
