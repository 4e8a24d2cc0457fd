// Brings its own _init, _start and other functions that are called before main and after it.
// levels: A B C
// points: 0
// brings: nothing
// says: {failure}
//
#include <stdlib.h>

void _init(void);
void _fini(void);
void _start(void);
void __libc_start_main(void);
void __cxa_finalize(void);

void _init(void)
{
    abort();
}

void _fini(void)
{
    abort();
}

void _start(void)
{
    abort();
}

void __libc_start_main(void)
{
    abort();
}

void __cxa_finalize(void)
{
    abort();
}
