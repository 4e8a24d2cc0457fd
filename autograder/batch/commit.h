// The commit that a clone made by git stands at.
#pragma once

enum { COMMIT_SIZE = 65 }; // of SHA-256; '\0' included

// Reads it from the files of `folder`/.git, of which nothing is run and no link is followed: a clone's
// configuration can make git run programs, so git itself is not asked. `folder` is an open folder.
// Writes "" where there is no commit, or it is kept in another way.
void commit_read(int folder, char commit[COMMIT_SIZE]);
