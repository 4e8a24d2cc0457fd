// How the grader tells the examiner what to examine: environment variables. They are set by
// grade/examine.c and read by nobody else.
#pragma once

#define EXAMINER_LEVEL  "EXAMINER_LEVEL"  // the sandbox's level, one letter
#define EXAMINER_WARDEN "EXAMINER_WARDEN" // path of the warden
#define EXAMINER_DIRECTORY                                                                               \
    "EXAMINER_DIRECTORY" // of the submission's program, "drive"; not set: run nothing
#define EXAMINER_RECORDS   "EXAMINER_RECORDS"   // directory for what the drives did, a file a test
#define EXAMINER_VERDICTS  "EXAMINER_VERDICTS"  // descriptor for the verdicts
#define EXAMINER_SEED      "EXAMINER_SEED"      // of the random numbers
#define EXAMINER_SANITIZED "EXAMINER_SANITIZED" // "1" if the program was built with sanitizers
#define EXAMINER_JOBS      "EXAMINER_JOBS"      // how many tests may run at once
#define EXAMINER_ONLY      "EXAMINER_ONLY" // "suite::test": run this and its prerequisites; not set: all
#define EXAMINER_PART                                                                                    \
    "EXAMINER_PART" // "untimed": all but what is timed; "timed": that, and what must pass before; not
                    // set: all
#define EXAMINER_REFERENCE                                                                               \
    "EXAMINER_REFERENCE" // directory of the program "reference", for tests of speed
#define EXAMINER_COMPANION "EXAMINER_COMPANION" // path of what runs beside a drive; not set: nothing
#define EXAMINER_CPUS      "EXAMINER_CPUS"      // usable processors, in hundredths
