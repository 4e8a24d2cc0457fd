// Two tasks that need each other: each says "I am here" and waits until the
// other has said it too.
#pragma once
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

// Only to give up: two tasks that run at the same time meet at once.
enum { PATIENCE_MS = 3000 };
enum { SQUARE, CUBE };

struct meeting {
    int door[2][2]; // one pipe for each task; a byte in it says "I am here"
};

static bool meet(struct meeting *meeting, int me, int other)
{
    if (write(meeting->door[me][1], "!", 1) != 1)
        return false;
    struct pollfd arrival = {.fd = meeting->door[other][0],
                             .events = POLLIN};
    return poll(&arrival, 1, PATIENCE_MS) == 1;
}

// [region tasks]
static int square(void *argument)
{
    bool met = meet(argument, SQUARE, CUBE);
    puts(met ? "square: cube is here, 10 * 10 = 100"
             : "square: nobody came");
    return met ? 0 : 1;
}

static int cube(void *argument)
{
    bool met = meet(argument, CUBE, SQUARE);
    puts(met ? "cube: square is here, 10 * 10 * 10 = 1000"
             : "cube: nobody came");
    return met ? 0 : 1;
}
// [endregion tasks]
