// Changes the exit status after main has ended.
// levels: A B C
// points: 0
// brings: nothing
// says: before main or after it
//
#include <unistd.h>

__attribute__((destructor)) static void after_main(void)
{
    _exit(0);
}
