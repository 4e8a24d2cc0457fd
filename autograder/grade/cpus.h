// How many processors a program can use here: what affinity allows (sched_getaffinity(2)), and no more
// than the quota of any cgroup above it (cpu.max, cpu.cfs_quota_us: cgroups(7)).
#pragma once

// Usable CPUs, at least 1. `why` (128 bytes) says which of the two decided.
int cpus_usable(char *why);

// The same in hundredths of a CPU: a quota may be a part of one.
int cpus_hundredths(char *why);

// The quota in `text`, the content of a cpu.max file ("150000 100000", "max 100000"), in hundredths of a
// CPU, at least 1; 0 if there is none.
int cpus_of_quota(const char *text);
