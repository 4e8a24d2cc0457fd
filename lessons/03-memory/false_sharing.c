// Two processes, each with a counter of its own: in one cache line or two.
#define _GNU_SOURCE // sched_setaffinity, in meet.h
#include "measure.h"
#include "meet.h"
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 31, ADDITIONS = 20000 };

// [region layouts]
struct counters {
    struct { // 16 bytes, in one cache line
        _Alignas(64) atomic_long first;
        atomic_long second;
    } together;
    struct { // each in a line of its own
        _Alignas(64) atomic_long first;
        _Alignas(64) atomic_long second;
    } apart;
    _Alignas(64) atomic_int turns; // for meet()
};
// [endregion layouts]

// [region count]
// Returns the nanoseconds that an addition takes: the median of the runs.
static double count(atomic_long *counter, const struct worker *worker)
{
    double took[RUNS];
    for (int run = 0; run < RUNS; run++) {
        meet(worker); // now both are running
        double begin = now_us();
        for (int i = 0; i < ADDITIONS; i++)
            atomic_fetch_add(counter, 1);
        took[run] = (now_us() - begin) * 1e3 / ADDITIONS;
    }
    return median(took, RUNS);
}
// [endregion count]

int main(void)
{
    struct counters *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    struct worker worker = make_worker(pid == 0, &shared->turns);
    if (pid == 0) {
        count(&shared->together.second, &worker);
        count(&shared->apart.second, &worker);
        _exit(0);
    }
    puts("two counters     nanoseconds for an addition");
    double one = count(&shared->together.first, &worker);
    printf("in one line      %27.1f\n", one);
    double two = count(&shared->apart.first, &worker);
    printf("each in its own  %27.1f\n", two);
    return waitpid(pid, NULL, 0) == pid ? EXIT_SUCCESS : EXIT_FAILURE;
}
