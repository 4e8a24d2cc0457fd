// Answers for one drive itself, with the argument from the command line, and lets the drive answer, too.
// levels: A B C
// points: 0
// brings: process_start
// says: descriptors that it did not open
//
#include "process.h"

static void read_argument(char *text, size_t size);  // in rest.h
static void forge_first_child(const char *argument); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    char argument[32];
    read_argument(argument, sizeof argument);
    forge_first_child(argument);
    return -1;
}
