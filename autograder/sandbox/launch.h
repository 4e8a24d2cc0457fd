// Becomes a sandbox: what a fresh child of the launcher does until the warden runs. For sandbox.c only.
#pragma once
#include "sandbox.h"
#include <sys/types.h>

struct launch {
    const struct sandbox_job *job;
    enum sandbox_level level;
    const char *work; // the working directory, or "" where the program has a file system of its own
    uid_t user;       // to become, if we are root
    int input, output, answer, report, companion;
};

// Puts the descriptors in place (warden.h), closes all others, gives up root, and becomes the sandbox.
_Noreturn void launch_become(const struct launch *launch);
