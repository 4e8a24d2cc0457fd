// The timing diagrams of a result: of each test of speed, from the driver's own records of its best run.
#pragma once
#include <jansson.h>

// Writes the diagrams as pictures, build/diagrams/EXERCISE.TEST.svg, and their paths, from the workbook's
// folder on, into the result. What cannot be written is left out, and said on standard error.
void pictures_write(json_t *result);
