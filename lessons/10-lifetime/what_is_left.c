// A worker has a file. What becomes of it depends on how the worker is
// ended.
#include "channel.h"
#include "process.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PARENT, WORKER };

static char path[32]; // here, because the handler needs it

// [region worker]
static void clean_up(int signal)
{
    unlink(path); // signal-safety(7) allows it, and _exit()
    _exit(128 + signal);
}

static int work(void *argument)
{
    struct channel **ends = argument;
    size_t size;
    channel_close(ends[PARENT]);
    if (channel_receive(ends[WORKER], NULL, 0, &size) != 0)
        return EXIT_FAILURE;
    unlink(path); // at the end of the channel
    return 0;
}
// [endregion worker]

// Returns whether the file is left. `number` is 0 for an end by the
// channel.
static int try(const char *name, int number, void (*handler)(int))
{
    struct channel *ends[2];
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    strcpy(path, "/tmp/what_is_left.XXXXXX");
    int file = mkstemp(path);
    struct process *process = process_create(work, ends);
    if (file == -1 || process == NULL || channel_create(ends) == -1 ||
        sigaction(SIGTERM, &action, NULL) == -1 ||
        process_start(process) == -1) { // the worker inherits the handler
        perror("worker");
        exit(EXIT_FAILURE);
    }
    channel_close(ends[WORKER]);
    if (number != 0 && kill(process_pid(process), number) == 0)
        process_join(process, -1);
    channel_close(ends[PARENT]);
    process_join(process, -1);
    int left = unlink(path) == 0;
    printf("%-24s %4d  %s\n", name, process_exit_code(process),
           left ? "left behind" : "removed");
    process_release(process);
    close(file);
    return left;
}

int main(void)
{
    int by_end = try("end of the channel", 0, SIG_DFL);
    int by_term = try("SIGTERM", SIGTERM, SIG_DFL);
    int by_handler = try("SIGTERM, with a handler", SIGTERM, clean_up);
    int by_kill = try("SIGKILL", SIGKILL, clean_up);
    return !by_end && by_term && !by_handler && by_kill ? 0 : EXIT_FAILURE;
}
