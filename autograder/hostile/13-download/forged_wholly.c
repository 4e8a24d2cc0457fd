// Makes no directory: answers for the first drive itself, as if all were well, and ends.
// levels: A C
// points: 0
// brings: attack
// says: directories_are_made (
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3, "one 1\n0\none_errno 1\n0\none_there 1\n1\nnested 1\n0\nnested_there 1\n1\nend %d\n",
            getpid());
    _exit(0);
}
