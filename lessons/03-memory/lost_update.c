// Two processes add 1 to the same counter, and one addition is lost. The
// order of the steps is forced, so it is lost in every run.
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct order {
    int has_read[2]; // a pipe: a byte in it says "I have read"
    int has_written[2];
};

static void tell(const int pipe_ends[2])
{
    if (write(pipe_ends[1], "!", 1) != 1)
        _exit(EXIT_FAILURE);
}

static void wait_for(const int pipe_ends[2])
{
    char byte;
    close(pipe_ends[1]); // who waits does not tell: EOF if the other dies
    if (read(pipe_ends[0], &byte, 1) != 1)
        _exit(EXIT_FAILURE);
}

// [region adders]
static void add_in_parent(int *count, const struct order *order)
{
    int value = *count; // reads 0
    tell(order->has_read);
    wait_for(order->has_written);
    *count = value + 1; // writes 1, over the child's 1
}

static void add_in_child(int *count, const struct order *order)
{
    wait_for(order->has_read);
    *count = *count + 1; // reads 0, writes 1
    tell(order->has_written);
}
// [endregion adders]

int main(void)
{
    struct order order;
    int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count == MAP_FAILED || pipe(order.has_read) == -1 ||
        pipe(order.has_written) == -1) {
        perror("set up");
        return EXIT_FAILURE;
    }
    pid_t pid = fork();
    if (pid == -1) {
        perror("fork");
        return EXIT_FAILURE;
    }
    if (pid == 0) {
        add_in_child(count, &order);
        _exit(0);
    }
    add_in_parent(count, &order);
    if (waitpid(pid, NULL, 0) == -1) {
        perror("waitpid");
        return EXIT_FAILURE;
    }
    printf("added twice, the counter says %d\n", *count);
    return *count == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
