// Sends nothing: answers for the first drive itself, as if all were well, and ends.
// levels: A B C
// points: 0
// brings: attack
// says: one_message_arrives (
// says: Its answer cannot be understood
//
#include <stdio.h>
#include <unistd.h>

static void attack(void)
{
    dprintf(3,
            "create 1\n0\ncreate_errno 1\n0\nends 1\n2\nsend 1\n0\nsend_errno 1\n0\n"
            "receive 1\n1\nreceive_errno 1\n0\nsize 3\n300\ndiffers_at 2\n-1\nend %d\n",
            getpid());
    _exit(0);
}
