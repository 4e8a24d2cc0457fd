// A worker ignores SIGINT, and so does a program that it starts, unless it
// says otherwise.
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

// Returns the exit status of a shell that sends SIGINT to itself, or minus
// the signal that has ended it.
static int run_shell(const posix_spawnattr_t *attributes)
{
    char *const words[] = {"sh", "-c", "kill -INT $$; exit 5", NULL};
    char *const environment[] = {NULL};
    pid_t pid;
    int status;
    int error =
        posix_spawn(&pid, "/bin/sh", NULL, attributes, words, environment);
    if (error != 0 || waitpid(pid, &status, 0) == -1)
        exit(EXIT_FAILURE);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int main(void)
{
    // [region run]
    signal(SIGINT, SIG_IGN); // as in a worker
    int plain = run_shell(NULL);
    printf("as it is: the shell has ended with %d\n", plain);

    sigset_t set;
    posix_spawnattr_t attributes;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &set);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int reset = run_shell(&attributes);
    printf("default action: the shell has ended with %d\n", reset);
    // [endregion run]
    posix_spawnattr_destroy(&attributes);
    return plain == 5 && reset == -SIGINT ? EXIT_SUCCESS : EXIT_FAILURE;
}
