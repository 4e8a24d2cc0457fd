// The sender sends all tasks and then reads all results. It never comes to
// the second part.
#include "exchange.h"
#include <poll.h>
#include <stdbool.h>

// [region boss]
static int send_all_then_read_all(void *argument)
{
    struct exchange *pipes = argument;
    char block[BLOCK] = "";
    alarm(8); // in case that nobody kills this process
    for (int i = 0; i < BLOCKS; i++)
        if (write_all(pipes->tasks[1], block, BLOCK) == -1)
            return EXIT_FAILURE;
    for (int i = 0; i < BLOCKS; i++)
        if (read_all(pipes->results[0], block, BLOCK) != BLOCK)
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
// [endregion boss]

static bool sleeps(struct process *process)
{
    char path[40], state = '?';
    snprintf(path, sizeof path, "/proc/%d/stat", (int)process_pid(process));
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return false;
    int found = fscanf(file, "%*d (%*[^)]) %c", &state);
    fclose(file);
    return found == 1 && state == 'S'; // as ps(1) shows it
}

// [region stuck]
static bool full(int write_end)
{
    struct pollfd room = {.fd = write_end, .events = POLLOUT};
    return poll(&room, 1, 0) == 0; // a write would wait
}

// In this order: where the worker stands still, tasks stay where they are.
static bool stuck(const struct exchange *pipes, struct process *boss,
                  struct process *worker)
{
    return full(pipes->results[1]) && full(pipes->tasks[1]) &&
           sleeps(worker) && full(pipes->tasks[1]) && sleeps(boss);
}
// [endregion stuck]

int main(void)
{
    struct exchange pipes;
    struct process *worker = start_worker(&pipes);
    struct process *boss = process_create(send_all_then_read_all, &pipes);
    if (worker == NULL || boss == NULL || process_start(boss) == -1) {
        perror("start");
        return EXIT_FAILURE;
    }
    while (!stuck(&pipes, boss, worker))
        if (!process_is_alive(boss))
            return EXIT_FAILURE; // the claim is wrong
    printf("both pipes are full, boss and worker sleep\n");
    if (process_kill(boss) == -1 || process_kill(worker) == -1 ||
        process_join(boss, -1) == -1 || process_join(worker, -1) == -1)
        return EXIT_FAILURE;
    printf("exit codes after the kill: %d and %d\n",
           process_exit_code(boss), process_exit_code(worker));
    return process_release(boss) == 0 && process_release(worker) == 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
