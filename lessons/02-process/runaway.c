// Three workers are wanted, but a child runs on into the loop of its
// parent.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORKERS = 3 };

int main(void)
{
    int started[2]; // every worker puts one byte into this pipe
    if (pipe(started) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid_t first = getpid();
    // [region loop]
    for (int i = 0; i < WORKERS; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            perror("fork");
            return EXIT_FAILURE;
        }
        if (pid == 0) {
            if (write(started[1], "!", 1) != 1) // the worker's work
                return EXIT_FAILURE;
            // _exit(0) is missing here
        }
    }
    // [endregion loop]
    while (wait(NULL) > 0)
        continue;
    if (getpid() != first)
        _exit(0); // or each of them would go on with main
    char bytes[64];
    ssize_t count = read(started[0], bytes, sizeof bytes);
    printf("%d workers wanted, %zd started\n", WORKERS, count);
    return count == 7 ? EXIT_SUCCESS : EXIT_FAILURE;
}
