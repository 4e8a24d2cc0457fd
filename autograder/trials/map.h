// What the programs under trial have to write: results[i] = function(i) for all items, by `workers`
// processes at once. Returns 0, or -1 with errno set.
#pragma once
#include <stdint.h>

int map(uint64_t (*function)(int item), int items, int workers, uint64_t results[]);
