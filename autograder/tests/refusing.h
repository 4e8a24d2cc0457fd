// A kernel that refuses what the better levels of the sandbox need.
#pragma once

// Has it refuse namespaces to this process and its children, as Docker's default profile does, and
// Landlock, too, with this errno, unless it is 0.
void refuse_namespaces(int landlock);
