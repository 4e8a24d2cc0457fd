// Makes its parent, and the group of that, owners of a descriptor: the kernel sends signals to owners.
// levels: A B C
// points: 0
// brings: attack
// says: parent: Operation not permitted
// says: group: Operation not permitted
// says: exactly: Operation not permitted
// says: socket: Operation not permitted
// says: {failure}
//
#define _GNU_SOURCE // F_SETSIG, F_SETOWN_EX
#include <fcntl.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static void attack(void)
{
    int ends[2];
    int parent = getppid();
    struct f_owner_ex owner = {F_OWNER_PID, parent};
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    if (fcntl(ends[0], F_SETOWN, parent) == -1)
        perror("parent");
    if (fcntl(ends[0], F_SETOWN, -getpgid(parent)) == -1)
        perror("group");
    if (fcntl(ends[0], F_SETOWN_EX, &owner) == -1)
        perror("exactly");
    if (ioctl(ends[0], SIOCSPGRP, &parent) == -1)
        perror("socket");
    fcntl(ends[0], F_SETSIG, SIGKILL);
    fcntl(ends[0], F_SETFL, O_ASYNC);
    write(ends[1], "x", 1);
}
