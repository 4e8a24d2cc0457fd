// One batch at a time on a gradebook's folder.
#pragma once

// Holds `folder` for this process and all that it forks, until the last of them has ended. If another
// batch holds it, ends the program with a message that names it; if that one was killed, waits until its
// workers have ended, too. `left` (256 bytes) gets what that batch has noted, or "". Returns a handle.
int lock_folder(const char *folder, char *left);

// Notes the temporary directory that is to be removed by the next batch if this one cannot; "": none.
void lock_note(int lock, const char *directory);
