// Types a command into the terminal that the grader was started from.
// levels: A B C
// points: 0
// brings: attack
// says: terminal: Operation not permitted
//
#include <stdio.h>
#include <sys/ioctl.h>

static void attack(void)
{
    if (ioctl(2, TIOCSTI, "x") == -1)
        perror("terminal");
}
