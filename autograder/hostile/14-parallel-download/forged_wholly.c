// Downloads nothing: answers for the first drive itself, as if all were well, and ends.
// levels: A C
// points: 0
// brings: attack
// says: processes_fetch_each_link_once (
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3,
            "result 1\n0\nresult_errno 1\n0\nchildless 1\n1\nprocesses 2\n10\nin_parent 1\n0\n"
            "failed 1\n0\nwrong_at 2\n-1\nleft 1\n0\nend %d\n",
            getpid());
    _exit(0);
}
