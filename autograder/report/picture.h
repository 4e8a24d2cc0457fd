// The timing diagram that a result holds of a test of speed.
#pragma once
#include "../speed/diagram.h"
#include <jansson.h>
#include <stdbool.h>

// Reads it from the test's "speed" (grade/result.h). Returns false if there is none, or it is not as it
// should be.
bool picture_read(const json_t *speed, struct diagram *diagram);
