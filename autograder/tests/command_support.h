// What the tests of the command share: a small workbook in a temporary folder, with build/grade in it.
//
// Its exercises are 01-toy, whose kit and examiner are scripts of the test, and 02-process, whose kit and
// examiner are the real ones and whose file is the solution. What the command makes for itself goes to
// the folder "tmp".
#pragma once
#include "support.h"

#define TOY     "01-toy"
#define PROCESS "02-process"

// For TestSuite().
void workbook_make(void);

// The path of build/grade, and of a file in that workbook.
const char *grader(void);
const char *in_its_workbook(const char *name);

// Runs the command.
#define GRADE(...) run(grader(), __VA_ARGS__, NULL)

// Runs the command to its end, which must be a good one (exit status 0), with `descriptor`, standard
// output or error, on a terminal and the other one nowhere. Returns what it wrote there, until the next
// time.
#define ON_A_TERMINAL(descriptor, ...)                                                                   \
    on_a_terminal(descriptor, (const char *[]){grader(), __VA_ARGS__, NULL})
const char *on_a_terminal(int descriptor, const char *const *command);

// Makes the toy's examiner: a script, with `say LINE` to write a line of verdicts.
void write_examiner(const char *script);

// Expects this exit status, and these texts (unless NULL) in output and error output; and that no process
// and no file is left behind.
void expect_ran(const struct ran *ran, int status, const char *output, const char *errors);
void expect_nothing_left_behind(void);
