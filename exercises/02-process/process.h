// A child process that runs one function: start it, wait for it, read its exit code, end it.
//
// Every function behaves like a system call: it returns 0 (or what it is asked for), or -1 with errno
// set, and it never prints and never exits. A handle belongs to the process that created it; only that
// process may pass it to these functions. The module rests on fork(2), waitpid(2), kill(2) and _exit(2).
#pragma once
#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

struct process;

enum { PROCESS_NO_EXIT_CODE = INT_MIN }; // "none": not started, still running, or its status was lost

// Makes a handle for a child that will call `function(argument)`. Nothing runs yet. `argument` is not
// copied in this process and stays the caller's; the child sees its own copy, as it was at the start.
// Returns the handle, to be given to process_release(), or NULL with errno EINVAL (`function` is NULL)
// or ENOMEM.
struct process *process_create(int (*function)(void *argument), void *argument);

// Starts the child and returns at once; the child runs at the same time as its parent. In the child
// nothing runs but `function`: its result & 0xff is the exit status, and the child never returns into
// the caller's code. Text that was buffered before the start is written once; text that the child
// leaves buffered is written when `function` returns.
// Returns 0, or -1 with errno EALREADY (started before) or what fork(2) says (EAGAIN, ENOMEM): the
// handle is then as before and may be started again.
int process_start(struct process *process);

// Waits until the child has ended, at most `timeout_ms` milliseconds: 0 looks and does not wait, a
// negative number waits for ever. Signals that arrive meanwhile do not shorten the wait. May be called
// again and again: once the child has ended, every call gives the same result at once.
// Returns 0, or -1 with errno ETIMEDOUT (still running), EINVAL (never started), ECHILD (somebody else
// took the child's status, for example because SIGCHLD is ignored), or what pidfd_open(2) or poll(2) say
// if the module waits with them (EMFILE, ENOMEM).
int process_join(struct process *process, int timeout_ms);

// The child's process id; 0 if it was never started. It stays the same after the end.
pid_t process_pid(const struct process *process);

// True from the start until the child has ended. Does not wait.
bool process_is_alive(struct process *process);

// How the child ended, as Python's Process.exitcode tells it: its exit status (0 to 255), minus the
// signal's number if a signal killed it, PROCESS_NO_EXIT_CODE as long as there is none. Does not wait.
int process_exit_code(struct process *process);

// Asks the child to end (SIGTERM, which it may handle) or ends it (SIGKILL, which it may not). Does not
// wait: join afterwards. No signal is sent to a child that has ended.
// Returns 0, also if the child has ended already, or -1 with errno EINVAL (never started).
int process_terminate(struct process *process);
int process_kill(struct process *process);

// Frees the handle; NULL is accepted. Does not wait.
// Returns 0, or -1 with errno EBUSY: the child is running, and the handle is as before.
int process_release(struct process *process);
