// How much a program has written to the disk.
#pragma once
#include <stdbool.h>

// The sum of the files in the current directory and below it, and, if `shared`, of those in /dev/shm that
// belong to this user, in bytes on the disk. A file of which only a descriptor is left, and what lies in
// a folder that may not be read, is not counted.
long long usage_bytes(bool shared);
