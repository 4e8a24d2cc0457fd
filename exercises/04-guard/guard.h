// A fresh program instead of a copy: a process that starts its own executable again and runs one
// function there, and the guard in main that makes it safe.
//
//   int main(void)
//   {
//       static const struct guard_function functions[] = {{"cube", cube}};
//       guard_main(functions, 1); // in a spawned process: runs the function and ends
//       ...spawn_start()...
//   }
//
// The module rests on posix_spawn(3), execve(2), proc(5) (/proc/self/exe) and unix(7).
#pragma once
#include <stddef.h>
#include <sys/types.h>

// A function that spawned processes may run, known by its name: an address means nothing in another
// program's memory. The argument is its own until it returns. Its result & 0xff is the exit status.
struct guard_function {
    const char *name;
    int (*function)(const void *argument, size_t size);
};

// The first call of main, before it prints, opens or starts anything. In a process that spawn_start() has
// started it takes name and argument, runs the function and ends the process by exit(3): it does not
// return. The function finds neither a descriptor nor an environment variable of this module. If its
// parent has ended by then, the process ends without calling it. In any other process guard_main() does
// nothing, whatever somebody else has left in the environment.
void guard_main(const struct guard_function *functions, size_t count);

enum { SPAWN_MESSAGE_SIZE = 256 };

struct spawn {
    const char *function;    // its name
    const void *argument;    // copied to the new process, where the address is another one
    size_t size;             // of the argument, in bytes; may be 0, and then the argument NULL
    const int *descriptors;  // what the new process has open besides 0, 1 and 2, under the same numbers
    size_t descriptor_count; // how many; all others are closed there

    pid_t pid;                        // set by spawn_start(); 0 if it fails
    char message[SPAWN_MESSAGE_SIZE]; // set by spawn_start() if it fails: what went wrong, in words;
                                      // names the function
};

// Starts this program's own executable again, whatever argv[0], the working directory and the standard
// streams are, and has the function run there. Environment, working directory and standard streams are
// inherited. Returns as soon as the new process is about to call the function; the argument may then be
// changed or freed. Nothing else of the caller changes: neither descriptors nor signals nor environment.
// The caller waits for the process, by waitpid(2).
// Returns 0, or -1 with errno and `message` set, and then nothing is left of the new process:
// EINVAL (no name, or no argument or descriptors but a size of them), EBADF (a descriptor that is not
// open), ENOENT (the guard there knows no such function), ECANCELED (the process ended before it called
// the function: the message says how, and to look at guard_main()), ELOOP (its main came to spawn_start()
// without a guard), or what posix_spawn(3) or the calls that connect the two say.
//
// In a spawned process whose main has not called guard_main(), it starts nothing: it says so on standard
// error and ends the process with status GUARD_MISSING, for the code that runs there is its parent's.
int spawn_start(struct spawn *spawn);

enum { GUARD_MISSING = 70 }; // exit status; EX_SOFTWARE of sysexits.h
