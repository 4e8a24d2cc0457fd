// The cure: the child runs one function, writes its own text, and leaves
// by _exit().
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// [region start]
static pid_t start(int (*function)(void *), void *argument)
{
    if (fflush(NULL) == EOF) // no text of ours is in the copy
        return -1;
    pid_t pid = fork();
    if (pid == 0) {
        int status = function(argument);
        if (fflush(NULL) == EOF) // the child's own text
            status = EXIT_FAILURE;
        _exit(status); // no way back, no handlers, no streams
    }
    return pid;
}
// [endregion start]

static int handle(void *argument)
{
    const char *line = argument;
    printf("child:  %s", line);
    return (int)strlen(line) - 1;
}

static void say_goodbye(void)
{
    puts("exit handler");
}

// Returns the number of lines handled, or -1.
static int handle_lines(FILE *file)
{
    // [region loop]
    int count = 0;
    char line[20];
    while (fgets(line, sizeof line, file) != NULL) {
        int status;
        pid_t pid = start(handle, line);
        if (pid == -1 || waitpid(pid, &status, 0) == -1)
            return -1;
        if (!WIFEXITED(status))
            return -1;
        count++;
        printf("parent: %d letters\n", WEXITSTATUS(status));
    }
    // [endregion loop]
    return count;
}

int main(void)
{
    FILE *file = tmpfile();
    if (file == NULL || atexit(say_goodbye) != 0 ||
        fputs("one\ntwo\nthree\n", file) == EOF) {
        perror("set up");
        return EXIT_FAILURE;
    }
    rewind(file);
    int lines = handle_lines(file);
    printf("parent: %d lines\n", lines);
    return lines == 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
