// Bytes arrive; what a pointer among them points to does not.
#include "guard.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// [region task]
struct task {
    const char *title; // an address: of this program's memory
    char name[8];      // the letters themselves
};
// [endregion task]

// [region print]
static int print_task(const void *argument, size_t size)
{
    const struct task *task = argument;
    if (size != sizeof *task)
        return 1;
    // The kernel reads the bytes for us, and refuses a wrong address.
    bool wrong = write(STDOUT_FILENO, task->title, 5) == -1;
    if (wrong)
        printf("title: %s\n", strerror(errno));
    printf("name:  %s\n", task->name);
    return wrong ? 0 : 1;
}
// [endregion print]

int main(void)
{
    static const struct guard_function functions[] = {
        {"print", print_task}};
    guard_main(functions, 1);
    // So large that it gets pages of its own: malloc(3). At their address
    // the new process has nothing, also where addresses are not random.
    char *title = malloc(1 << 20);
    if (title == NULL) {
        perror("malloc");
        return EXIT_FAILURE;
    }
    // [region main]
    memcpy(title, "cubes", 6);
    struct task task = {.title = title, .name = "cubes"};
    struct spawn spawn = {
        .function = "print", .argument = &task, .size = sizeof task};
    // [endregion main]
    int status;
    if (spawn_start(&spawn) == -1 || waitpid(spawn.pid, &status, 0) == -1) {
        fprintf(stderr, "%s\n", spawn.message);
        return EXIT_FAILURE;
    }
    free(title);
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
