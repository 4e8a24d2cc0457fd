// A signal handler runs while the parent waits: waitpid() gives up with
// EINTR.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static void tick(int signal_number)
{
    (void)signal_number; // nothing to do: it is enough that a handler runs
}

int main(void)
{
    struct sigaction action = {.sa_handler = tick}; // without SA_RESTART
    struct itimerval every_10_ms = {.it_interval = {0, 10000},
                                    .it_value = {0, 10000}};
    int gate[2]; // the child ends when the write end is closed
    if (pipe(gate) == -1 || sigaction(SIGALRM, &action, NULL) == -1) {
        perror("set up");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == 0) {
        char byte;
        close(gate[1]);
        _exit(read(gate[0], &byte, 1) == 0 ? 5 : EXIT_FAILURE);
    }
    if (pid == -1 || setitimer(ITIMER_REAL, &every_10_ms, NULL) == -1) {
        perror("set up");
        return EXIT_FAILURE;
    }
    // [region wait]
    int status;
    pid_t first = waitpid(pid, &status, 0);
    int reason = errno;
    printf("waitpid gives %d: %s\n", (int)first, strerror(reason));

    close(gate[1]); // now the child may end
    pid_t ended;
    do
        ended = waitpid(pid, &status, 0);
    while (ended == -1 && errno == EINTR);
    // [endregion wait]
    if (first != -1 || reason != EINTR || ended != pid ||
        !WIFEXITED(status))
        return EXIT_FAILURE;
    printf("the loop gives the child, exit code %d\n", WEXITSTATUS(status));
    return WEXITSTATUS(status) == 5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
