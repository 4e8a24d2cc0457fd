// Submissions that are folders. For intake.c.
#pragma once
#include "intake.h"

// Takes the files of an open folder into the submission.
void folders_read(int folder, struct submission *submission);
