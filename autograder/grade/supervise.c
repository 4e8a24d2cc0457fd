// Runs work in a child process, so that nothing of it is left behind.
#include "supervise.h"
#include "../sandbox/tree.h"
#include "die.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t child; // written before the handlers are set

static void pass_on(int number)
{
    kill((pid_t)child, number);
}

int supervise(int (*work)(void *argument), void *argument)
{
    static const int passed_on[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    int status;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == -1)
        die("fork: %s", strerror(errno));
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // and with it all sandboxes: they end with their parent
        exit(work(argument));
    }
    child = pid;
    for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++)
        sigaction(passed_on[i], &(struct sigaction){.sa_handler = pass_on}, NULL);
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            die("waitpid: %s", strerror(errno));
    for (size_t i = 0; i < sizeof passed_on / sizeof *passed_on; i++)
        signal(passed_on[i], SIG_IGN); // the rest is short, and must not be left half done
    if (tree_end() == -1)
        fprintf(stderr, "grade: some processes would not end\n");
    if (WIFSIGNALED(status))
        fprintf(stderr, "grade: interrupted by signal %d (%s)\n", WTERMSIG(status),
                strsignal(WTERMSIG(status)));
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_NOT_GRADED;
}
