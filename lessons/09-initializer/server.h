// A server in a process of its own, and sessions with it. Whoever sends it
// the number of a page gets this page. A page is its number here, so that
// one sees whose it is. Page 0 is a goodbye: the session ends behind it.
#pragma once
#include "memory.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

struct server {
    struct sockaddr_un address; // chosen by the kernel: unix(7), Autobind
    socklen_t size;
    pid_t pid;
    atomic_int *sessions; // how many it has opened; shared memory
};

// Opens a session. It is open when the server has said so. Returns its
// descriptor, or -1.
static inline int session_open(const struct server *server)
{
    char welcome;
    int session = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (session == -1)
        return -1;
    if (connect(session, (const struct sockaddr *)&server->address,
                server->size) == 0) {
        ssize_t count = read(session, &welcome, 1);
        if (count == 1)
            return session;
        if (count == 0) // the end is no error of read(): it sets no errno
            errno = ECONNRESET;
    }
    int error = errno;
    close(session);
    errno = error;
    return -1;
}

// Asks for a page, and returns it, or -1.
static inline int session_get(int session, int page)
{
    if (send(session, &page, sizeof page, MSG_NOSIGNAL) != sizeof page ||
        recv(session, &page, sizeof page, MSG_WAITALL) != sizeof page)
        return -1;
    return page;
}

// In the server. Returns false at the end of the session.
static inline bool answer(int session)
{
    int page;
    return recv(session, &page, sizeof page, MSG_WAITALL) == sizeof page &&
           send(session, &page, sizeof page, MSG_NOSIGNAL) == sizeof page &&
           page != 0;
}

static inline void serve(int listener, atomic_int *sessions)
{
    enum { MOST = 16 }; // sessions at a time
    struct pollfd looks[1 + MOST] = {{.fd = listener, .events = POLLIN}};
    nfds_t count = 1;
    while (poll(looks, count, -1) > 0) {
        for (nfds_t i = count - 1; i > 0; i--)
            if (looks[i].revents != 0 && !answer(looks[i].fd)) {
                close(looks[i].fd);
                looks[i] = looks[--count];
            }
        if (looks[0].revents != 0 && count <= MOST) {
            int session = accept(listener, NULL, NULL);
            atomic_fetch_add(sessions, 1);
            send(session, "!", 1, MSG_NOSIGNAL);
            looks[count++] =
                (struct pollfd){.fd = session, .events = POLLIN};
        }
    }
}

// Starts the server. Returns false, with errno set, if it cannot.
static inline bool server_start(struct server *server)
{
    *server = (struct server){.address.sun_family = AF_UNIX,
                              .size = sizeof server->address,
                              .sessions = memory_create(sizeof(int))};
    struct sockaddr *address = (struct sockaddr *)&server->address;
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (server->sessions == NULL || listener == -1 ||
        bind(listener, address, sizeof(sa_family_t)) == -1 ||
        getsockname(listener, address, &server->size) == -1 ||
        listen(listener, SOMAXCONN) == -1)
        return false;
    server->pid = fork();
    if (server->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        serve(listener, server->sessions);
        _exit(1);
    }
    close(listener);
    return server->pid != -1;
}

static inline void server_stop(const struct server *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
}
