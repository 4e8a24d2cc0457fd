// Loops for ever.
// levels: A B C
// points: 0
// brings: attack
// says: an endless loop | had not ended after 10 s
//
static void attack(void)
{
    for (;;)
        ;
}
