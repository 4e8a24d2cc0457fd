// Calls a function that nobody has, so it does not link, though the header's are all there.
// levels: A B C
// points: 0
// brings: attack
// says: does not link
// says: function_of_nobody
//
int function_of_nobody(void);

static void attack(void)
{
    return function_of_nobody();
}
