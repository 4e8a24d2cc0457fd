// Looks at processes, past the learner's module.
#pragma once
#include <stdbool.h>
#include <sys/types.h>

// Waits until the child has ended, and leaves its status where it is: it is a zombie then. Returns the
// signal that ended it, or 0 (also for a pid that is no child's).
int child_wait_for_zombie(pid_t pid);

// Whether somebody has taken the child's status: it neither runs nor is it a zombie.
bool child_is_reaped(pid_t pid);

// Whether a thread sleeps in a system call (state S of proc(5)). It may be of any process, whose first
// thread has the process's own id.
bool thread_is_asleep(pid_t process, pid_t thread);
