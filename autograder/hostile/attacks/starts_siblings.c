// Starts 20 processes as children of its parent, which ignore signals and live on.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#define _GNU_SOURCE // CLONE_PARENT
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static void attack(void)
{
    for (int i = 0; i < 20; i++)
        if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, NULL, NULL, NULL, NULL) == 0) {
            signal(SIGTERM, SIG_IGN);
            alarm(60);
            for (;;)
                pause();
        }
}
