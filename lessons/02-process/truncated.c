// An exit code has eight bits.
#include "process.h"
#include <stdio.h>
#include <stdlib.h>

static int give(void *argument)
{
    const int *number = argument;
    return *number;
}

int main(void)
{
    // [region loop]
    int numbers[] = {0, 3, 255, 256, 300, -1};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct process *process = process_create(give, &numbers[i]);
        if (process == NULL || process_start(process) == -1) {
            perror("process");
            return EXIT_FAILURE;
        }
        if (process_join(process, -1) == -1) {
            perror("process_join");
            return EXIT_FAILURE;
        }
        int code = process_exit_code(process);
        printf("%3d gives %3d\n", numbers[i], code);
        if (code != (numbers[i] & 0xff) || process_release(process) == -1)
            return EXIT_FAILURE;
    }
    // [endregion loop]
    return EXIT_SUCCESS;
}
