// Brings its own write as a unique symbol, a kind that objcopy(1) does not make local.
// levels: A B C
// points: 0
// brings: nothing
// says: was refused
//
#include <unistd.h>

static ssize_t swallow(int descriptor, const void *bytes, size_t size)
{
    (void)descriptor;
    (void)bytes;
    return (ssize_t)size;
}
__asm__(".globl write\n\t.set write, swallow\n\t.type write, @gnu_unique_object");
ssize_t (*const kept)(int descriptor, const void *bytes, size_t size) = swallow;
