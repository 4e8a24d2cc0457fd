// Text that a child leaves in its buffer is lost when the child calls
// _exit().
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// A child prints 5 bytes to a pipe and ends; returns how many bytes came
// out of the pipe.
static int bytes_written(bool flush_before_exit)
{
    int ends[2];
    FILE *text = pipe(ends) == 0 ? fdopen(ends[1], "w") : NULL;
    if (text == NULL)
        return -1;
    pid_t pid = fork();
    // [region child]
    if (pid == 0) {
        fprintf(text, "bye!\n"); // 5 bytes, in the child's buffer
        if (flush_before_exit && fflush(text) == EOF)
            _exit(EXIT_FAILURE);
        _exit(0);
    }
    // [endregion child]
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
    printf("_exit() alone: %d of 5 bytes came out\n", plain);
    int flushed = bytes_written(true);
    printf("fflush() first: %d of 5 bytes came out\n", flushed);
    return plain == 0 && flushed == 5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
