// The same race between threads and between processes. What is seen of it?
// flags: -fsanitize=thread
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// [region race]
static void *add(void *count) // no lock, not atomic: a race
{
    for (int i = 0; i < 1000; i++)
        *(int *)count = *(int *)count + 1;
    return NULL;
}

static void with_processes(int *count)
{
    pid_t other = fork();
    if (other == 0) {
        add(count);
        _exit(0);
    }
    add(count);
    if (waitpid(other, NULL, 0) == -1)
        _exit(EXIT_FAILURE);
}
// [endregion race]

static void with_threads(int *count)
{
    pthread_t other;
    if (pthread_create(&other, NULL, add, count) != 0)
        _exit(EXIT_FAILURE);
    add(count);
    pthread_join(other, NULL);
}

// Runs one of them in a child. Returns how many warnings it gets, or -1.
static int warnings(void (*race)(int *count), int *count)
{
    int ends[2], status, found = 0;
    pid_t pid = pipe(ends) == 0 ? fork() : -1;
    if (pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        race(count);
        _exit(0);
    }
    FILE *report = pid == -1 ? NULL : fdopen(ends[0], "r");
    if (report == NULL || close(ends[1]) == -1)
        return -1;
    char line[256];
    while (fgets(line, sizeof line, report) != NULL)
        found += strstr(line, "ThreadSanitizer: data race (") != NULL;
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status) == EXIT_FAILURE ? -1 : found;
}

int main(void)
{
    int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count == MAP_FAILED)
        return EXIT_FAILURE;
    int threads = warnings(with_threads, count),
        processes = warnings(with_processes, count);
    printf("two threads:   %s\n", threads > 0 ? "data race" : "nothing");
    printf("two processes: %s\n", processes > 0 ? "data race" : "nothing");
    return threads > 0 && processes == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
