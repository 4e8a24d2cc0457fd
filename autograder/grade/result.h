// The result of grading: one JSON value, of which every report is a pure function.
//
// {"schema": "workbook/result/1",
//  "environment": {"usable_cpus": 2, "sandbox": "A", "sandbox_reason": "", "seed": 1, "sanitized":
//  false, "library": "solutions" or "mine"}, "points": 85, "max_points": 100, "status": "graded" or
//  "not_graded", "exercises": [{"id": "08-pool", "title": "...", "file": "what was graded", "points": 85,
//  "max_points": 100,
//     "build": {"status": "built|missing|refused|not_compiled|not_linked|not_graded", "message": "..."},
//     "uses": [{"id": "07-queue", "file": "exercises/07-queue/queue.c", "whose": "learner|solution",
//               "reason": "why it is the solution's, or empty"}],
//     "fault": "why the examination failed, or empty",
//     "tests": [{"suite": "pool", "name": "keeps_input_order", "description": "...",
//                "status": "passed|failed|not_reached|busy|not_graded",
//                "points": 10, "max_points": 10, "message": "...", "seconds": 0.12,
//                "drive": "squares", "arguments": "processes=4", "output": "..."}]}]}
//
// A test that measures time has "timed": true. One that was measured has also "speed": {"speedup": 1.93,
// "target": 1.5, "best_reference": 1.95, "wall_ms": 31.2, "sequential_ms": 60.1, "waited_ms": 0.3,
// "pairs": 1, "asked_workers": 2, "work": "computing|waiting", "workers": 2, "bars": [[worker, item,
// begin_ms, end_ms], ...], "picture": "build/diagrams/08-pool.map_is_parallel.svg"}, all of its best run.
// If it failed it may have a part of its points. The points of one that is "busy" are in no sum: the
// machine did not let it be measured.
//
// "message" is the reason of a test that did not pass; of one that was not reached it names the test
// that comes first. "cpu_seconds" is the processor time of all drives of a test. "uses" is there if
// "library" is "mine" and a program could be built: the modules that it is linked with. "drive" to
// "output" tell of the last drive of a test; they may be missing.
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct result_environment {
    int usable_cpus;
    char sandbox; // its level
    const char *sandbox_reason;
    uint64_t seed;
    bool sanitized;
    bool own_library; // modules of the learner instead of the solutions'
};

// A result without exercises. The caller gives it to json_decref().
json_t *result_make(const struct result_environment *environment);

// Adds an exercise and counts its points: those of the tests that passed, parts, and none of busy ones.
// Takes the ownership of `tests`, which may be NULL.
void result_add(json_t *result, const char *id, const char *title, const char *file,
                const char *build_status, const char *build_message, const char *fault, json_t *tests);

// Tells which modules the exercise that was added last uses. Takes the ownership of `uses`.
void result_add_uses(json_t *result, json_t *uses);

// Whether a test was too busy to be measured, so that its points are in no sum: every report says so.
bool result_has_busy(const json_t *result);

// EXIT_FULL_MARKS, EXIT_MARKS_LOST, or EXIT_NOT_GRADED if anything could not be graded by no fault of
// the learner (die.h).
int result_exit_status(const json_t *result);
