// When the text of before a fork() comes out twice: it depends on where it
// goes.
#include <pty.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

// Prints text into ends[1], forks, lets both processes exit, and counts the
// '!' that come out of ends[0].
static int copies(const int ends[2], const char *text, bool flush)
{
    FILE *stream = fdopen(ends[1], "w");
    if (stream == NULL || fflush(stdout) == EOF)
        return -1;
    // [region print]
    if (fputs(text, stream) == EOF)
        return -1;
    if (flush && fflush(stream) == EOF)
        return -1;
    pid_t pid = fork();
    if (pid == 0)
        exit(0); // flushes every stream of the child
    // [endregion print]
    if (pid == -1 || waitpid(pid, NULL, 0) == -1 || fclose(stream) == EOF)
        return -1;
    int count = 0;
    char byte;
    while (read(ends[0], &byte, 1) == 1)
        count += byte == '!';
    close(ends[0]);
    return count;
}

int main(void)
{
    // [region cases]
    const struct {
        const char *name, *text;
        bool terminal, flush;
        int copies;
    } cases[] = {
        {"terminal, a whole line", "start!\n", true, false, 1},
        {"terminal, half a line", "start! ", true, false, 2},
        {"pipe, a whole line", "start!\n", false, false, 2},
        {"pipe, flushed before", "start!\n", false, true, 1},
    };
    // [endregion cases]
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int ends[2]; // of a terminal: what its window shows, what we print
        int made = cases[i].terminal
                       ? openpty(&ends[0], &ends[1], NULL, NULL, NULL)
                       : pipe(ends);
        if (made == -1) {
            perror("terminal or pipe");
            return EXIT_FAILURE;
        }
        int count = copies(ends, cases[i].text, cases[i].flush);
        printf("%-24s %d\n", cases[i].name, count);
        if (count != cases[i].copies)
            return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
