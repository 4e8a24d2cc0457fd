// Where things are, and what they hold: in the parent, in a forked and in a
// spawned child.
#include "guard.h"
#include "process.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/wait.h>

// [region view]
static int level = 1;

struct view {
    uintptr_t function, variable;
    int level;
};

static int show(const char *who, const struct view *parent);

static struct view look(void)
{
    return (struct view){(uintptr_t)show, (uintptr_t)&level, level};
}
// [endregion view]

// Prints one row; returns a bit for each column that is as in the parent.
static int show(const char *who, const struct view *parent)
{
    struct view here = look();
    printf("%-8s %#14jx %#14jx %6d\n", who, (uintmax_t)here.function,
           (uintmax_t)here.variable, here.level);
    return (here.function == parent->function) |
           (here.variable == parent->variable) << 1 |
           (here.level == parent->level) << 2;
}

static int forked(void *argument)
{
    return show("forked", argument);
}

static int spawned(const void *argument, size_t size)
{
    return size == sizeof(struct view) ? show("spawned", argument) : 255;
}

int main(void)
{
    static const struct guard_function functions[] = {{"spawned", spawned}};
    guard_main(functions, 1);
    int old = personality(0xffffffff); // a debugger may have set this flag
    if (old != -1 && (old & ADDR_NO_RANDOMIZE))
        personality((unsigned long)(old & ~ADDR_NO_RANDOMIZE));
    // [region start]
    level = 7;
    struct view view = look();
    puts("               show()         &level  level");
    show("parent", &view);
    struct process *child = process_create(forked, &view);
    struct spawn spawn = {
        .function = "spawned", .argument = &view, .size = sizeof view};
    // [endregion start]
    int status;
    if (child == NULL || process_start(child) == -1 ||
        process_join(child, -1) == -1 || spawn_start(&spawn) == -1 ||
        waitpid(spawn.pid, &status, 0) == -1)
        return EXIT_FAILURE;
    int same = process_exit_code(child);
    process_release(child); // cannot fail: the child has ended
    return same == 7 && status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
