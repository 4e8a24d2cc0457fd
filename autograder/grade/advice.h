// Why the sandbox is not better on this machine, and how to get a better one: told from what the system
// shows, and nothing is told of which there is no sign.
#pragma once
#include "../sandbox/sandbox.h"

struct signs {
    bool bubblewrap;    // installed
    bool apparmor;      // lets only programs with a profile make user namespaces (Ubuntu 23.10 and later)
    bool no_namespaces; // user.max_user_namespaces is 0
    bool not_for_users; // kernel.unprivileged_userns_clone is 0 (Debian before 11)
    bool docker;        // a container of Docker
    bool podman;        // a container of Podman
    bool gradescope;    // a container of that service
    bool thrown_away;   // the machine of a CI service, which nobody else uses
    bool root;          // we are
    bool few_users;     // and root of a user namespace that has no ids to become
    bool few_processes; // are allowed to a user (the hard limit)
    int landlock;       // its version, or 0
    int landlock_error; // then: why, as errno
};

// Looks for the signs in the files below `root`, which is "" but for tests, in the environment, and by
// asking the kernel.
void signs_read(struct signs *signs, const char *root);

// What to do, as lines that end with '\n'; empty if there is nothing. The caller frees it. NULL with
// errno ENOMEM.
char *advice_text(const struct signs *signs, enum sandbox_level level);
