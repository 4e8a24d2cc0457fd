// What processes are waiting for, told in the names of system calls.
#pragma once
#include "tree.h"

// Writes into `text` what the processes of `tree` wait in, the process `program` first, and how many of
// the others run, for example "the program waits in waitpid; 1 other process runs; 2 other processes wait
// in read". Reads /proc/PID/syscall, which the caller may do for its own descendants; what cannot be read
// is left out.
void waiting_describe(const struct tree *tree, pid_t program, char *text, size_t size);
