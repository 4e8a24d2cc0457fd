// Between faults.c, which knows the orders, and the functions that stand in for the C library's.
#pragma once
#include "faults.h"
#include <stdbool.h>
#include <sys/types.h>

// Counts a call. Returns true, with errno set, if it has to fail.
bool faulty_fails(enum faults_call call);

// Calls that may wait, by what they wait for. Each kind is interrupted on its own account: or a loop that
// polls, reads, and begins again after EINTR would find the poll let through and the read interrupted for
// ever.
enum faulty_wait { FAULTY_POLL, FAULTY_CHILD, FAULTY_SLEEP, FAULTY_TRANSFER, FAULTY_WAITS };

// Whether a call is interrupted now; errno is EINTR then. A call that does not wait never is.
bool faulty_interrupts(enum faulty_wait wait, bool may_wait);

// How many of `size` bytes a read or write may move.
size_t faulty_shortens(size_t size);

// For a child that has just been forked: nothing is on its record.
void faulty_forget(void);

// What kill, close and the calls that wait have been used for wrongly, and what locks were made for.
struct faulty_audit {
    int waits_on_reaped;
    int kills_on_reaped;
    int kills_of_many;
    int kills_of_others;
    int closes_of_closed;
    int shared_locks;
    int private_locks;
};
extern struct faulty_audit faulty_audit;

// A child that the module has started, for the audit.
void faulty_note_child(pid_t pid);
