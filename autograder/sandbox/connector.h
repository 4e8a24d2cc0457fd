// Connects in place of a program that may not do it itself: seccomp_unotify(2). The filter stops the
// program in connect(2), and the connector does it on the program's socket, with an address that it has
// read and judged itself, so that nobody can change it behind its back. For the warden only.
#pragma once

// Starts it, as a thread: it serves the listener, a descriptor of a filter (filter.h) that is its own
// from now on, until all processes under the filter have ended. It connects to the address in `line`,
// "... 127.0.0.1:PORT...", and nowhere else: who asks for another gets EACCES. Returns 0, or -1 with
// errno.
int connector_start(int listener, const char *line);
