// Takes all descriptors from its parent by prlimit(2).
// levels: A B C
// points: 0
// brings: attack
// says: {failure}
//
#define _GNU_SOURCE // prlimit
#include <sys/resource.h>
#include <unistd.h>

static void attack(void)
{
    prlimit(getppid(), RLIMIT_NOFILE, &(struct rlimit){0, 0}, NULL);
}
