// Faults on order, and an audit of system calls. The linker's --wrap option (ld(1)) leads the calls of
// the learner's module here; which functions are wrapped stands in wrapped.txt, and nowhere else.
#pragma once
#include <poll.h>
#include <sys/types.h>
#include <sys/wait.h>

// The `nth` fork() from now on (1 is the next) fails with `error`; 0 takes the order back.
void faults_fail_fork(int nth, int error);

// From now on, of the calls that wait (waitpid, wait, wait4, waitid, poll, nanosleep, usleep) each that
// would begin to wait is first interrupted `times` times: it fails with EINTR, as when a signal was
// caught.
void faults_interrupt(int times);

// Adds to the answer what the audit has seen in this process since it began:
//   forks, failed_forks   fork() that succeeded, and that failed
//   interrupted           calls that failed with EINTR by order
//   waits_on_reaped       waitpid() and its kin for a pid that had been reaped: it may be a stranger's
//   kills_on_reaped       kill() for such a pid. These and the next two were not carried out.
//   kills_of_many         kill() for pid <= 0: that is a whole group, or everybody
//   kills_of_others       kill() for a process that this one did not start
void faults_answer(void);

// For the drives' own processes: the calls as they are.
pid_t faults_real_fork(void);
pid_t faults_real_waitpid(pid_t pid, int *status, int options);
int faults_real_waitid(idtype_t type, id_t id, siginfo_t *info, int options);
int faults_real_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms);
