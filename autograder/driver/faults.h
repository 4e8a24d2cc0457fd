// Faults on order, and an audit of system calls. When a module is linked with drives, its calls of the
// functions in calls.txt are led to functions of ours (faulty_*.c) that decide whether the call goes
// through. Drives and driver call the C library as it is.
#pragma once
#include <stddef.h>

// The calls that can be made to fail, or be counted.
enum faults_call {
    FAULTS_FORK,
    FAULTS_SPAWN, // posix_spawn, posix_spawnp
    FAULTS_THREAD,
    FAULTS_MMAP,
    FAULTS_SOCKETPAIR,
    FAULTS_CLOSE,   // closes the descriptor, even if it fails on order: so does Linux
    FAULTS_MALLOC,  // malloc, calloc, realloc
    FAULTS_SEND,    // write, send and their kin
    FAULTS_RECEIVE, // read, recv and their kin
    FAULTS_CALLS,   // how many there are
};

// The `nth` of these calls from now on (1 is the next) fails with `error`; 0 takes the order back.
void faults_fail(enum faults_call call, int nth, int error);

// How many of these calls the module has made in this process, those that failed on order included.
int faults_count(enum faults_call call);

// From now on, of the calls that may wait (waitpid, wait, wait4, waitid, poll, ppoll, nanosleep, usleep,
// and all that read and write) each that would begin to wait is first interrupted `times` times: it fails
// with EINTR, as when a signal was caught.
void faults_interrupt(int times);

// From now on no call moves more than `most` bytes: each longer read or write ends short. 0 takes the
// order back.
void faults_shorten(size_t most);

// From now on the module sees a machine with so many processors, of which this process may use `usable`,
// and `cpu_max` is the text of /sys/fs/cgroup/cpu.max; NULL: there is no such file. All other files are
// there as ever.
void faults_machine(int processors, int usable, const char *cpu_max);

// Adds to the answer what the audit has seen in this process since it began:
//   forks, failed_forks   fork() that succeeded, and that failed
//   interrupted           calls that failed with EINTR by order
//   shortened             reads and writes that were cut by order
//   waits_on_reaped       waitpid() and its kin for a pid that had been reaped: it may be a stranger's
//   kills_on_reaped       kill() for such a pid. These and the next two were not carried out.
//   kills_of_many         kill() for pid <= 0: that is a whole group, or everybody
//   kills_of_others       kill() for a process that the module did not start
//   closes_of_closed      close() of what was no descriptor: it may be somebody else's by then
//   shared_locks          pthread_mutex_init() of a lock between processes (PTHREAD_PROCESS_SHARED)
//   private_locks         pthread_mutex_init() of a lock between the threads of one process. Such a lock
//                         may happen to work between processes; nobody promises it.
void faults_answer(void);
