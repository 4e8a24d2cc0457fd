// What must hold for every report, whatever a submission wrote: how the proofs of the grader look at it.
#pragma once
#include "report.h"

// Looks for what a terminal obeys, for what nobody sees, and for commands to a CI system that are not the
// format's own. Returns where such a thing stands in `text`, a report of this format, or NULL.
const char *harm_in(const struct report_format *format, const char *text);
