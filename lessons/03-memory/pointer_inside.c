// A pointer in shared memory: both processes see the same address, but not
// the same thing behind it.
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    // [region pointer]
    int own = 10; // not in shared memory
    int **shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == 0) {
        own = 42;
        *shared = &own;
        printf("child:  %p leads to %d\n", (void *)*shared, **shared);
        _exit(fflush(stdout) == 0 ? 0 : EXIT_FAILURE);
    }
    if (pid == -1 || waitpid(pid, NULL, 0) == -1) {
        perror("child");
        return EXIT_FAILURE;
    }
    printf("parent: %p leads to %d\n", (void *)*shared, **shared);
    // [endregion pointer]
    return *shared == &own && own == 10 ? EXIT_SUCCESS : EXIT_FAILURE;
}
