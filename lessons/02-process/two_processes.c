// The two tasks of one_process.c, each in a process of its own: they meet.
#include "process.h"
#include "tasks.h"
#include <stdlib.h>

int main(void)
{
    struct meeting meeting;
    if (pipe(meeting.door[SQUARE]) == -1 ||
        pipe(meeting.door[CUBE]) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    // [region start]
    struct process *p1 = process_create(square, &meeting);
    struct process *p2 = process_create(cube, &meeting);
    if (p1 == NULL || p2 == NULL) {
        perror("process_create");
        return EXIT_FAILURE;
    }
    if (process_start(p1) == -1 || process_start(p2) == -1) {
        perror("process_start");
        return EXIT_FAILURE;
    }
    if (process_join(p1, -1) == -1 || process_join(p2, -1) == -1) {
        perror("process_join");
        return EXIT_FAILURE;
    }
    puts("Done!");
    // [endregion start]
    bool both_met =
        process_exit_code(p1) == 0 && process_exit_code(p2) == 0;
    if (process_release(p1) == -1 || process_release(p2) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    return both_met ? EXIT_SUCCESS : EXIT_FAILURE;
}
