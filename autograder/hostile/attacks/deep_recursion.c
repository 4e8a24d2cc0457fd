// Calls itself until the stack is full.
// levels: A B C
// points: 0
// brings: attack
// says: Segmentation fault
// says: recursion
//
#pragma GCC diagnostic ignored "-Winfinite-recursion"

static int deeper(volatile int *above)
{
    volatile int here[256] = {*above};
    return deeper(here) + here[0];
}

static void attack(void)
{
    volatile int bottom = 1;
    return deeper(&bottom);
}
