// The first cure: no second task before the result of the first.
#include "exchange.h"

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
    char block[BLOCK] = "";
    int received = 0;
    for (int i = 0; i < BLOCKS; i++) {
        if (write_all(pipes.tasks[1], block, BLOCK) == -1)
            return EXIT_FAILURE;
        if (read_all(pipes.results[0], block, BLOCK) != BLOCK)
            return EXIT_FAILURE;
        received++;
    }
    // [endregion loop]
    close(pipes.tasks[1]);
    if (process_join(worker, -1) == -1)
        return EXIT_FAILURE;
    printf("%d results\n", received);
    int code = process_exit_code(worker);
    return process_release(worker) == 0 ? code : EXIT_FAILURE;
}
