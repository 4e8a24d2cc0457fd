// Connects in place of a program that may not do it itself.
#include "connector.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
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
#include <sys/time.h>
#include <unistd.h>

static const struct timeval patience = {.tv_sec = 5};

struct connector {
    int listener;
    struct sockaddr_in allowed; // port 0: nothing is
};

// Opens a file in the folder of the thread in /proc, or returns NULL.
static FILE *open_about(const struct seccomp_notif *request, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%u/%s", request->pid, name);
    return fopen(path, "re");
}

// Finds a number after `name` in a file about the thread, or returns -1.
static long number_about(const struct seccomp_notif *request, const char *file, const char *name,
                         int base)
{
    char line[128];
    long number = -1;
    FILE *lines = open_about(request, file);
    while (lines != NULL && number == -1 && fgets(line, sizeof line, lines) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            number = strtol(line + strlen(name), NULL, base);
    if (lines != NULL)
        fclose(lines);
    return number;
}

static bool read_address(const struct seccomp_notif *request, struct sockaddr_in *address)
{
    FILE *memory = request->data.args[2] >= sizeof *address ? open_about(request, "mem") : NULL;
    bool whole = memory != NULL && pread(fileno(memory), address, sizeof *address,
                                         (off_t)request->data.args[1]) == (ssize_t)sizeof *address;
    if (memory != NULL)
        fclose(memory);
    return whole;
}

// The request may be over, and its thread's number somebody else's: only what was found out before this
// says that it is not counts.
static bool still_asks(const struct connector *this, const struct seccomp_notif *request)
{
    uint64_t id = request->id;
    return ioctl(this->listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
}

// Our own descriptor for the program's socket, or -1.
static int take_socket(const struct connector *this, const struct seccomp_notif *request)
{
    long process = number_about(request, "status", "Tgid:", 10); // pidfd_open(2) wants no other thread
    int pidfd = process == -1 ? -1 : (int)syscall(SYS_pidfd_open, (pid_t)process, 0);
    int taken = pidfd == -1 ? -1 : (int)syscall(SYS_pidfd_getfd, pidfd, (int)request->data.args[0], 0);
    if (pidfd != -1)
        close(pidfd);
    if (taken == -1 || still_asks(this, request))
        return taken;
    close(taken);
    return -1;
}

// Connects `end`. Returns 0, or what errno shall be.
static int connect_to(const struct connector *this, int end)
{
    const struct sockaddr *address = (const struct sockaddr *)&this->allowed;
    return connect(end, address, sizeof this->allowed) == 0 ? 0 : errno;
}

// Where a container refuses pidfd_getfd(2), as Docker does: puts a socket that is connected in the place
// of the program's. What was set on that one before is lost, but for the flags of its descriptor.
static int replace_socket(const struct connector *this, const struct seccomp_notif *request)
{
    char name[32];
    snprintf(name, sizeof name, "fdinfo/%d", (int)request->data.args[0]);
    long flags = number_about(request, name, "flags:", 8);
    if (flags == -1)
        return EBADF;
    int end = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (end == -1)
        return errno;
    struct seccomp_notif_addfd put = {.id = request->id,
                                      .flags = SECCOMP_ADDFD_FLAG_SETFD,
                                      .srcfd = (uint32_t)end,
                                      .newfd = (uint32_t)request->data.args[0],
                                      .newfd_flags = (uint32_t)(flags & O_CLOEXEC)};
    setsockopt(end, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience); // of connect(2), too
    int error = connect_to(this, end);
    setsockopt(end, SOL_SOCKET, SO_SNDTIMEO, &(struct timeval){0}, sizeof patience);
    if (error == 0 && ((flags & O_NONBLOCK) != 0 && fcntl(end, F_SETFL, O_NONBLOCK) == -1))
        error = errno;
    if (error == 0 && ioctl(this->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &put) == -1)
        error = errno;
    close(end);
    return error;
}

// Returns 0, or what errno shall be.
static int connect_for(const struct connector *this, const struct seccomp_notif *request)
{
    struct sockaddr_in address;
    if (!read_address(request, &address) || !still_asks(this, request) || this->allowed.sin_port == 0 ||
        address.sin_family != AF_INET || address.sin_port != this->allowed.sin_port ||
        address.sin_addr.s_addr != this->allowed.sin_addr.s_addr)
        return EACCES;
    int end = take_socket(this, request);
    if (end == -1)
        return replace_socket(this, request);
    int error = connect_to(this, end);
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
