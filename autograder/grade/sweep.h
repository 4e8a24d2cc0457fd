// Removes what killed graders have left in temporary folders.
#pragma once

// Removes our own user's "workbook-PID-*" folders and Criterion's "criterion_PID.sock" whose process is
// gone.
void sweep(void);
