// Ends the program before main begins.
// levels: A B C
// points: 0
// brings: nothing
// says: runs before main
//
#include <unistd.h>

__attribute__((constructor)) static void before_main(void)
{
    _exit(0);
}
