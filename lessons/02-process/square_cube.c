// Two processes: one prints a square, the other a cube.
#include "process.h"
#include <stdio.h>
#include <stdlib.h>

// [region functions]
static int print_square(void *argument)
{
    const int *number = argument;
    printf("Square: %d\n", *number * *number);
    return 0;
}

static int print_cube(void *argument)
{
    const int *number = argument;
    printf("Cube: %d\n", *number * *number * *number);
    return 0;
}
// [endregion functions]

int main(void)
{
    // [region create]
    int number = 10;
    struct process *p1 = process_create(print_square, &number);
    struct process *p2 = process_create(print_cube, &number);
    // [endregion create]
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
    printf("Done!\n");
    if (process_release(p1) == -1 || process_release(p2) == -1) {
        perror("process_release");
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
