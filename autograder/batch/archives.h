// Submissions that are archives. For intake.c.
#pragma once
#include "intake.h"

// Takes the files of an open archive into the submission, or says in `why` that they cannot be taken.
void archives_read(const struct ground *ground, int archive, struct submission *submission);
