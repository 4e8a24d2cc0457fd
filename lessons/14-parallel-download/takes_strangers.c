// A function that waits for any child takes the status of a child that its
// caller has started.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(int status)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == -1) {
        perror("fork");
        exit(EXIT_FAILURE);
    }
    if (child == 0)
        _exit(status);
    return child;
}

// [region library]
// Starts its own children, and waits until there are none.
static int fetch_all(void)
{
    int taken = 0;
    for (int i = 0; i < 3; i++)
        start(EXIT_SUCCESS);
    while (waitpid(-1, NULL, 0) != -1)
        taken++;
    return taken;
}
// [endregion library]

int main(void)
{
    // [region caller]
    pid_t mine = start(7);
    int taken = fetch_all();
    printf("three started, %d taken\n", taken);
    pid_t result = waitpid(mine, NULL, 0);
    printf("the caller's own child: %s\n",
           result == -1 ? strerror(errno) : "is there");
    // [endregion caller]
    return taken == 4 && result == -1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
