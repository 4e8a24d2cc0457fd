// Initialises an array of 16 GiB, so that the object file would be as large.
// levels: A B C
// points: 0
// brings: attack
// says: {module}.c does not compile
//
char huge[1UL << 34] = {1};

static void attack(void)
{
    volatile char *first = huge;
    *first = 0;
}
