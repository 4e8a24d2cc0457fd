// Becomes root, by itself or by a program whose file says so.
// levels: A B C
// points: 0
// brings: attack
// says: root: Operation not permitted | root: Invalid argument
// says: no new privileges: 1
//
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

static void attack(void)
{
    if (setuid(0) == -1)
        perror("root");
    printf("no new privileges: %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
}
