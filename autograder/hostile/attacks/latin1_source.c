// Has a comment in Latin-1, as old editors write it, on a line that the compiler quotes.
// levels: A B C
// points: 0
// brings: attack
// says: The compiler warns
// says: unused variable
//
static void attack(void)
{
    int caf; // café
}
