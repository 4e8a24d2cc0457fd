// What a child of a process with 100 MiB really copies: the pages that it
// writes to, counted by their page faults.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 100 * 1024 * 1024 };

struct faults {
    long by_reading, by_writing;
};

static long minor_faults(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == -1)
        _exit(EXIT_FAILURE);
    return usage.ru_minflt;
}

// [region use]
// Reads a byte of every page, then writes to `pages` of them.
static struct faults use(volatile char *memory, long page, long pages)
{
    minor_faults(); // our own variables have their first faults here
    long before = minor_faults();
    for (long i = 0; i < SIZE / page; i++)
        (void)memory[i * page];
    long between = minor_faults();
    for (long i = 0; i < pages; i++)
        memory[i * page] = 1;
    long after = minor_faults();
    return (struct faults){between - before, after - between};
}
// [endregion use]

int main(void)
{
    long page = sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct faults *seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || seen == MAP_FAILED)
        return EXIT_FAILURE;
    madvise(memory, SIZE, MADV_NOHUGEPAGE); // fails if there are none
    memset(memory, 1, SIZE);
    long pages[] = {0, 1, 100, SIZE / page}, wrong = 0;
    puts("pages written  faults: reading  writing");
    for (int i = 0; i < 4; i++) {
        // [region fork]
        pid_t pid = fork();
        if (pid == 0) {
            *seen = use(memory, page, pages[i]);
            _exit(0);
        }
        // [endregion fork]
        if (pid == -1 || waitpid(pid, NULL, 0) == -1)
            return EXIT_FAILURE;
        printf("%-13ld  %15ld  %7ld\n", pages[i], seen->by_reading,
               seen->by_writing);
        wrong += seen->by_reading != 0 || seen->by_writing != pages[i];
    }
    return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
