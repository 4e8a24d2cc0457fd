// The system calls that no program of a submission needs: seccomp(2), built by libseccomp.
#pragma once
#include <stdbool.h>
#include <sys/types.h>

struct filter {
    bool traceable;  // ptrace(2) is allowed
    pid_t companion; // that nobody may send signals to; 0: there is none
    bool restricted; // no namespaces hold the program: see below
    bool alone;      // then: no process and no file of anybody else belongs to its user
};

// Denies them to the calling process and all its children, for good: tracing others, namespaces and
// mounts, keys, bpf, perf, io_uring, userfaultfd, System V IPC, odd socket families, typing into a
// terminal, changing the affinity; and signals and limits for the parent of the calling process, which is
// the warden, for its companion, or for everybody. Sets no_new_privs.
//
// If `restricted`, also: message queues with a name, watching files of others, limits and priorities of
// any other process, calls that are newer than this filter, and all sockets but those of socketpair(2);
// and if it is not `alone`, changing modes, owners and times of files by their names. With a companion
// there are TCP sockets, too, but who calls connect(2) waits until the reader of *connections has
// answered (connector.h); else *connections is -1.
//
// Returns 0, or -1 with errno.
int filter_install(const struct filter *what, int *connections);
