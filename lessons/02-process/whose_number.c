// Which number does the parent print?
#include "process.h"
#include <stdio.h>
#include <stdlib.h>

// [region program]
static int add_one(void *argument)
{
    int *number = argument;
    *number = *number + 1;
    return *number;
}

int main(void)
{
    int number = 41;
    struct process *process = process_create(add_one, &number);
    if (process == NULL || process_start(process) == -1)
        return EXIT_FAILURE;
    if (process_join(process, -1) == -1)
        return EXIT_FAILURE;
    printf("%d and %d\n", number, process_exit_code(process));
    return process_release(process) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
// [endregion program]
