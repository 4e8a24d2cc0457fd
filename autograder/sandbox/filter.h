// The system calls that no program of a submission needs: seccomp(2), built by libseccomp.
#pragma once
#include <stdbool.h>
#include <sys/types.h>

// Denies them to the calling process and all its children, for good: tracing others, namespaces and
// mounts, keys, bpf, perf, io_uring, userfaultfd, System V IPC, odd socket families, typing into a
// terminal, changing the affinity; and signals and limits for the parent of the calling process, which is
// the warden, for its companion (0: there is none), or for everybody. `traceable` lifts the ban on
// ptrace(2). Sets no_new_privs. Returns 0, or -1 with errno.
int filter_install(bool traceable, pid_t companion);
