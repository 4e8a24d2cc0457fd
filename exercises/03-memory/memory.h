// Memory that processes share, and a counter in it that several workers count with.
//
// A function that can fail returns NULL or -1 with errno set; none prints, none exits. What is created
// may be used by the process that created it and by all processes that it starts by fork(2) afterwards.
// The module rests on mmap(2), fork(2), pthread_mutexattr_setpshared(3), pthread_mutexattr_setrobust(3)
// and C17's atomics.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Makes a block of `size` bytes, all zero, that this process shares with every process that is started
// by fork(2) afterwards, by itself or by one of those: what one of them writes the others read. Every
// byte may be used: there is no SIGBUS. The address is a multiple of 64 and the same in all of them. The
// block has no name and needs no descriptor: nothing is left of it when the last process that has it has
// ended, in whatever way.
// Returns the block, to be given to memory_release(), or NULL with errno EINVAL (`size` is 0) or ENOMEM
// (there is not so much memory, or nothing can be so large).
void *memory_create(size_t size);

// Takes the block out of this process, whole; the others keep it. NULL is accepted. Keeps errno.
void memory_release(void *memory);

enum counter_kind {
    COUNTER_PRIVATE, // in memory that is not shared: after a fork each process has a counter of its own
    COUNTER_UNSAFE,  // shared; read, pause, write: what others have added in the pause is lost
    COUNTER_LOCKED,  // shared; read, pause, write while holding a lock that works between processes
    COUNTER_ATOMIC,  // shared; one atomic addition, so there is no pause
};
enum counter_worker { COUNTER_PROCESSES, COUNTER_THREADS };

struct counter;

// Makes a counter that stands at 0. `pause` is called with `argument` by each counter_add() between
// reading and writing, also by COUNTER_PRIVATE: there a program can show what happens in between. It may
// be NULL.
// Returns the counter, to be given to counter_release(), or NULL with errno EINVAL (no such kind) or
// ENOMEM.
struct counter *counter_create(enum counter_kind kind, void (*pause)(void *argument), void *argument);

// Adds 1. COUNTER_LOCKED waits while another worker holds the lock. A worker that ends in its pause adds
// nothing, and holds up nobody.
void counter_add(struct counter *counter);

// The value at present. Does not wait.
int64_t counter_value(const struct counter *counter);

// Starts `workers` processes, or threads of this process, that run at the same time; each calls
// counter_add() `rounds` times. Waits until all have ended, also if it fails.
// Returns 0, or -1 with errno EINVAL (`workers` below 1, `rounds` below 0, no such kind of worker),
// ECANCELED (a worker ended before it had finished), ENOMEM, or what fork(2) or pthread_create(3) say
// (EAGAIN) if not all could be started: those that could have counted.
int counter_run(struct counter *counter, enum counter_worker kind, int workers, int64_t rounds);

// Gives the counter back in this process; NULL is accepted. Keeps errno.
void counter_release(struct counter *counter);
