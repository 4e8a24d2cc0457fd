// Pictures that have been drawn, kept for the next who asks.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct shelf;

struct shelf *shelf_create(void); // NULL with errno ENOMEM
void shelf_release(struct shelf *shelf);

struct shelf_key {
    uint64_t seed;
    int number, width, height;
};

// The PNG file of a picture, drawn now if it is not there yet, and its size in `*size` unless that is
// NULL. It is the shelf's, and is there as long as the shelf. NULL: the shelf is full, or there is no
// memory.
const void *shelf_picture(struct shelf *shelf, struct shelf_key key, size_t *size);
