// Ctrl-C with two children at work: what becomes of them?
#include "keyboard.h"
#include "process.h"
#include <stdbool.h>

static struct scene scene;  // for the handler
static void (*action)(int); // of SIGINT in the children

// [region work]
static int work(void *argument)
{
    (void)argument;
    signal(SIGINT, action); // SIG_DFL or SIG_IGN
    tell(&scene.here);
    await(&scene.go); // its work
    return 0;
}
// [endregion work]

static void on_interrupt(int number)
{
    (void)number;
    for (int i = 0; i < 2 && action == SIG_IGN; i++)
        tell(&scene.go); // the others do not come to the end of it
}

// Starts two children. Returns 0 if both come to their end, 1 if both are
// ended by SIGINT.
static int program(void)
{
    struct process *children[2];
    int codes[2];
    signal(SIGINT, on_interrupt);
    for (int i = 0; i < 2; i++) {
        children[i] = process_create(work, NULL);
        if (children[i] == NULL || process_start(children[i]) == -1)
            return EXIT_FAILURE;
    }
    for (int i = 0; i < 2; i++) {
        process_join(children[i], -1);
        codes[i] = process_exit_code(children[i]);
        process_release(children[i]);
    }
    printf("%s: exit codes %d and %d\n",
           action == SIG_DFL ? "default action" : "ignored", codes[0],
           codes[1]);
    if (codes[0] != codes[1])
        return 2;
    return codes[0] == -SIGINT;
}

int main(void)
{
    action = SIG_DFL;
    bool killed = press_ctrl_c(program, 2, &scene) == 1;
    action = SIG_IGN;
    bool ended = press_ctrl_c(program, 2, &scene) == 0;
    return killed && ended ? EXIT_SUCCESS : EXIT_FAILURE;
}
