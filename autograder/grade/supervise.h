// Runs work in a child process, so that whatever happens to it (an interrupt, a crash, a kill) nothing
// of it is left behind.
#pragma once

// Holds interrupts back until supervise() can deal with them. Call it before anything is made that must
// not be left behind.
void supervise_hold(void);

// Calls `work(argument)` in a child and waits for its end; interrupts end the child and not us. Then ends
// every process below us. Returns the work's result, or EXIT_NOT_GRADED (die.h) if it did not get that
// far.
int supervise(int (*work)(void *argument), void *argument);
