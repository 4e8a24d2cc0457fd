// Two tasks may be on the way: while the boss takes a result, the worker
// has something to do.
#include "exchange.h"

enum { ON_THE_WAY = 2 };

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
    int sent = 0, received = 0;
    while (received < BLOCKS) {
        if (sent < BLOCKS && sent - received < ON_THE_WAY) {
            if (write_all(pipes.tasks[1], block, BLOCK) == -1)
                return EXIT_FAILURE;
            sent++;
        } else {
            if (read_all(pipes.results[0], block, BLOCK) != BLOCK)
                return EXIT_FAILURE;
            received++;
        }
    }
    // [endregion loop]
    close(pipes.tasks[1]);
    if (process_join(worker, -1) == -1)
        return EXIT_FAILURE;
    printf("%d tasks sent, %d results\n", sent, received);
    int code = process_exit_code(worker);
    return process_release(worker) == 0 ? code : EXIT_FAILURE;
}
