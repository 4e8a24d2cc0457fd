// The second cure: write when there is room, read when there is something.
#include "exchange.h"
#include <fcntl.h>
#include <poll.h>

enum { TOTAL = BLOCK * BLOCKS };

// [region step]
// Waits until one of the two pipes lets us go on, and goes on there.
static int step(struct exchange *pipes, size_t *sent, size_t *received)
{
    static const char task[BLOCK];
    char result[BLOCK];
    struct pollfd both[2] = {{.fd = pipes->tasks[1], .events = POLLOUT},
                             {.fd = pipes->results[0], .events = POLLIN}};
    if (*sent == TOTAL)
        both[0].fd = -1; // there is nothing more to send
    if (poll(both, 2, -1) == -1)
        return -1;
    if (both[1].revents != 0) {
        ssize_t n = read(pipes->results[0], result, sizeof result);
        if (n <= 0)
            return -1;
        *received += (size_t)n;
    }
    if (both[0].revents != 0) {
        ssize_t n = write(pipes->tasks[1], task, BLOCK);
        if (n == -1)
            return errno == EAGAIN ? 0 : -1; // no room after all
        *sent += (size_t)n;
    }
    return 0;
}
// [endregion step]

int main(void)
{
    struct exchange pipes;
    struct process *worker = start_worker(&pipes);
    if (worker == NULL) {
        perror("start");
        return EXIT_FAILURE;
    }
    close(pipes.tasks[0]);
    close(pipes.results[1]);
    // [region loop]
    if (fcntl(pipes.tasks[1], F_SETFL, O_NONBLOCK) == -1)
        return EXIT_FAILURE;
    size_t sent = 0, received = 0;
    while (received < TOTAL)
        if (step(&pipes, &sent, &received) == -1) {
            perror("step");
            return EXIT_FAILURE;
        }
    // [endregion loop]
    close(pipes.tasks[1]);
    if (process_join(worker, -1) == -1)
        return EXIT_FAILURE;
    printf("%zu bytes sent, %zu received\n", sent, received);
    int code = process_exit_code(worker);
    return process_release(worker) == 0 ? code : EXIT_FAILURE;
}
