// Whole messages over a pipe: a message is its size, then its bytes.
#pragma once
#include <errno.h>
#include <stdint.h>
#include <unistd.h>

// [region read_all]
// Reads until `size` bytes are there, or the end is. Returns how many came.
static inline ssize_t read_all(int descriptor, void *buffer, size_t size)
{
    unsigned char *bytes = buffer;
    size_t got = 0;
    while (got < size) {
        ssize_t n = read(descriptor, bytes + got, size - got);
        if (n == 0)
            break; // the end
        if (n > 0)
            got += (size_t)n;
        else if (errno != EINTR)
            return -1;
    }
    return (ssize_t)got;
}
// [endregion read_all]

// [region write_all]
static inline int write_all(int descriptor, const void *buffer, size_t size)
{
    const unsigned char *bytes = buffer;
    while (size > 0) {
        ssize_t n = write(descriptor, bytes, size);
        if (n == -1 && errno != EINTR)
            return -1;
        if (n > 0) {
            bytes += n;
            size -= (size_t)n;
        }
    }
    return 0;
}
// [endregion write_all]

// [region send]
static inline int send_message(int descriptor, const void *message,
                               size_t size)
{
    uint64_t length = size;
    if (write_all(descriptor, &length, sizeof length) == -1)
        return -1;
    return write_all(descriptor, message, size);
}
// [endregion send]

// [region receive]
// Returns 1, or 0 at the end, or -1: that was no whole message.
static inline int receive_message(int descriptor, void *buffer,
                                  size_t capacity, size_t *size)
{
    uint64_t length;
    ssize_t got = read_all(descriptor, &length, sizeof length);
    if (got == 0)
        return 0; // the end, and nothing of a message before it
    if (got != (ssize_t)sizeof length || length > capacity)
        return -1;
    *size = (size_t)length;
    got = read_all(descriptor, buffer, *size);
    return got == (ssize_t)*size ? 1 : -1;
}
// [endregion receive]
