// Runs drives for a test, and keeps what became of them: in the test's own process.
#pragma once
#include "../sandbox/limits.h"
#include "examiner.h"
#include <jansson.h>

// Runs the drive `name` of `program` in `directory`; else as drive() does.
struct outcome running_drive(const char *directory, const char *program, const char *name,
                             struct drive drive);

// What closes the answers of the last drive, and the limits that it had.
const char *running_secret(void);
const struct limits *running_limits(void);

// What is written down about this test, for the report; the verdict stream adds it to the verdict.
json_t *running_record(void);
void running_save(void);

// The last drive is the one that the report shows, also if the test goes on and runs others.
void running_keep_last(void);

// Ends the test as "not graded": the verdict stream finds the reason in the record.
void running_not_graded(const char *reason);

// What the grader has set for the examiner: see settings.h. Ends the program if it has not.
const char *running_setting(const char *name);
