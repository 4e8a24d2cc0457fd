// Maps nothing: answers for the first drive itself, as if all were well, and ends.
// levels: A B C
// points: 0
// brings: attack
// says: maps_a_list (
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3,
            "create_errno 1\n0\ncreate 1\n1\nmap 1\n0\nmap_errno 1\n0\nprocesses 1\n2\n"
            "right 2\n20\nresult 1\n0\nchildren 1\n0\nend %d\n",
            getpid());
    _exit(0);
}
