// Shuts a process in by Landlock (landlock(7)), which needs no privileges and no namespaces. Kernels have
// it in versions: 1 holds for files (Linux 5.13), 3 for truncating them, 4 for TCP, 5 for devices, 6 for
// signals and abstract sockets.
#pragma once
#include <stdbool.h>

enum { LANDLOCK_HOLDS_SIGNALS = 6 }; // from this version on

// The version that this kernel has, or 0 with errno: ENOSYS (Landlock is not built into it), EOPNOTSUPP
// (it is switched off), EPERM (a container refuses it).
int landlock_version(void);

// From now on the calling process and its children read nothing but the programs and libraries of the
// system, /proc, a few devices, and the directory `kit`, and write nothing but into the directory `work`
// and, if `shared`, into /dev/shm. As far as this kernel's version goes, they use no TCP, and reach
// nobody but each other by signals and abstract sockets. What is open stays open. Sets no_new_privs.
// Returns 0, or -1 with errno, and then the process must not go on.
int landlock_confine(const char *kit, const char *work, bool shared);
