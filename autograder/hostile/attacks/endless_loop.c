// Loops for ever.
// levels: A C
// points: 0
// brings: attack
// says: an endless loop
//
static void attack(void)
{
    for (;;)
        ;
}
