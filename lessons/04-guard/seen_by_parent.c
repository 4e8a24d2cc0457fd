// What a child changes after fork(), and whether its parent sees it.
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int number = 10;

// [region change]
static bool change(int file, int spare)
{
    number = 20;
    return close(spare) == 0 && fcntl(file, F_SETFD, FD_CLOEXEC) == 0 &&
           lseek(file, 100, SEEK_SET) == 100 &&
           fcntl(file, F_SETFL, O_NONBLOCK) == 0 &&
           write(file, "!", 1) == 1;
}
// [endregion change]

static bool show(const char *what, bool seen, bool expected)
{
    printf("%-26s %s\n", what, seen ? "yes" : "no");
    return seen == expected;
}

// [region look]
static bool look(int file, int spare)
{
    bool right = true;
    puts("changed by the child       seen by the parent");
    right &= show("a variable", number != 10, false);
    right &=
        show("a descriptor closed", fcntl(spare, F_GETFD) == -1, false);
    right &= show("close-on-exec", (fcntl(file, F_GETFD) & FD_CLOEXEC) != 0,
                  false);
    right &=
        show("O_NONBLOCK", (fcntl(file, F_GETFL) & O_NONBLOCK) != 0, true);
    right &= show("the offset", lseek(file, 0, SEEK_CUR) == 101, true);
    right &= show("the file", lseek(file, 0, SEEK_END) == 101, true);
    return right;
}
// [endregion look]

int main(void)
{
    FILE *file = tmpfile();
    int spare = file == NULL ? -1 : dup(fileno(file));
    if (spare == -1) {
        perror("set up");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0)
        _exit(change(fileno(file), spare) ? 0 : EXIT_FAILURE);
    int status;
    if (waitpid(pid, &status, 0) == -1 || status != 0) {
        fprintf(stderr, "the child could not do its changes\n");
        return EXIT_FAILURE;
    }
    return look(fileno(file), spare) ? EXIT_SUCCESS : EXIT_FAILURE;
}
