// The processes below this one, as /proc shows them (proc(5)).
#pragma once
#include <stddef.h>
#include <sys/types.h>

struct tree_process {
    pid_t pid;
    pid_t parent;
    char state; // 'R' runs (one of its threads does), 'S' sleeps, 'D' waits for a device, 'T' stopped,
                // 'Z' zombie: proc(5)
    long threads;
    long resident_kib; // shared pages counted in every process
    long long ran_ns;  // time on a processor, of all threads (/proc/PID/schedstat; 0 where there is none)
};

struct tree {
    struct tree_process *processes;
    size_t count;
};

// Reads all descendants of this process, at one moment as far as /proc allows. The caller gives the
// tree to tree_free(). Returns 0, or -1 with errno from opendir(3) or malloc(3).
int tree_read(struct tree *tree);
void tree_free(struct tree *tree);

// Takes one process out of what was read; 0 is none.
void tree_leave_out(struct tree *tree, pid_t pid);

// How many processes and threads the user of this process runs on the whole machine, as far as /proc
// shows it: what RLIMIT_NPROC (setrlimit(2)) counts. 0 if /proc cannot be read.
long tree_tasks_of_this_user(void);

// Memory of all processes of `tree` in KiB, with shared pages counted once (Pss). Slow: it reads
// /proc/PID/smaps_rollup of each.
long tree_proportional_kib(const struct tree *tree);

// Ends every descendant of this process and takes their statuses, until none is left: stops them all
// first, so that none can start another behind our back, then kills. This process must be a child
// subreaper (prctl(2), PR_SET_CHILD_SUBREAPER) or pid 1, or orphans escape.
// Returns 0, or -1 with errno ETIMEDOUT if some would not end for 5 s.
int tree_end(void);
