// Text that is buffered when the process forks is written by both
// processes.
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// Prints 5 bytes to a pipe, forks, and returns how many bytes came out of
// the pipe.
static int bytes_written(bool flush_before_fork)
{
    int ends[2];
    FILE *text = pipe(ends) == 0 ? fdopen(ends[1], "w") : NULL;
    if (text == NULL)
        return -1;
    // [region fork]
    fprintf(text, "once\n"); // 5 bytes, still in the buffer of this process
    if (flush_before_fork && fflush(text) == EOF)
        return -1;
    pid_t pid = fork();
    if (pid == 0)
        exit(0); // writes what is left in the child's copy of the buffer
    // [endregion fork]
    if (pid == -1 || waitpid(pid, NULL, 0) == -1 || fclose(text) == EOF)
        return -1;
    char bytes[64];
    int count = (int)read(ends[0], bytes, sizeof bytes);
    close(ends[0]);
    return count;
}

int main(void)
{
    int plain = bytes_written(false);
    printf("5 bytes printed, %d came out\n", plain);
    if (fflush(stdout) == EOF)
        return EXIT_FAILURE;
    int flushed = bytes_written(true);
    printf("5 bytes printed and flushed before the fork, %d came out\n",
           flushed);
    return plain == 10 && flushed == 5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
