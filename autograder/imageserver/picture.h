// Pictures that are worth looking at: views of Julia sets, as PNG. The same numbers always give the same
// bytes (with the same libpng and zlib), so that a download can be checked byte by byte.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { PICTURE_MOST_SIDE = 2048 }; // pixels

// Draws picture `number` of the gallery that `seed` stands for. Sides are 1 to PICTURE_MOST_SIDE pixels.
// Returns the PNG file, for the caller to free(), and its size in `*size`; or NULL with errno EINVAL or
// ENOMEM.
void *picture_make(uint64_t seed, int number, int width, int height, size_t *size);
