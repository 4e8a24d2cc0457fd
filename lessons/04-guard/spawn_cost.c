// What each way to start a process costs, in a small and in a large
// program.
#include "ways.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

enum { WAYS = 3, ROUNDS = 30, LARGE = 100 << 20 }; // LARGE: bytes, 100 MiB

static int nothing(const void *argument, size_t size)
{
    return argument == NULL ? (int)size : EXIT_FAILURE;
}

static double now_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

// [region least]
// From the start to the end of the wait, in microseconds: the least.
static double least_us(pid_t (*start)(void))
{
    double least = 1e12;
    for (int i = 0; i < ROUNDS; i++) {
        double begin = now_us();
        int status;
        pid_t pid = start();
        if (pid == -1 || waitpid(pid, &status, 0) == -1 || status != 0)
            exit(EXIT_FAILURE);
        double took = now_us() - begin;
        least = took < least ? took : least;
    }
    return least;
}
// [endregion least]

int main(int argc, char *argv[])
{
    static const struct guard_function functions[] = {{"nothing", nothing}};
    guard_main(functions, 1);
    if (argc == 2)
        return strcmp(argv[1], "end"); // the guard of by_posix_spawn()
    pid_t (*const ways[WAYS])(void) = {by_fork, by_posix_spawn,
                                       by_spawn_start};
    const char *const names[WAYS] = {"fork", "posix_spawn", "spawn_start"};
    double small[WAYS], large[WAYS];
    for (int i = 0; i < WAYS; i++)
        small[i] = least_us(ways[i]);
    // [region touch]
    char *memory = mmap(NULL, LARGE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return EXIT_FAILURE;
    madvise(memory, LARGE, MADV_NOHUGEPAGE); // pages of the usual size
    memset(memory, 1, LARGE);                // now they exist
    // [endregion touch]
    for (int i = 0; i < WAYS; i++)
        large[i] = least_us(ways[i]);
    puts("microseconds  small program  with 100 MiB");
    for (int i = 0; i < WAYS; i++)
        printf("%-12s  %13.0f  %12.0f\n", names[i], small[i], large[i]);
    return EXIT_SUCCESS;
}
