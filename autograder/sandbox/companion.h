// A companion: a trusted program that the warden runs beside that of a submission, in the same sandbox,
// for it to talk to. For the warden only.
//
// It is started as `PATH --companion`. It prints one line when it is ready, which the program finds in
// its environment as COMPANION. On SIGTERM it prints what it has to tell of the run, and ends. No process
// of the submission can send it a signal (filter.h), and it is not counted among them.
#pragma once
#include <sys/types.h>

struct companion {
    pid_t pid;      // 0: there is none
    int output;     // what it prints
    char line[256]; // its first line
};

// Starts it and waits until it is ready. Ends the warden if it cannot.
void companion_start(struct companion *companion, char *path);

// Ends it, and copies what it says to the descriptor `to`. Nothing is left of it.
void companion_stop(struct companion *companion, int to);
