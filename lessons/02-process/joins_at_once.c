// Joins the first child before it starts the second: nothing runs at the
// same time.
#include "process.h"
#include "tasks.h"
#include <stdlib.h>

static int run(struct process *process)
{
    // [region run]
    if (process_start(process) == -1 || process_join(process, -1) == -1) {
        perror("run");
        return -1;
    }
    return process_exit_code(process);
    // [endregion run]
}

int main(void)
{
    struct meeting meeting;
    if (pipe(meeting.door[SQUARE]) == -1 ||
        pipe(meeting.door[CUBE]) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    struct process *p1 = process_create(square, &meeting);
    struct process *p2 = process_create(cube, &meeting);
    if (p1 == NULL || p2 == NULL) {
        perror("process_create");
        return EXIT_FAILURE;
    }
    // [region calls]
    int first = run(p1);
    int second = run(p2);
    printf("exit codes: %d and %d\n", first, second);
    // [endregion calls]
    if (process_release(p1) == -1 || process_release(p2) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    // We claim that the first one waited in vain: exit code 1.
    return first == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
