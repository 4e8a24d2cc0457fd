// Leaves four daemons behind that ignore signals and hold the output open.
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void leave_daemon(void)
{
    pid_t pid = fork();
    if (pid != 0) {
        waitpid(pid, NULL, 0);
        return;
    }
    setsid();
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    if (fork() == 0)
        sleep(60);
    _exit(0);
}

static void attack(void)
{
    for (int i = 0; i < 4; i++)
        leave_daemon();
}
