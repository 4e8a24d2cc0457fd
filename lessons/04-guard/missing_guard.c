// main has forgotten its guard: the module sees it, and stops after one
// start.
#include "guard.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

int main(void)
{
    // [region main]
    puts("main begins"); // guard_main() should stand before this line
    struct spawn spawn = {.function = "square"};
    if (spawn_start(&spawn) == -1) {
        printf("%s\n", spawn.message);
        return errno == ELOOP ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    // [endregion main]
    if (waitpid(spawn.pid, NULL, 0) == -1)
        perror("waitpid");
    return EXIT_FAILURE; // this program claims that the start fails
}
