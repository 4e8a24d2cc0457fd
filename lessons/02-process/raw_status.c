// The number that waitpid() stores is not the exit code.
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// The wait status of a child that ends with exit code `code` or, if that is
// 0, by SIGKILL.
static int status_of_child(int code)
{
    pid_t pid = fork();
    if (pid == 0) {
        if (code == 0)
            raise(SIGKILL);
        _exit(code);
    }
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) == -1) {
        perror("child");
        exit(EXIT_FAILURE);
    }
    return status;
}

int main(void)
{
    // [region status]
    int ended = status_of_child(3);
    int by_itself = WIFEXITED(ended);
    printf("status %d: exited %d, code %d\n", ended, by_itself,
           WEXITSTATUS(ended));
    int killed = status_of_child(0);
    int by_signal = WIFSIGNALED(killed);
    printf("status %d: killed %d, signal %d\n", killed, by_signal,
           WTERMSIG(killed));
    // [endregion status]
    bool claim = ended != 3 && WEXITSTATUS(ended) == 3 &&
                 WTERMSIG(killed) == SIGKILL;
    return claim ? EXIT_SUCCESS : EXIT_FAILURE;
}
