// Serves nothing: answers for the first drive itself, as if all were well, and ends.
// levels: A B C
// points: 0
// brings: attack
// says: first_command_is_served (
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3,
            "result 1\n0\nresult_errno 1\n0\ninitialized 1\n1\nserved 1\n1\nargument_is_right 1\n1\n"
            "command_size 1\n8\ncommand 2\n21\nmessages 1\n2\nfirst_size 1\n4\nfirst 1\n0\n"
            "reply_size 1\n8\nreply 2\n43\nend %d\n",
            getpid());
    _exit(0);
}
