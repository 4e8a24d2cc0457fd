// Two workers share a pipe of tasks and a pipe of results. One of them dies
// in the middle of a task, and its result never comes.
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TASKS = 3, WORKERS = 2 };

struct pipes {
    int tasks[2], results[2];
};

// [region worker]
static void work(const struct pipes *pipes)
{
    unsigned char number;
    close(pipes->tasks[1]);
    while (read(pipes->tasks[0], &number, 1) == 1) {
        if (number == 2)
            raise(SIGKILL); // stands for any crash
        unsigned char result[] = {number, number * number};
        if (write(pipes->results[1], result, 2) != 2)
            _exit(EXIT_FAILURE);
    }
    _exit(0);
}
// [endregion worker]

int main(void)
{
    struct pipes pipes;
    if (pipe(pipes.tasks) == -1 || pipe(pipes.results) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < WORKERS; i++) {
        pid_t pid = fork();
        if (pid == 0)
            work(&pipes);
        if (pid == -1) {
            perror("fork");
            return EXIT_FAILURE;
        }
    }
    close(pipes.results[1]);
    // [region parent]
    if (write(pipes.tasks[1], "\1\2\3", TASKS) != TASKS)
        return EXIT_FAILURE;
    for (int i = 0; i < TASKS - 1; i++) { // all but one
        unsigned char result[2];
        if (read(pipes.results[0], result, 2) != 2)
            return EXIT_FAILURE;
        printf("%d squared is %d\n", result[0], result[1]);
    }
    siginfo_t ended;
    if (waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT) == -1)
        return EXIT_FAILURE;
    printf("a worker was ended by signal %d\n", ended.si_status);
    struct pollfd result = {.fd = pipes.results[0], .events = POLLIN};
    struct pollfd task = {.fd = pipes.tasks[0], .events = POLLIN};
    int results = poll(&result, 1, 0), tasks = poll(&task, 1, 0);
    printf("results: poll gives %d; tasks: poll gives %d\n", results,
           tasks);
    // [endregion parent]
    close(pipes.tasks[1]); // lets the other worker end
    while (wait(NULL) > 0)
        continue;
    return results == 0 && tasks == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
