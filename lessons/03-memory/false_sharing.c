// Two processes, each with a counter of its own: in one cache line, or in
// two.
#include "measure.h"
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 15, ADDITIONS = 2000000 };

// [region layouts]
struct together { // 16 bytes, in one cache line
    atomic_long first;
    atomic_long second;
};
struct apart { // each in a line of its own
    _Alignas(64) atomic_long first;
    _Alignas(64) atomic_long second;
};
// [endregion layouts]

static void count(atomic_long *counter)
{
    for (int i = 0; i < ADDITIONS; i++)
        atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

// Both at the same time, one of them in a child. In microseconds.
static double count_both(atomic_long *first, atomic_long *second)
{
    double begin = now_us();
    pid_t pid = fork();
    if (pid == 0) {
        count(second);
        _exit(0);
    }
    count(first);
    if (pid == -1 || waitpid(pid, NULL, 0) == -1) {
        perror("child");
        exit(EXIT_FAILURE);
    }
    return now_us() - begin;
}

static double ns_per_addition(atomic_long *first, atomic_long *second)
{
    double took[RUNS];
    for (int i = 0; i < RUNS; i++)
        took[i] = count_both(first, second);
    return median(took, RUNS) * 1e3 / ADDITIONS;
}

int main(void)
{
    struct {
        struct apart apart;
        struct together together;
    } *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    atomic_long *one[] = {&shared->together.first,
                          &shared->together.second};
    atomic_long *two[] = {&shared->apart.first, &shared->apart.second};
    puts("two counters     nanoseconds for an addition");
    printf("in one line      %27.1f\n", ns_per_addition(one[0], one[1]));
    printf("each in its own  %27.1f\n", ns_per_addition(two[0], two[1]));
    return EXIT_SUCCESS;
}
