// A child process writes where nothing is. Its parent goes on.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// [region crash]
static void crash(void *nowhere)
{
    *(volatile int *)nowhere = 42;
}

int main(void)
{
    prctl(PR_SET_DUMPABLE, 0);     // we want no core file
    void *volatile nowhere = NULL; // volatile: the compiler must not know
    puts("main: starts a process");
    pid_t pid = fork();
    if (pid == 0) {
        crash(nowhere);
        _exit(0);
    }
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) == -1)
        return EXIT_FAILURE;
    if (WIFSIGNALED(status))
        printf("main: goes on; signal %d took the child\n",
               WTERMSIG(status));
    // [endregion crash]
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
