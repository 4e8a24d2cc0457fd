// What became of one program that ran in the sandbox, seen from outside.
#pragma once
#include "capture.h"
#include "warden.h"
#include <stdbool.h>

struct outcome {
    char fault[256];             // not empty: the sandbox itself failed; nothing below holds
    struct warden_report report; // what the warden saw
    bool reported;               // false: the warden was ended before it could report
    int warden_status;           // then: how, as waitpid(2) gives it
    enum limit limit;            // the limit that ended the run, the launcher's own included
    struct capture output;       // standard output and error output, in the order they came
    char *answer;                // what the program wrote to its answer descriptor; '\0' behind it
    size_t answer_size;
    char *companion; // what the companion told at its end; '\0' behind it
    size_t companion_size;
};
