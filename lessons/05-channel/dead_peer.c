// Writing to a process that is gone: a signal, or EPIPE.
#include "process.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// [region writers]
static int writes(void *descriptor)
{
    signal(SIGPIPE, SIG_DFL); // it might be ignored: that is inherited
    return write(*(int *)descriptor, "144", 3) == 3 ? 0 : errno;
}

static int writes_and_ignores(void *descriptor)
{
    signal(SIGPIPE, SIG_IGN); // for the whole process
    return write(*(int *)descriptor, "144", 3) == 3 ? 0 : errno;
}

static int sends(void *descriptor)
{
    signal(SIGPIPE, SIG_DFL);
    return send(*(int *)descriptor, "144", 3, MSG_NOSIGNAL) == 3 ? 0
                                                                 : errno;
}
// [endregion writers]

static int exit_code_of(int (*function)(void *), int *descriptor)
{
    struct process *process = process_create(function, descriptor);
    if (process == NULL || process_start(process) == -1 ||
        process_join(process, -1) == -1)
        return 0;
    int code = process_exit_code(process);
    return process_release(process) == 0 ? code : 0;
}

int main(void)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1) {
        perror("socketpair");
        return EXIT_FAILURE;
    }
    close(ends[0]); // nobody has the other end any more

    int codes[3] = {exit_code_of(writes, &ends[1]),
                    exit_code_of(writes_and_ignores, &ends[1]),
                    exit_code_of(sends, &ends[1])};
    printf("write: exit code %d\n", codes[0]);
    printf("SIGPIPE ignored, write: %s\n", strerror(codes[1]));
    printf("send with MSG_NOSIGNAL: %s\n", strerror(codes[2]));
    return codes[0] == -SIGPIPE && codes[1] == EPIPE && codes[2] == EPIPE
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
