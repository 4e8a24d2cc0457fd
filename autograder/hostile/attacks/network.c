// Connects to a machine outside.
// levels: A B C
// points: 0
// brings: attack
// says A: connect: Network is unreachable
// says B: connect: Permission denied
// says C: {failure}
//
#define _GNU_SOURCE // SOCK_NONBLOCK
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

static void attack(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
    inet_pton(AF_INET, "192.0.2.1", &address.sin_addr);
    int end = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(end, (struct sockaddr *)&address, sizeof address) == -1)
        perror("connect");
}
