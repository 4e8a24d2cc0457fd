// A signal handler runs while read() and write() block.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum { MEBIBYTE = 1 << 20 };

static void tick(int signal_number)
{
    (void)signal_number; // nothing to do: it is enough that a handler runs
}

int main(void)
{
    struct sigaction action = {.sa_handler = tick}; // without SA_RESTART
    struct itimerval every_10_ms = {.it_interval = {0, 10000},
                                    .it_value = {0, 10000}};
    int ends[2];
    char *bytes = calloc(MEBIBYTE, 1);
    if (bytes == NULL || pipe(ends) == -1 ||
        sigaction(SIGALRM, &action, NULL) == -1 ||
        setitimer(ITIMER_REAL, &every_10_ms, NULL) == -1) {
        perror("set up");
        return EXIT_FAILURE;
    }
    // [region calls]
    ssize_t got = read(ends[0], bytes, 1); // the pipe is empty
    int reason = errno;
    printf("read gives %zd: %s\n", got, strerror(reason));

    ssize_t put = write(ends[1], bytes, MEBIBYTE); // more than it holds
    printf("write of %d bytes gives %zd\n", MEBIBYTE, put);
    // [endregion calls]
    free(bytes);
    return got == -1 && reason == EINTR && 0 < put && put < MEBIBYTE
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
