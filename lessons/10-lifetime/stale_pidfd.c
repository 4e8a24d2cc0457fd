// A process file descriptor means one process, also when that is gone.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    // [region signal]
    int pidfd = pid == -1 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd == -1 || waitpid(pid, NULL, 0) == -1) {
        perror("child");
        return EXIT_FAILURE;
    }
    // From here on the number may belong to anybody.
    int result =
        (int)syscall(SYS_pidfd_send_signal, pidfd, SIGTERM, NULL, 0);
    printf("pidfd_send_signal: %s\n", result == 0 ? "?" : strerror(errno));
    // [endregion signal]
    return result == -1 && errno == ESRCH ? EXIT_SUCCESS : EXIT_FAILURE;
}
