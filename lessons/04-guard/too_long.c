// How long one argument of a program may be: 32 pages, its final NUL
// included.
#define _GNU_SOURCE // environ
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// Starts this program again with an argument of so many letters; returns
// what posix_spawn() says.
static int try_argument(size_t letters)
{
    char *text = calloc(letters + 1, 1);
    if (text == NULL)
        return -1;
    memset(text, 'x', letters);
    char *arguments[] = {"too_long", text, NULL};
    pid_t pid;
    int error =
        posix_spawn(&pid, "/proc/self/exe", NULL, NULL, arguments, environ);
    free(text);
    if (error == 0 && waitpid(pid, NULL, 0) == -1)
        return -1;
    return error;
}

int main(int argc, char *argv[])
{
    (void)argv;
    if (argc == 2)
        return EXIT_SUCCESS; // the guard: this one was started by the other
    // [region try]
    size_t most = 32 * (size_t)sysconf(_SC_PAGESIZE) - 1;
    int fits = try_argument(most);
    printf("%zu letters: %s\n", most, strerror(fits));
    int too_long = try_argument(most + 1);
    printf("%zu letters: %s\n", most + 1, strerror(too_long));
    // [endregion try]
    return fits == 0 && too_long != 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
