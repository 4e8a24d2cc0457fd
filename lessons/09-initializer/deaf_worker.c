// A parent that catches SIGTERM, and its child: the child has the handler,
// too, and does not end.
#include "process.h"
#include "steps.h"
#include <signal.h>
#include <stdbool.h>

struct scene {
    bool resets;
    struct gate ready, heard, gate;
};

static struct scene scene = {0}; // for the handler

// [region handler]
static volatile sig_atomic_t stop;

static void on_terminate(int number)
{
    (void)number;
    stop = 1; // the parent looks at it between two maps
    tell(&scene.heard);
}
// [endregion handler]

// [region worker]
static int work(void *argument)
{
    (void)argument;
    if (scene.resets)
        signal(SIGTERM, SIG_DFL);
    tell(&scene.ready);
    await(&scene.gate); // its work
    return 0;
}
// [endregion worker]

static int terminate_worker(bool resets)
{
    scene = (struct scene){resets, make_gate(), make_gate(), make_gate()};
    struct process *worker = process_create(work, NULL);
    if (worker == NULL || process_start(worker) == -1)
        exit(EXIT_FAILURE);
    // [region terminate]
    await(&scene.ready);
    process_terminate(worker);
    if (!resets)
        await(&scene.heard); // its handler has run
    tell(&scene.gate);       // and now its work is done
    // [endregion terminate]
    process_join(worker, -1);
    int code = process_exit_code(worker);
    process_release(worker);
    return code;
}

int main(void)
{
    signal(SIGTERM, on_terminate);
    int kept = terminate_worker(false);
    printf("handler kept: the worker goes on, exit code %d\n", kept);
    int reset = terminate_worker(true);
    printf("handler reset: it ends, exit code %d\n", reset);
    return kept == 0 && reset == -SIGTERM ? EXIT_SUCCESS : EXIT_FAILURE;
}
