// Expands one line to more text than any machine can hold.
// levels: A C
// points: 0
// brings: process_start
// says: process.c does not compile
// says: needed more time or memory
//
#include "process.h"

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

int process_start(struct process *process)
{
    (void)process;
    return sizeof bomb > 0 ? -1 : 0;
}
