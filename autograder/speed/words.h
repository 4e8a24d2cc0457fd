// What was measured, in words for the learner.
#pragma once
#include "gates.h"
#include "rule.h"
#include "timing.h"
#include <stddef.h>

// Why a gate was not passed. `item`: as gate_failed() found it.
void words_of_gate(enum gate gate, const struct trace *trace, const struct trace_outside *outside,
                   int item, char *text, size_t size);

// Why a program that failed was slow: what the rule has seen, and what its best run shows.
void words_of_slowness(const struct rule *rule, const struct trace *best, const struct timing *timing,
                       char *text, size_t size);

// One line about any run: "1.93 times as fast as one process, ...".
void words_of_timing(const struct timing *timing, int64_t sequential, char *text, size_t size);
