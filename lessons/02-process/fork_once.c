// One process becomes two. Each goes on with its own copy of `number`.
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    // [region fork]
    int number = 10;
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0) { // this is the child
        number = number * number;
        printf("child:  number is %d\n", number);
        _exit(fflush(stdout) == 0 ? 7 : EXIT_FAILURE);
    }
    // [endregion fork]
    // [region wait]
    int status;
    if (waitpid(pid, &status, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    printf("parent: number is %d\n", number);
    if (WIFEXITED(status))
        printf("parent: the child's exit code is %d\n",
               WEXITSTATUS(status));
    // [endregion wait]
    return EXIT_SUCCESS;
}
