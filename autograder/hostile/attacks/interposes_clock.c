// Brings its own clock, write and fork, so that the drives would use them.
// levels: A B C
// points: 0
// brings: nothing
// says: {failure}
//
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static long calls;
    (void)clock;
    *now = (struct timespec){.tv_sec = ++calls};
    return 0;
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    (void)bytes;
    _exit(descriptor == 3 ? 77 : size > 0);
}

pid_t fork(void)
{
    return 1;
}
