// The warden: a small trusted program that runs inside the sandbox, starts one program of a submission
// under its limits, watches its processes, ends what is left of them, and reports what it saw.
//
// Where the sandbox has a process namespace of its own the warden is its pid 1: no signal from inside
// can end it, and every orphan becomes its child. Elsewhere it is a child subreaper. If its launcher ends
// before it, it ends what it has started, and itself.
//
// usage: warden LEVEL LIMITS COMPANION PROGRAM [ARGUMENT...]
//   LEVEL: a letter (sandbox.h), and a '+' behind it if the user id is nobody else's;
//   LIMITS: limits_to_text(); COMPANION: a path (companion.h), or "-" for none
// or:    warden canary ...     it is the program itself, which tries what the sandbox holds (canary.h)
// environment: KIT, the directory that the program may read
// descriptors: 0 input, 1 and 2 output, 3 the program's answer, 4 the report, 5 what the companion tells
// (the last two are closed in the program)
#pragma once
#include <stdbool.h>
#include <sys/types.h>

enum { WARDEN_ANSWER = 3, WARDEN_REPORT = 4, WARDEN_COMPANION = 5, WARDEN_STEP_SIZE = 16 };

#define WARDEN_NO_COMPANION "-"
#define WARDEN_CANARY       "canary"

enum limit {
    LIMIT_NONE,
    LIMIT_TIME,      // it did not end in time
    LIMIT_STALL,     // every process slept, and nothing could wake them
    LIMIT_PROCESSES, // more processes than allowed
    LIMIT_MEMORY,    // more memory than allowed, all processes together
    LIMIT_FILES,     // wrote more to files than allowed
    LIMIT_OUTPUT,    // wrote more than allowed (seen by the launcher, not by the warden)
};

// Written once, in one piece (it is smaller than PIPE_BUF), when everything has ended.
struct warden_report {
    enum limit limit;                  // the limit that ended the run
    int start_error;                   // errno if the program could not be started, else 0
    char start_step[WARDEN_STEP_SIZE]; // then: what failed, or "" if it was exec
    pid_t program;                     // its pid, as it sees it itself
    bool ended;                        // the program itself ended: then its status holds
    int wait_status;                   // of the program, as waitpid(2) gives it
    bool stopped;                      // the program was stopped (SIGSTOP) at some time and never went on
    int left_running;                  // processes alive when the program had ended
    int zombies;                       // processes that had ended but were never waited for
    int most_processes;
    long wall_ms;
    long long program_ns; // from the start of the program to its end, as the clock on the wall has it
    long long program_waited_ns; // its first thread was ready and did not run: /proc/PID/schedstat
    long peak_mib;               // most memory that the program itself had at once
    long long cpu_ns;            // of the program and of every process that was waited for
    char waiting[160];           // at a limit: what the processes were waiting in
};
