// A kernel and a bubblewrap that refuse what the better levels of the sandbox need.
#pragma once

// Has it refuse namespaces to this process and its children, as Docker's default profile does, and
// Landlock, too, with this errno, unless it is 0.
void refuse_namespaces(int landlock);

// Puts a bubblewrap in front of the real one: lines of sh(1), which then go on to it unless they exit. It
// is in the test's folder (support.h), and is found by this process and its children.
void put_before_bwrap(const char *script);

// One that writes down each canary, and how many there were since then.
void count_canaries(void);
int canaries_counted(void);

// One that does not know the options that are newer than Ubuntu 22.04.
void make_bwrap_old(void);
