// Where and how submissions are run: a temporary directory with what every sandbox needs, and the level
// of the sandbox.
#pragma once
#include "../sandbox/sandbox.h"
#include <stdbool.h>

// Chosen once for a run of the grader.
struct ground {
    enum sandbox_level level;
    bool holds;                          // a canary has shown it
    char level_reason[SANDBOX_WHY_SIZE]; // why it does not hold, is not the best, or what is weak in it
    char scratch[256]; // temporary directory; holds "warden/warden", "reference/reference" and, for each
                       // exercise, "ID.kit" and "ID/drive"
    int held;          // what holds it (scratch.h), or -1
    bool sanitized;    // build with AddressSanitizer and UBSan
};

// Makes the ground but for `sanitized`, which is the caller's: the temporary directory and the warden in
// it; finds the sandbox's best level, or tries the one that has this letter unless it is '\0'. Ends the
// program if it cannot. From now on all that is temporary lies in there ($TMPDIR), so that it goes with
// it. First removes what earlier runs of this user have left there that were killed (scratch_sweep()).
void ground_make(struct ground *ground, char letter);

// Makes another one in that one, at a level of which a canary has shown, since this program began, that
// it holds: it is not tried again.
void ground_make_at(struct ground *ground, enum sandbox_level level);

// The path of the warden in it, in `path`.
enum { GROUND_PATH_SIZE = 512 };
const char *ground_warden(const struct ground *ground, char path[GROUND_PATH_SIZE]);

// Removes the temporary directory and, with the run's own one, the sockets that were noted.
void ground_remove(const struct ground *ground);

enum { GROUND_REFUSAL_SIZE = SANDBOX_WHY_SIZE + 128 };

// Whether the level holds, and is the one with the letter `required` or a better one ('\0': any will do).
// If not, `refusal` (GROUND_REFUSAL_SIZE bytes) gets a sentence that says why, without a full stop.
bool ground_suffices(const struct ground *ground, char required, char *refusal);

// Whether a grading at this level must be the only one. Without namespaces the processes of all gradings
// of one user are counted together: there a fork bomb could take them all from its neighbour. (Root gives
// each grading a user of its own.)
bool ground_must_be_alone(enum sandbox_level level);

// Copies a file or a folder of ours into the ground, so that the user in the sandbox can read it, and run
// what can be run. Ends the program if it cannot.
void ground_copy(const char *from, const char *to);

// Notes a socket outside the temporary directory that has to be removed with that of the run, if nobody
// listens there any more.
void ground_note_socket(const char *path);
