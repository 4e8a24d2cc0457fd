// A socket whose peer has closed with a message unread: the end comes one
// call later.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == -1) {
        perror("socketpair");
        return EXIT_FAILURE;
    }
    // [region close]
    char text[10];
    if (send(ends[0], "question", 8, MSG_NOSIGNAL) != 8 ||
        send(ends[1], "bye", 3, MSG_NOSIGNAL) != 3)
        return EXIT_FAILURE;
    close(ends[1]); // the question was never read

    ssize_t first = recv(ends[0], text, sizeof text, 0);
    ssize_t second = recv(ends[0], text, sizeof text, 0);
    int reason = errno;
    ssize_t third = recv(ends[0], text, sizeof text, 0);
    printf("recv: %zd, %zd (%s), %zd\n", first, second, strerror(reason),
           third);
    // [endregion close]
    return first == 3 && second == -1 && reason == ECONNRESET && third == 0
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
