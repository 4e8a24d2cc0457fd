// The standard input of a program.
#define _GNU_SOURCE // memfd_create
#include "feed.h"
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

int feed_write(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(descriptor, bytes, size);
        if (written == -1 && errno != EINTR)
            return -1;
        if (written > 0) {
            bytes += written;
            size -= (size_t)written;
        }
    }
    return 0;
}

int feed_make(const void *bytes, size_t size)
{
    int input = memfd_create("input", MFD_CLOEXEC);
    if (input == -1 || (feed_write(input, bytes, size) == 0 && lseek(input, 0, SEEK_SET) == 0))
        return input;
    close(input);
    return -1;
}
