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

static const int interrupts[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { INTERRUPTS = sizeof interrupts / sizeof *interrupts };

static void mask(int how)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < INTERRUPTS; i++)
        sigaddset(&set, interrupts[i]);
    sigprocmask(how, &set, NULL);
}

void supervise_hold(void)
{
    mask(SIG_BLOCK);
}

static void pass_on(int number)
{
    kill((pid_t)child, number);
}

int supervise(int (*work)(void *argument), void *argument)
{
    int status;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    supervise_hold();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == -1)
        die("fork: %s", strerror(errno));
    if (pid == 0) {
        mask(SIG_UNBLOCK);
        prctl(PR_SET_PDEATHSIG, SIGKILL); // and with it all sandboxes: they end with their parent
        exit(work(argument));
    }
    child = pid;
    for (size_t i = 0; i < INTERRUPTS; i++)
        sigaction(interrupts[i], &(struct sigaction){.sa_handler = pass_on}, NULL);
    mask(SIG_UNBLOCK);
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            die("waitpid: %s", strerror(errno));
    for (size_t i = 0; i < INTERRUPTS; i++)
        signal(interrupts[i], SIG_IGN); // the rest is short, and must not be left half done
    if (tree_end() == -1)
        fprintf(stderr, "grade: some processes would not end\n");
    if (WIFSIGNALED(status))
        fprintf(stderr, "grade: interrupted by signal %d (%s)\n", WTERMSIG(status),
                strsignal(WTERMSIG(status)));
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_NOT_GRADED;
}
