// Makes a system call in the way of 32-bit programs, which have other numbers.
// levels: A B C
// points: 0
// brings: attack
// says: ended by signal 31
//
#include <signal.h>

static void attack(void)
{
#ifdef __x86_64__
    long number = 20; // getpid, there
    __asm__ volatile("int $0x80" : "+a"(number) : : "memory");
#else
    raise(SIGSYS); // there is no such way
#endif
}
