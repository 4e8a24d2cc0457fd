// A stopped process gets no SIGTERM until it goes on. SIGKILL ends it.
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Whether a signal waits for a process to take it: proc(5), status.
static int is_pending(pid_t pid, int number)
{
    char name[40], line[128];
    unsigned long long set = 0;
    snprintf(name, sizeof name, "/proc/%d/status", (int)pid);
    FILE *file = fopen(name, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "ShdPnd: %llx", &set) == 1)
            break;
    if (file != NULL)
        fclose(file);
    return (int)(set >> (number - 1) & 1);
}

// Returns the signal that has ended the child.
static int end_by(int number, const char *name)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        alarm(10);
        _exit(pause());
    }
    int pidfd = pid == -1 ? -1 : (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = {.fd = pidfd, .events = POLLIN};
    if (pidfd == -1) {
        perror("child");
        exit(EXIT_FAILURE);
    }
    // [region stop]
    kill(pid, SIGSTOP);
    if (waitpid(pid, &status, WUNTRACED) == -1 || !WIFSTOPPED(status))
        exit(EXIT_FAILURE);
    kill(pid, SIGTERM);
    printf("stopped; SIGTERM: pending %d, ended %d\n",
           is_pending(pid, SIGTERM), poll(&end, 1, 0));
    kill(pid, number);
    if (waitpid(pid, &status, 0) == -1 || !WIFSIGNALED(status))
        exit(EXIT_FAILURE);
    printf("after %s: ended by signal %d\n", name, WTERMSIG(status));
    // [endregion stop]
    close(pidfd);
    return WTERMSIG(status);
}

int main(void)
{
    int going_on = end_by(SIGCONT, "SIGCONT");
    int killed = end_by(SIGKILL, "SIGKILL");
    return going_on == SIGTERM && killed == SIGKILL ? 0 : EXIT_FAILURE;
}
