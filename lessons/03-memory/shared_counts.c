// A child process counts to 1000 in memory that it shares with its parent.
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    // [region map]
    int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    // [endregion map]
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0) {
        for (int i = 0; i < 1000; i++)
            (*count)++;
        _exit(0);
    }
    // [region wait]
    if (waitpid(pid, NULL, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    printf("parent: count at %p is %d\n", (void *)count, *count);
    // [endregion wait]
    return *count == 1000 ? EXIT_SUCCESS : EXIT_FAILURE;
}
