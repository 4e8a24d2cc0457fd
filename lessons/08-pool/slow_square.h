// A task that spends its time waiting.
#pragma once
#include <errno.h>
#include <stdint.h>
#include <time.h>

// Sleeps so long, also if signals arrive.
static inline void wait_ms(long milliseconds)
{
    struct timespec left = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = milliseconds % 1000 * 1000000};
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        continue;
}

// [region task]
// Waits, as if for a server, and gives the square of a number.
static inline int64_t slow_square(int64_t number)
{
    wait_ms(200);
    return number * number;
}
// [endregion task]
