// The timing diagrams of a result: of each test of speed, from the driver's own records of its best run.
#pragma once
#include "../speed/diagram.h"
#include <jansson.h>
#include <stdbool.h>

// Reads the diagram of a test of speed (the test's "speed" of result.h). Returns false if there is none,
// or it is not as it should be.
bool picture_read(const json_t *speed, struct diagram *diagram);

// Writes the diagrams as pictures, build/diagrams/EXERCISE.TEST.svg, and their paths, from the workbook's
// folder on, into the result. What cannot be written is left out, and said on standard error.
void pictures_write(json_t *result);
