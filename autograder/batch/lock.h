// One batch at a time on a gradebook's folder.
#pragma once

// Holds `folder` for this process and all that it forks, until the last of them has ended. If another
// batch holds it, ends the program with a message that names it; if that one was killed, waits until its
// workers have ended, too.
void lock_folder(const char *folder);
