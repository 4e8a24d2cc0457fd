// Answers for one drive itself, with an argument that it guesses, and ends.
// levels: A B C
// points: 0
// brings: process_start
// says: first_child_runs (
//
#include "process.h"
#include <unistd.h>

static void forge_first_child(const char *argument); // in rest.h

int process_start(struct process *process)
{
    (void)process;
    forge_first_child("42");
    _exit(0);
}
