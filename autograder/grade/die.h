// The end of a grader that cannot grade.
#pragma once

enum { EXIT_FULL_MARKS = 0, EXIT_MARKS_LOST = 1, EXIT_NOT_GRADED = 2 };

// Says why on the error output and ends the program with EXIT_NOT_GRADED. For faults of the grader and
// of its user, never for faults of a submission.
__attribute__((format(printf, 1, 2))) _Noreturn void die(const char *format, ...);
