// What fork() and posix_spawn() cost a process that has much memory.
#include "start.h"
#include <string.h>
#include <sys/mman.h>

enum { RUNS = 3, MIB = 1024 * 1024 };
enum { SMALL_PAGES, HUGE_PAGES, SPAWN, WAYS };

// A page exists once it is written to, so we write to each. Gives up after
// `deadline_us`, on a machine that is too busy.
static void touch(volatile char *memory, size_t size, double deadline_us)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (size_t at = 0; at < size; at += page) {
        memory[at] = 1;
        if (at % MIB == 0 && now_us() > deadline_us)
            _exit(EXIT_FAILURE);
    }
}

// Runs in a child. So a limit on memory that kills it costs only a row.
static void measure(size_t size, double us[WAYS])
{
    double deadline_us = now_us() + 2e6;
    for (int way = SMALL_PAGES; way < SPAWN; way++) {
        void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            _exit(EXIT_FAILURE);
        bool small = way == SMALL_PAGES;
        madvise(memory, size, small ? MADV_NOHUGEPAGE : MADV_HUGEPAGE);
        touch(memory, size, deadline_us);
        us[way] = cost_of(fork_and_wait, RUNS).least_us;
        if (small)
            us[SPAWN] = cost_of(spawn_and_wait, RUNS).least_us;
        munmap(memory, size);
    }
}

int main(int argc, char *argv[])
{
    static const size_t sizes[] = {1, 100, 1024}; // MiB
    static const char *const names[] = {"1 MiB", "100 MiB", "1 GiB"};
    bool measured[3];
    if (argc > 1 && strcmp(argv[1], "do-nothing") == 0)
        return EXIT_SUCCESS;
    double(*us)[WAYS] = mmap(NULL, sizeof us[0] * 3, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (us == MAP_FAILED)
        return EXIT_FAILURE;
    printf("microseconds    fork  fork, huge pages  posix_spawn\n");
    for (int i = 0; i < 3; i++) {
        pid_t pid = available_mib() > sizes[i] * 3 / 2 ? fork() : -1;
        if (pid == 0) {
            measure(sizes[i] * MIB, us[i]);
            _exit(0);
        }
        int status;
        measured[i] =
            pid != -1 && waitpid(pid, &status, 0) == pid && status == 0;
        if (measured[i])
            printf("%-12s  %6.0f  %16.0f  %11.0f\n", names[i], us[i][0],
                   us[i][1], us[i][SPAWN]);
    }
    printf("\nA page has %ld KiB.\n", sysconf(_SC_PAGESIZE) / 1024);
    for (int i = 0; i < 3; i++)
        if (!measured[i])
            printf("%s: left out for want of memory or time.\n", names[i]);
    // No claim: on a busy machine any of the figures can be large.
    return EXIT_SUCCESS;
}
