// Stands in for the calls that move bytes, and for those that make memory, make sockets, and close.
#include "faulty.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

// Called by the module in place of the C library's functions: see calls.txt.
ssize_t faulty_read(int descriptor, void *buffer, size_t size);
ssize_t faulty_write(int descriptor, const void *bytes, size_t size);
ssize_t faulty_readv(int descriptor, const struct iovec *parts, int count);
ssize_t faulty_writev(int descriptor, const struct iovec *parts, int count);
ssize_t faulty_recv(int descriptor, void *buffer, size_t size, int flags);
ssize_t faulty_send(int descriptor, const void *bytes, size_t size, int flags);
ssize_t faulty_recvfrom(int descriptor, void *buffer, size_t size, int flags, struct sockaddr *address,
                        socklen_t *address_size);
ssize_t faulty_sendto(int descriptor, const void *bytes, size_t size, int flags,
                      const struct sockaddr *address, socklen_t address_size);
ssize_t faulty_recvmsg(int descriptor, struct msghdr *message, int flags);
ssize_t faulty_sendmsg(int descriptor, const struct msghdr *message, int flags);
void *faulty_mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset);
int faulty_socketpair(int domain, int type, int protocol, int ends[2]);
int faulty_close(int descriptor);
void *faulty_malloc(size_t size);
void *faulty_calloc(size_t count, size_t size);
void *faulty_realloc(void *memory, size_t size);

enum { MOST_PARTS = 16 };

// Some parts in a row, cut to the bytes that may be moved.
struct cut {
    struct iovec parts[MOST_PARTS];
    size_t count;
};

static struct cut cut_parts(const struct iovec *parts, size_t count)
{
    struct cut cut = {.count = count < MOST_PARTS ? count : MOST_PARTS};
    size_t total = 0;
    for (size_t i = 0; i < cut.count; i++)
        total += parts[i].iov_len;
    size_t left = faulty_shortens(total);
    for (size_t i = 0; i < cut.count; i++) {
        cut.parts[i] = parts[i];
        if (cut.parts[i].iov_len > left)
            cut.parts[i].iov_len = left;
        left -= cut.parts[i].iov_len;
    }
    return cut;
}

// Whether a call that moves bytes does not go through; errno says why.
static bool is_refused(enum faults_call call, bool may_wait)
{
    return faulty_fails(call) || faulty_interrupts(FAULTY_TRANSFER, may_wait);
}

ssize_t faulty_read(int descriptor, void *buffer, size_t size)
{
    return is_refused(FAULTS_RECEIVE, true) ? -1 : read(descriptor, buffer, faulty_shortens(size));
}

ssize_t faulty_write(int descriptor, const void *bytes, size_t size)
{
    return is_refused(FAULTS_SEND, true) ? -1 : write(descriptor, bytes, faulty_shortens(size));
}

ssize_t faulty_readv(int descriptor, const struct iovec *parts, int count)
{
    struct cut cut = cut_parts(parts, count < 0 ? 0 : (size_t)count);
    return is_refused(FAULTS_RECEIVE, true) ? -1 : readv(descriptor, cut.parts, (int)cut.count);
}

ssize_t faulty_writev(int descriptor, const struct iovec *parts, int count)
{
    struct cut cut = cut_parts(parts, count < 0 ? 0 : (size_t)count);
    return is_refused(FAULTS_SEND, true) ? -1 : writev(descriptor, cut.parts, (int)cut.count);
}

ssize_t faulty_recv(int descriptor, void *buffer, size_t size, int flags)
{
    return is_refused(FAULTS_RECEIVE, (flags & MSG_DONTWAIT) == 0)
               ? -1
               : recv(descriptor, buffer, faulty_shortens(size), flags);
}

ssize_t faulty_send(int descriptor, const void *bytes, size_t size, int flags)
{
    return is_refused(FAULTS_SEND, (flags & MSG_DONTWAIT) == 0)
               ? -1
               : send(descriptor, bytes, faulty_shortens(size), flags);
}

ssize_t faulty_recvfrom(int descriptor, void *buffer, size_t size, int flags, struct sockaddr *address,
                        socklen_t *address_size)
{
    return is_refused(FAULTS_RECEIVE, (flags & MSG_DONTWAIT) == 0)
               ? -1
               : recvfrom(descriptor, buffer, faulty_shortens(size), flags, address, address_size);
}

ssize_t faulty_sendto(int descriptor, const void *bytes, size_t size, int flags,
                      const struct sockaddr *address, socklen_t address_size)
{
    return is_refused(FAULTS_SEND, (flags & MSG_DONTWAIT) == 0)
               ? -1
               : sendto(descriptor, bytes, faulty_shortens(size), flags, address, address_size);
}

ssize_t faulty_recvmsg(int descriptor, struct msghdr *message, int flags)
{
    if (is_refused(FAULTS_RECEIVE, (flags & MSG_DONTWAIT) == 0))
        return -1;
    struct iovec *parts = message->msg_iov;
    size_t count = message->msg_iovlen;
    struct cut cut = cut_parts(parts, count);
    message->msg_iov = cut.parts;
    message->msg_iovlen = cut.count;
    ssize_t size = recvmsg(descriptor, message, flags);
    message->msg_iov = parts;
    message->msg_iovlen = count;
    return size;
}

ssize_t faulty_sendmsg(int descriptor, const struct msghdr *message, int flags)
{
    if (is_refused(FAULTS_SEND, (flags & MSG_DONTWAIT) == 0))
        return -1;
    struct cut cut = cut_parts(message->msg_iov, message->msg_iovlen);
    struct msghdr shorter = *message;
    shorter.msg_iov = cut.parts;
    shorter.msg_iovlen = cut.count;
    return sendmsg(descriptor, &shorter, flags);
}

void *faulty_mmap(void *address, size_t size, int protection, int flags, int descriptor, off_t offset)
{
    return faulty_fails(FAULTS_MMAP) ? MAP_FAILED
                                     : mmap(address, size, protection, flags, descriptor, offset);
}

int faulty_socketpair(int domain, int type, int protocol, int ends[2])
{
    return faulty_fails(FAULTS_SOCKETPAIR) ? -1 : socketpair(domain, type, protocol, ends);
}

int faulty_close(int descriptor)
{
    bool fails = faulty_fails(FAULTS_CLOSE);
    int error = errno;
    int result = close(descriptor);
    if (result == -1 && errno == EBADF)
        faulty_audit.closes_of_closed++;
    if (!fails)
        return result;
    errno = error;
    return -1;
}

void *faulty_malloc(size_t size)
{
    return faulty_fails(FAULTS_MALLOC) ? NULL : malloc(size);
}

void *faulty_calloc(size_t count, size_t size)
{
    return faulty_fails(FAULTS_MALLOC) ? NULL : calloc(count, size);
}

void *faulty_realloc(void *memory, size_t size)
{
    return faulty_fails(FAULTS_MALLOC) ? NULL : realloc(memory, size);
}
