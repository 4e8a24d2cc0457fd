// Gives its parent the lowest priority, and keeps the processors busy with 40 children.
// levels: A B C
// points: 0
// brings: attack
// says: had not ended after 10 s
//
#define _GNU_SOURCE // SCHED_IDLE
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void attack(void)
{
    alarm(60);
    setpriority(PRIO_PROCESS, (id_t)getppid(), 19);
    sched_setscheduler(getppid(), SCHED_IDLE, &(struct sched_param){0});
    for (int i = 0; i < 40; i++)
        if (fork() == 0) {
            alarm(60);
            for (;;)
                ;
        }
    while (wait(NULL) != -1)
        ;
}
