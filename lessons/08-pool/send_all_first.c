// The boss sends all items and then receives the results. With so many
// items it never comes to the second part.
#include "memory.h"
#include "standstill.h"
#include "workers.h"
#include <stdio.h>
#include <unistd.h>

enum { ITEMS = 100000 };

static int64_t square(const struct task *task)
{
    return task->number * task->number;
}

static struct worker workers[WORKERS];
static _Atomic int *sent; // in shared memory

// [region boss]
static int send_all_first(void *argument)
{
    (void)argument;
    alarm(8); // in case that nobody kills this process
    struct task task;
    size_t size;
    for (int i = 0; i < ITEMS; i++) {
        task = (struct task){.index = (size_t)i, .number = i};
        if (channel_send(workers[i % WORKERS].ends[PARENT], &task,
                         sizeof task) == -1)
            return EXIT_FAILURE;
        *sent = i + 1;
    }
    for (int i = 0; i < ITEMS; i++)
        if (channel_receive(workers[i % WORKERS].ends[PARENT], &task,
                            sizeof task, &size) != 1)
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
// [endregion boss]

int main(void)
{
    struct process *boss = process_create(send_all_first, NULL);
    sent = memory_create(sizeof *sent);
    if (boss == NULL || sent == NULL ||
        start_workers(workers, square) == -1 || process_start(boss) == -1) {
        perror("start");
        return EXIT_FAILURE;
    }
    const pid_t pids[] = {process_pid(boss),
                          process_pid(workers[0].process),
                          process_pid(workers[1].process)};
    while (!all_sleep(pids, 1 + WORKERS))
        if (!process_is_alive(boss))
            return EXIT_FAILURE; // the claim is wrong
    printf("%d of %d items sent, and all three sleep\n", *sent, ITEMS);
    process_kill(boss);
    for (int i = 0; i < WORKERS; i++)
        process_kill(workers[i].process);
    if (process_join(boss, -1) == -1 || process_exit_code(boss) != -9)
        return EXIT_FAILURE;
    stop_workers(workers);
    return process_release(boss) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
