// Connects in place of a program that may not do it itself.
#define _GNU_SOURCE // process_vm_readv
#include "connector.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

struct connector {
    int listener;
    struct sockaddr_in allowed; // port 0: nothing is
};

// The process that a thread belongs to, or -1: pidfd_open(2) wants that.
static int process_of(uint32_t thread)
{
    char path[64], line[128];
    int process = -1;
    snprintf(path, sizeof path, "/proc/%u/status", thread);
    FILE *file = fopen(path, "re");
    while (file != NULL && process == -1 && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "Tgid: %d", &process) != 1)
            process = -1;
    if (file != NULL)
        fclose(file);
    return process;
}

// Our own descriptor for the one that the program calls `number`, or -1.
static int take_socket(uint32_t thread, int number)
{
    int process = process_of(thread);
    int pidfd = process == -1 ? -1 : (int)syscall(SYS_pidfd_open, process, 0);
    int taken = pidfd == -1 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, number, 0);
    if (pidfd != -1)
        close(pidfd);
    return taken;
}

static bool read_address(const struct seccomp_notif *request, struct sockaddr_in *address)
{
    struct iovec here = {.iov_base = address, .iov_len = sizeof *address};
    struct iovec there = {.iov_base = (void *)(uintptr_t)request->data.args[1],
                          .iov_len = sizeof *address};
    return request->data.args[2] >= sizeof *address &&
           process_vm_readv((pid_t)request->pid, &here, 1, &there, 1, 0) == (ssize_t)sizeof *address;
}

// The request may be over, and its thread's number somebody else's: only what was found out before this
// says that it is not counts.
static bool still_asks(const struct connector *this, const struct seccomp_notif *request)
{
    uint64_t id = request->id;
    return ioctl(this->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

// Returns 0, or what errno shall be.
static int connect_for(const struct connector *this, const struct seccomp_notif *request)
{
    struct sockaddr_in address;
    int error = EACCES;
    int end = take_socket(request->pid, (int)request->data.args[0]);
    bool readable = end != -1 && read_address(request, &address) && still_asks(this, request);
    if (readable && this->allowed.sin_port != 0 && address.sin_family == AF_INET &&
        address.sin_port == this->allowed.sin_port &&
        address.sin_addr.s_addr == this->allowed.sin_addr.s_addr)
        error = connect(end, (const struct sockaddr *)&address, sizeof address) == 0 ? 0 : errno;
    if (end != -1)
        close(end);
    return error;
}

// Waits for a request. Returns false when none can come any more.
static bool receive(const struct connector *this, struct seccomp_notif *request)
{
    for (;;) {
        struct pollfd asked = {.fd = this->listener, .events = POLLIN};
        if (poll(&asked, 1, -1) == -1 && errno != EINTR)
            return false;
        *request = (struct seccomp_notif){0}; // as the kernel wants it
        if ((asked.revents & POLLIN) != 0 &&
            ioctl(this->listener, SECCOMP_IOCTL_NOTIF_RECV, request) == 0)
            return true;
        if ((asked.revents & POLLIN) == 0 && asked.revents != 0) // all processes have ended
            return false;
    }
}

static void *serve(void *argument)
{
    struct connector *this = argument;
    for (struct seccomp_notif request; receive(this, &request);) {
        struct seccomp_notif_resp answer = {.id = request.id, .error = -connect_for(this, &request)};
        ioctl(this->listener, SECCOMP_IOCTL_NOTIF_SEND, &answer); // fails if who asked was killed
    }
    close(this->listener);
    free(this);
    return NULL;
}

int connector_start(int listener, const char *line)
{
    unsigned port = 0;
    const char *address = strstr(line, "127.0.0.1:");
    struct connector *this = malloc(sizeof *this);
    if (this == NULL)
        return -1;
    if (address != NULL && sscanf(address, "127.0.0.1:%5u", &port) != 1)
        port = 0;
    *this = (struct connector){.listener = listener,
                               .allowed = {.sin_family = AF_INET,
                                           .sin_port = htons((uint16_t)port),
                                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)}};
    pthread_t thread;
    errno = pthread_create(&thread, NULL, serve, this);
    if (errno == 0)
        errno = pthread_detach(thread);
    if (errno == 0)
        return 0;
    free(this);
    return -1;
}
