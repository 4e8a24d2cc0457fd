// Which descriptors a new process has, after three kinds of start.
#define _GNU_SOURCE // environ
#include "guard.h"
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PLAIN = 10, MARKED = 11 }; // descriptors; the second close-on-exec

// [region look]
static int look(const void *argument, size_t size)
{
    int plain = fcntl(PLAIN, F_GETFD) != -1; // is it open?
    int marked = fcntl(MARKED, F_GETFD) != -1;
    printf("%-20.*s %-6s %s\n", (int)size, (const char *)argument,
           plain ? "open" : "closed", marked ? "open" : "closed");
    return fflush(stdout) == 0 ? plain | marked << 1 : 255;
}
// [endregion look]

static int ended(pid_t pid)
{
    int status;
    if (pid == -1 || waitpid(pid, &status, 0) == -1 || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

static pid_t spawn_by_hand(char *program)
{
    pid_t pid;
    char *argv[] = {program, "posix_spawn()", NULL};
    int error =
        posix_spawn(&pid, "/proc/self/exe", NULL, NULL, argv, environ);
    return error == 0 ? pid : -1;
}

int main(int argc, char *argv[])
{
    static const struct guard_function functions[] = {{"look", look}};
    guard_main(functions, 1);
    if (argc == 2)
        return look(argv[1], strlen(argv[1])); // the guard of spawn_by_hand
    // [region open]
    int file = open("/dev/null", O_RDONLY);
    if (dup2(file, PLAIN) == -1 || dup3(file, MARKED, O_CLOEXEC) == -1) {
        perror("open, dup2, dup3");
        return EXIT_FAILURE;
    }
    // [endregion open]
    puts("                     plain  close-on-exec");
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0)
        _exit(look("fork()", 6));
    int forked = ended(pid);
    int by_hand = ended(spawn_by_hand(argv[0]));
    // [region spawn]
    struct spawn spawn = {.function = "look",
                          .argument = "spawn_start()",
                          .size = 13,
                          .descriptors = (int[]){MARKED},
                          .descriptor_count = 1};
    int by_module = spawn_start(&spawn) == 0 ? ended(spawn.pid) : -1;
    // [endregion spawn]
    return forked == 3 && by_hand == 1 && by_module == 2 ? EXIT_SUCCESS
                                                         : EXIT_FAILURE;
}
