// How many processes are there after three calls of fork()?
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int alive[2]; // every process puts one byte into this pipe
    if (pipe(alive) == -1) {
        perror("pipe");
        return EXIT_FAILURE;
    }
    pid_t first = getpid();
    // [region forks]
    if (fork() == -1 || fork() == -1 || fork() == -1)
        perror("fork");
    if (write(alive[1], "!", 1) != 1)
        perror("write");
    // [endregion forks]
    while (wait(NULL) > 0)
        continue;
    if (getpid() != first)
        _exit(0);
    char bytes[64];
    ssize_t count = read(alive[0], bytes, sizeof bytes);
    printf("%zd processes\n", count);
    return count == 8 ? EXIT_SUCCESS : EXIT_FAILURE;
}
