// A child process counts to 1000. Its parent sees nothing of it.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    // [region count]
    int count = 0;
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0) {
        for (int i = 0; i < 1000; i++)
            count++;
        printf("child:  count at %p is %d\n", (void *)&count, count);
        _exit(fflush(stdout) == 0 ? 0 : EXIT_FAILURE);
    }
    int status;
    if (waitpid(pid, &status, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    printf("parent: count at %p is %d\n", (void *)&count, count);
    // [endregion count]
    return status == 0 && count == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
