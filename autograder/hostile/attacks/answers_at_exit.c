// Answers when the drive has answered: a handler for the end of the program writes one more.
// levels: A B C
// points: 0
// brings: attack
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void answer(void)
{
    dprintf(3, "start 1\n0\ncreate 1\n0\nend %d\n", getpid());
}

static void attack(void)
{
    atexit(answer);
}
