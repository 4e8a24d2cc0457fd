// Two processes count in one shared counter, each by atomic additions.
#include <assert.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// [region count]
static_assert(ATOMIC_INT_LOCK_FREE == 2, "works between processes");

static void add_100000(atomic_int *count)
{
    for (int i = 0; i < 100000; i++)
        atomic_fetch_add(count, 1); // reads, adds and writes in one step
}
// [endregion count]

int main(void)
{
    atomic_int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE,
                             MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count == MAP_FAILED) {
        perror("mmap");
        return EXIT_FAILURE;
    }
    atomic_init(count, 0);
    for (int i = 0; i < 2; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            perror("fork");
            return EXIT_FAILURE;
        }
        if (pid == 0) {
            add_100000(count);
            _exit(0);
        }
    }
    while (wait(NULL) > 0)
        continue;
    int sum = atomic_load(count);
    printf("added 200000 times, the counter says %d\n", sum);
    return sum == 200000 ? EXIT_SUCCESS : EXIT_FAILURE;
}
