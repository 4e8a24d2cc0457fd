// Expands one line to more text than any machine can hold.
// levels: A B C
// points: 0
// brings: attack
// says: {module}.c does not compile
// says: The compiler was stopped
//
#define A 1, 1, 1, 1, 1, 1, 1, 1,
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C
#define E D D D D D D D D D D D D D D D D
#define F E E E E E E E E E E E E E E E E
#define G F F F F F F F F F F F F F F F F
#define H G G G G G G G G G G G G G G G G
#define I H H H H H H H H H H H H H H H H
static const char bomb[] = {I};

static void attack(void)
{
    volatile char first = bomb[0];
    (void)first;
}
