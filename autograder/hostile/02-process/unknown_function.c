// Calls a function that nobody has, so it does not link, though the header's are all there.
// levels: A C
// points: 0
// brings: process_start
// says: does not link
// says: function_of_nobody
//
#include "process.h"

int function_of_nobody(void);

int process_start(struct process *process)
{
    (void)process;
    return function_of_nobody();
}
