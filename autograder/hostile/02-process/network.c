// Connects to this machine and to one outside.
// levels: A C
// points: 0
// brings: process_start
// says A: 192.0.2.1: Network is unreachable
// says C: process_start() gave -1
//
#define _GNU_SOURCE // SOCK_NONBLOCK
#include "process.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

static void tell(const char *what, long result); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    static const char *const addresses[] = {"127.0.0.1", "192.0.2.1"};
    for (int i = 0; i < 2; i++) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
        inet_pton(AF_INET, addresses[i], &address.sin_addr);
        int end = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        tell(addresses[i], connect(end, (struct sockaddr *)&address, sizeof address));
    }
    return -1;
}
