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

static void with_threads(int *count)
{
    pthread_t other;
    if (pthread_create(&other, NULL, add, count) != 0)
        _exit(EXIT_FAILURE);
    add(count);
    pthread_join(other, NULL);
}

static void with_processes(int *count)
{
    pid_t other = fork();
    if (other == 0) {
        add(count);
        _exit(0);
    }
    add(count);
    waitpid(other, NULL, 0);
}
// [endregion race]

// Runs one of them in a child, and counts the warnings that it gets.
static int warnings(void (*race)(int *count), int *count)
{
    int ends[2];
    pid_t pid = pipe(ends) == 0 ? fork() : -1;
    if (pid == 0) {
        dup2(ends[1], STDERR_FILENO);
        race(count);
        exit(0);
    }
    close(ends[1]);
    FILE *report = pid == -1 ? NULL : fdopen(ends[0], "r");
    char line[256];
    int found = 0;
    while (report != NULL && fgets(line, sizeof line, report) != NULL)
        found +=
            strstr(line, "WARNING: ThreadSanitizer: data race") != NULL;
    waitpid(pid, NULL, 0);
    return report == NULL || fclose(report) == EOF ? -1 : found;
}

int main(void)
{
    int *count = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (count == MAP_FAILED)
        return EXIT_FAILURE;
    int threads = warnings(with_threads, count);
    int processes = warnings(with_processes, count);
    printf("two threads:   %s\n", threads > 0 ? "data race" : "nothing");
    printf("two processes: %s\n", processes > 0 ? "data race" : "nothing");
    return threads > 0 && processes == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
