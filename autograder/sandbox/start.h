// Starts the program of a submission under its limits. For the warden only.
#pragma once
#include "companion.h"
#include "limits.h"
#include "warden.h"

struct start {
    char **command; // command[0] is its path
    const struct limits *limits;
    const struct companion *companion;
    bool restricted; // by Landlock and the wider filter (level B)
    bool alone;      // its user id is nobody else's
};

// Starts it, as a child whose only descriptors are input, output and answer. Returns its pid; the
// report's start_error and start_step say whether it got going. Ends the warden if there is no process to
// be had.
pid_t start_program(const struct start *start, struct warden_report *report);
