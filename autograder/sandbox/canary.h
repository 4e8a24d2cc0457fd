// The canary: a program that runs in the sandbox as a submission does, and tries what must not work
// there.
#pragma once

// argv: "canary" LEVEL PID FILE TCP UDP
//   LEVEL: a letter (sandbox.h); PID: a process of ours that nothing may happen to; FILE: a file of ours
//   that everybody may read and write; TCP, UDP: ports of 127.0.0.1 where somebody listens
// Prints a line for each thing that the sandbox does not hold. (Whether something came to the UDP port
// only its owner can tell.) Returns the exit status: 0 if there was none.
int canary_run(int argc, char **argv);
