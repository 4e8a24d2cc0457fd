// Runs a trusted tool of the system.
#pragma once

// Runs `command` (command[0] is looked up in the PATH) and waits for its end. Returns 0 if it ended with
// status 0, or else -1.
int program_run(char *const *command);
