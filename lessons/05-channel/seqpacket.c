// A socket that keeps messages apart: what it does not do.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) == -1) {
        perror("socketpair");
        return EXIT_FAILURE;
    }
    // [region messages]
    char text[4];
    if (send(ends[1], "144", 3, 0) != 3 || send(ends[1], "49", 2, 0) != 2 ||
        send(ends[1], "too long", 8, 0) != 8 ||
        send(ends[1], "", 0, 0) != 0)
        return EXIT_FAILURE;
    ssize_t got[5];
    for (int i = 0; i < 4; i++)
        got[i] = recv(ends[0], text, sizeof text, 0);
    printf("144: %zd, 49: %zd, too long: %zd, empty: %zd\n", got[0], got[1],
           got[2], got[3]);
    // [endregion messages]
    // [region limit]
    int buffer_size;
    socklen_t length = sizeof buffer_size;
    if (getsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &buffer_size, &length) ==
        -1)
        return EXIT_FAILURE;
    char *big = calloc((size_t)buffer_size, 1);
    if (big == NULL)
        return EXIT_FAILURE;
    ssize_t sent = send(ends[1], big, (size_t)buffer_size, 0);
    int reason = errno;
    free(big);
    printf("%d bytes: %s\n", buffer_size, strerror(reason));
    // [endregion limit]
    close(ends[1]);
    got[4] = recv(ends[0], text, sizeof text, 0);
    printf("the end: %zd\n", got[4]);
    return got[0] == 3 && got[1] == 2 && got[2] == 4 && got[3] == 0 &&
                   got[4] == 0 && sent == -1 && reason == EMSGSIZE
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
