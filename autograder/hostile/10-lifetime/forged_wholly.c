// Starts nobody: answers for the first drive itself, as if all were well, and ends.
// levels: A B C
// points: 0
// brings: attack
// says: two_workers_talk (
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(
        3,
        "create 1\n0\ncreate_errno 1\n0\nsend_0 1\n0\nwait_0 1\n1\nwait_0_news 1\n0\nstop 1\n0\nend %d\n",
        getpid());
    _exit(0);
}
