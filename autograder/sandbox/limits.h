// What one program of a submission may use. The launcher writes the limits as text onto the warden's
// command line; the warden reads them there.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct limits {
    long time_ms;     // wall clock, from the start to the end of the program
    long stall_ms;    // how long every process may sleep at once before the run is called stuck
    long processes;   // alive or zombie at the same time, the program itself included
    long memory_mib;  // address space of each process; 0: no limit (sanitizers reserve terabytes)
    long tree_mib;    // memory of all processes together; watched, so it can be exceeded for a moment
    long cpu_seconds; // of each process
    long file_mib;    // size of each file written
    long descriptors; // open in each process
    long files_mib;   // all files together; watched, so it can be exceeded for a moment
    bool traceable;   // ptrace(2) allowed: LeakSanitizer needs it
};

// The limits that fit a drive of an exercise.
extern const struct limits limits_of_a_drive;

// The limits that fit the compiler.
extern const struct limits limits_of_the_compiler;

// Makes room for a program that was built with sanitizers.
void limits_for_sanitizers(struct limits *limits);

enum { LIMITS_TEXT_SIZE = 320 }; // bytes that hold the text of any limits, '\0' included

// Writes `limits` into `text`, which has LIMITS_TEXT_SIZE bytes.
void limits_to_text(const struct limits *limits, char *text);

// Reads what limits_to_text() wrote. Returns 0, or -1 with errno EINVAL.
int limits_from_text(const char *text, struct limits *limits);
