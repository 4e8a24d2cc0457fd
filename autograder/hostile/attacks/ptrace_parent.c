// Attaches to its parent as a debugger.
// levels: A B C
// points: 0
// brings: attack
// says: attach: Operation not permitted
//
#include <stdio.h>
#include <sys/ptrace.h>
#include <unistd.h>

static void attack(void)
{
    if (ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == -1)
        perror("attach");
}
