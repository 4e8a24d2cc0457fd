// A connection that was made before the fork, and two workers that use it:
// each reads the other's answer.
#include "process.h"
#include "steps.h"
#include <sys/socket.h>

struct scene {
    int server, client; // the two ends of the connection
    struct gate asked, taken;
};

static int serve(void *argument)
{
    struct scene *scene = argument;
    close(scene->client);
    int page; // whoever asks for a page gets it: its number
    while (read(scene->server, &page, sizeof page) == sizeof page)
        if (write(scene->server, &page, sizeof page) == -1)
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}

// [region workers]
static int worker_1(void *argument)
{
    struct scene *scene = argument;
    send_number(scene->client, 7);
    tell(&scene->asked); // now it is the other one's turn
    await(&scene->taken);
    return receive_number(scene->client);
}

static int worker_2(void *argument)
{
    struct scene *scene = argument;
    await(&scene->asked);
    send_number(scene->client, 8);
    int page = receive_number(scene->client);
    tell(&scene->taken);
    return page;
}
// [endregion workers]

int main(void)
{
    struct scene scene = {.asked = make_gate(), .taken = make_gate()};
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1)
        return EXIT_FAILURE;
    scene.server = ends[0], scene.client = ends[1];
    int (*functions[])(void *) = {serve, worker_1, worker_2};
    struct process *processes[3];
    for (int i = 0; i < 3; i++) {
        processes[i] = process_create(functions[i], &scene);
        if (processes[i] == NULL || process_start(processes[i]) == -1)
            return EXIT_FAILURE;
    }
    int pages[3];
    close(scene.client);
    for (int i = 2; i >= 0; i--) { // the server ends when both have ended
        process_join(processes[i], -1);
        pages[i] = process_exit_code(processes[i]);
        process_release(processes[i]);
    }
    printf("worker 1 asks for page 7 and gets page %d\n", pages[1]);
    printf("worker 2 asks for page 8 and gets page %d\n", pages[2]);
    return pages[1] == 8 && pages[2] == 7 ? EXIT_SUCCESS : EXIT_FAILURE;
}
