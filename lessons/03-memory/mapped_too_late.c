// Memory that is mapped after the fork belongs to one process, shared or
// not.
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static int *map_shared(void)
{
    int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count == MAP_FAILED) {
        perror("mmap");
        exit(EXIT_FAILURE);
    }
    return count;
}

int main(void)
{
    // [region late]
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    int *count = map_shared(); // each process makes a mapping of its own
    if (pid == 0) {
        *count = 1000;
        _exit(0);
    }
    // [endregion late]
    int status;
    if (waitpid(pid, &status, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    printf("the child ended with %d, and count is %d\n", status, *count);
    return status == 0 && *count == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
