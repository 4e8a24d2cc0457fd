// Makes a system call in the way of 32-bit programs, which have other numbers.
// levels: A C
// points: 0
// brings: process_start
// says: ended by signal 31
//
#include "process.h"

static void tell(const char *what, long result); // in rest.h

int process_start(struct process *process)
{
    (void)process;
#ifdef __x86_64__
    long number = 20; // getpid, there
    __asm__ volatile("int $0x80" : "+a"(number) : : "memory");
    tell("call", number);
#endif
    return -1;
}
