// The references of tests of speed: correct programs that do the measured work, run in the same sandbox
// and in the same way as the learner's, beside it.
#include "../driver/driver.h"
#include "../driver/work.h"
#include <errno.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

static void wait_for(int children)
{
    while (children > 0)
        if (wait(NULL) != -1)
            children--;
        else if (errno != EINTR)
            driver_broken("wait");
}

static pid_t start_worker(void)
{
    pid_t pid = fork();
    if (pid == -1)
        driver_broken("fork");
    return pid;
}

DRIVE(calibrate, "how much computing takes a millisecond here")
{
    answer_int("steps_per_ms", work_steps_per_ms());
}

DRIVE(sequential, "one process does all items")
{
    uint64_t results[WORK_MOST_ITEMS];
    work_begin();
    for (int i = 0; i < work_items(); i++)
        results[i] = work_do(i);
    work_end(results);
}

DRIVE(split, "each worker has every n-th item")
{
    int workers = work_workers();
    uint64_t *results = driver_shared(WORK_MOST_ITEMS * sizeof *results);
    work_begin();
    for (int worker = 0; worker < workers; worker++) {
        if (start_worker() > 0)
            continue;
        for (int i = worker; i < work_items(); i += workers)
            results[i] = work_do(i);
        _exit(0);
    }
    wait_for(workers);
    work_end(results);
}

DRIVE(waves, "a process for each item, as many at a time as there are workers; then the next wave")
{
    int workers = work_workers();
    uint64_t *results = driver_shared(WORK_MOST_ITEMS * sizeof *results);
    work_begin();
    for (int first = 0; first < work_items(); first += workers) {
        int started = 0;
        for (; started < workers && first + started < work_items(); started++) {
            if (start_worker() > 0)
                continue;
            results[first + started] = work_do(first + started);
            _exit(0);
        }
        wait_for(started);
    }
    work_end(results);
}

DRIVE(queue, "each worker takes the next item when it has done one")
{
    int workers = work_workers();
    uint64_t *results = driver_shared(WORK_MOST_ITEMS * sizeof *results);
    atomic_int *next = driver_shared(sizeof *next);
    work_begin();
    for (int worker = 0; worker < workers; worker++) {
        if (start_worker() > 0)
            continue;
        for (int i = atomic_fetch_add(next, 1); i < work_items(); i = atomic_fetch_add(next, 1))
            results[i] = work_do(i);
        _exit(0);
    }
    wait_for(workers);
    work_end(results);
}
