// Two children end, but SIGCHLD comes once.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t calls;

// [region handler]
static void count(int signal)
{
    (void)signal;
    calls++;
}
// [endregion handler]

// Returns when a child has ended. Its status stays where it is.
static pid_t start_and_end(void)
{
    siginfo_t info;
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    if (pid == -1 || waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT)) {
        perror("child");
        exit(EXIT_FAILURE);
    }
    return pid;
}

int main(void)
{
    struct sigaction action = {.sa_handler = count};
    sigset_t child;
    sigemptyset(&action.sa_mask);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    if (sigaction(SIGCHLD, &action, NULL) == -1) {
        perror("sigaction");
        return EXIT_FAILURE;
    }
    // [region merge]
    sigprocmask(SIG_BLOCK, &child, NULL);
    start_and_end();
    start_and_end();
    sigprocmask(SIG_UNBLOCK, &child, NULL); // the handler runs in here
    int ends = 0;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ends++;
    printf("calls of the handler: %d, ended children: %d\n", (int)calls,
           ends);
    // [endregion merge]
    return calls == 1 && ends == 2 ? EXIT_SUCCESS : EXIT_FAILURE;
}
