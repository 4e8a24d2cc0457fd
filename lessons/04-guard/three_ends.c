// How often does an exit handler run?
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// [region program]
static void say_bye(void)
{
    puts("bye");
}

int main(void)
{
    if (atexit(say_bye) != 0)
        return EXIT_FAILURE;
    if (fork() == 0)
        _exit(0);
    if (fork() == 0)
        exit(0);
    if (fork() == 0)
        return 0;
    while (wait(NULL) > 0)
        continue;
    return 0;
}
// [endregion program]
