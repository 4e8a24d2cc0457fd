// A function that starts one worker, and returns twice: a loop over it
// starts 2^n - 1.
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURNS_MAX = 6, LIMIT = 100 }; // LIMIT: workers, then it stops

// [region start]
static void start_worker(atomic_int *started)
{
    if (atomic_fetch_add(started, 1) >= LIMIT)
        abort(); // a mistake of this kind must not fill the machine
    pid_t pid = fork();
    if (pid == -1)
        abort();
    if (pid == 0)
        return; // the child's work is done, and it goes home: where to?
}
// [endregion start]

static int workers_started(atomic_int *started, int wanted)
{
    pid_t first = getpid();
    atomic_store(started, 0);
    // [region loop]
    for (int i = 0; i < wanted; i++)
        start_worker(started);
    // [endregion loop]
    int status;
    while (wait(&status) > 0)
        if (status != 0)
            abort();
    if (getpid() != first)
        _exit(0); // or each of them would go on with main
    return atomic_load(started);
}

int main(void)
{
    // Lesson 3: memory that fork() does not copy, for all to count in.
    atomic_int *started =
        mmap(NULL, sizeof *started, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (started == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    puts("wanted started");
    for (int wanted = 1; wanted <= TURNS_MAX; wanted++) {
        if (fflush(stdout) == EOF)
            return EXIT_FAILURE;
        int count = workers_started(started, wanted);
        printf("%6d %7d\n", wanted, count);
        if (count != (1 << wanted) - 1)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
