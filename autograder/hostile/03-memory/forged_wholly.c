// Shares nothing: answers for the first drive itself, as if all were well, and ends.
// levels: A B C
// points: 0
// brings: attack
// says: a_child_writes_and_its_parent_reads (
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3, "create 1\n0\ncreate_errno 1\n0\nchild_signal 1\n0\nread 2\n42\nend %d\n", getpid());
    _exit(0);
}
