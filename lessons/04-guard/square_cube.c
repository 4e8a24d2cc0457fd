// The square and the cube of lesson 2, each in a fresh program.
#include "guard.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

// [region functions]
static int print_square(const void *argument, size_t size)
{
    const int *number = argument;
    if (size != sizeof *number)
        return EXIT_FAILURE;
    printf("Square: %d\n", *number * *number);
    return EXIT_SUCCESS;
}
// [endregion functions]

static int print_cube(const void *argument, size_t size)
{
    const int *number = argument;
    if (size != sizeof *number)
        return EXIT_FAILURE;
    printf("Cube: %d\n", *number * *number * *number);
    return EXIT_SUCCESS;
}

int main(void)
{
    // [region guard]
    static const struct guard_function functions[] = {
        {"square", print_square},
        {"cube", print_cube},
    };
    guard_main(functions, sizeof functions / sizeof *functions);
    // [endregion guard]
    // [region start]
    int number = 10;
    struct spawn p1 = {
        .function = "square", .argument = &number, .size = sizeof number};
    struct spawn p2 = p1;
    p2.function = "cube";
    if (spawn_start(&p1) == -1 || spawn_start(&p2) == -1) {
        fprintf(stderr, "%s%s\n", p1.message, p2.message);
        return EXIT_FAILURE;
    }
    int s1, s2;
    if (waitpid(p1.pid, &s1, 0) == -1 || waitpid(p2.pid, &s2, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    printf("Done!\n");
    // [endregion start]
    return s1 == 0 && s2 == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
