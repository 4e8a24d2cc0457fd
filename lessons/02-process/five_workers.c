// One process for each number of a list; the exit codes bring the squares
// back.
#include "process.h"
#include <stdio.h>
#include <stdlib.h>

enum { NUMBERS = 5 };

// [region square]
static int square(void *argument)
{
    const int *number = argument;
    return *number * *number; // an exit code as long as it is below 256
}
// [endregion square]

int main(void)
{
    // [region loops]
    int numbers[NUMBERS] = {1, 2, 3, 4, 5};
    struct process *workers[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
        workers[i] = process_create(square, &numbers[i]);
        if (workers[i] == NULL || process_start(workers[i]) == -1) {
            perror("process");
            return EXIT_FAILURE;
        }
    }
    for (int i = 0; i < NUMBERS; i++) {
        if (process_join(workers[i], -1) == -1) {
            perror("process_join");
            return EXIT_FAILURE;
        }
        printf("%d squared is %d\n", numbers[i],
               process_exit_code(workers[i]));
        process_release(workers[i]); // cannot fail: the child has ended
    }
    // [endregion loops]
    return EXIT_SUCCESS;
}
