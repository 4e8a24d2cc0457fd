// Starts two children that compute for ever, and waits for them: they have the same limit.
// levels: A B C
// points: 0
// brings: attack
// says: child ended by signal 24 | had not ended after 10 s
//
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static void attack(void)
{
    int status;
    for (int i = 0; i < 2; i++)
        if (fork() == 0) {
            alarm(60);
            for (;;)
                ;
        }
    while (wait(&status) != -1)
        if (WIFSIGNALED(status))
            printf("child ended by signal %d\n", WTERMSIG(status));
}
