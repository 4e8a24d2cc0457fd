// A clock that only goes forward, for measuring.
#pragma once
#include <time.h>

static inline double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now); // cannot fail: the clock exists
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}
