// Waits for a child with a time limit: its descriptor is readable once it
// has ended.
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The child: lives until the gate's write end is closed everywhere.
static void wait_at(int gate[2])
{
    char byte;
    close(gate[1]);
    _exit(read(gate[0], &byte, 1) == 0 ? 0 : EXIT_FAILURE);
}

int main(void)
{
    int gate[2];
    if (pipe(gate) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0)
        wait_at(gate);
    // [region poll]
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd == -1) {
        perror("pidfd_open");
        return EXIT_FAILURE;
    }
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    printf("100 ms: poll gives %d\n", poll(&end, 1, 100));
    close(gate[1]); // opens the gate
    printf("no limit: poll gives %d\n", poll(&end, 1, -1));
    int status;
    // No need to block: poll() has said that the child has ended.
    if (waitpid(pid, &status, WNOHANG) != pid) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    // [endregion poll]
    close(pidfd);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
