// Brings its own write, weak and as an alias, and its own _exit by an assembler's label.
// levels: A B C
// points: 0
// brings: nothing
// says: {failure}
//
#include <unistd.h>

__attribute__((used)) static ssize_t swallow(int descriptor, const void *bytes, size_t size)
{
    (void)descriptor;
    (void)bytes;
    return (ssize_t)size;
}

ssize_t write(int descriptor, const void *bytes, size_t size) __attribute__((weak, alias("swallow")));

void stay(int status) __asm__("_exit");
void stay(int status)
{
    for (;;)
        (void)status;
}
