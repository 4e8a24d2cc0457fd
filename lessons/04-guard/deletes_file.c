// A child that ends by return runs its parent's exit handler: the parent's
// file is gone.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// [region list]
static char list[] = "/tmp/list-XXXXXX"; // mkstemp() fills in the name

static void remove_list(void)
{
    unlink(list);
}

static int make_list(void)
{
    int file = mkstemp(list);
    if (file == -1 || atexit(remove_list) != 0)
        return -1;
    if (write(file, "10 20 30\n", 9) != 9)
        return -1;
    return close(file);
}
// [endregion list]

int main(void)
{
    // [region main]
    if (make_list() == -1) {
        perror("make_list");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0) {
        puts("child:  my work is done");
        return EXIT_SUCCESS;
    }
    if (waitpid(pid, NULL, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    FILE *numbers = fopen(list, "r");
    if (numbers == NULL)
        printf("parent: %s\n", strerror(errno));
    // [endregion main]
    if (numbers != NULL || errno != ENOENT)
        return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
