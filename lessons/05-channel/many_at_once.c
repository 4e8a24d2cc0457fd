// Three workers, one poll(): whoever has something to say is heard first.
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 3 };

// Starts a worker that waits at `gate`, writes its number and ends.
static int start(int number, int gates[][2], int answers[][2])
{
    if (pipe(gates[number]) == -1 || pipe(answers[number]) == -1)
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        char digit = (char)('0' + number);
        for (int i = 0; i <= number; i++)
            close(gates[i][1]); // or no gate would open before the last
        if (read(gates[number][0], &digit, 1) != 0)
            _exit(EXIT_FAILURE);
        _exit(write(answers[number][1], &digit, 1) == 1 ? 0 : 1);
    }
    close(gates[number][0]);
    close(answers[number][1]); // the worker's: here nobody writes
    return pid == -1 ? -1 : 0;
}

int main(void)
{
    int gates[WORKERS][2], answers[WORKERS][2];
    const int order[WORKERS] = {2, 0, 1}; // in which the gates open
    for (int i = 0; i < WORKERS; i++)
        if (start(i, gates, answers) == -1) {
            perror("start");
            return EXIT_FAILURE;
        }
    struct pollfd all[WORKERS];
    for (int i = 0; i < WORKERS; i++)
        all[i] = (struct pollfd){.fd = answers[i][0], .events = POLLIN};
    int ended = 0;
    close(gates[order[0]][1]);
    // [region loop]
    while (ended < WORKERS) {
        if (poll(all, WORKERS, -1) == -1)
            return EXIT_FAILURE;
        for (int i = 0; i < WORKERS; i++) {
            char digit;
            if (all[i].revents == 0)
                continue; // nothing from this one
            if (read(all[i].fd, &digit, 1) == 1) {
                printf("worker %c answers\n", digit);
                continue;
            }
            all[i].fd = -1; // the end: poll() passes over it from now on
            if (++ended < WORKERS)
                close(gates[order[ended]][1]);
        }
    }
    // [endregion loop]
    while (wait(NULL) != -1)
        continue;
    return EXIT_SUCCESS;
}
