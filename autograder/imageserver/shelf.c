// Pictures that have been drawn, kept for the next who asks.
#define _GNU_SOURCE // tdestroy
#include "shelf.h"
#include "picture.h"
#include <search.h>
#include <stdlib.h>

static const size_t MOST_BYTES = (size_t)128 << 20;

struct kept {
    struct shelf_key key;
    void *png;
    size_t size;
};

struct shelf {
    void *pictures; // a tree of struct kept: tsearch(3)
    size_t bytes;
};

struct shelf *shelf_create(void)
{
    return calloc(1, sizeof(struct shelf));
}

static void free_kept(void *kept)
{
    free(((struct kept *)kept)->png);
    free(kept);
}

void shelf_release(struct shelf *shelf)
{
    if (shelf != NULL)
        tdestroy(shelf->pictures, free_kept);
    free(shelf);
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *a, const void *b)
{
    const struct shelf_key *x = &((const struct kept *)a)->key, *y = &((const struct kept *)b)->key;
    int seed = (x->seed > y->seed) - (x->seed < y->seed);
    int number = order(x->number, y->number);
    int width = order(x->width, y->width);
    return seed != 0 ? seed : number != 0 ? number : width != 0 ? width : order(x->height, y->height);
}

// Returns the picture, now on the shelf, or NULL.
static struct kept *draw(struct shelf *shelf, struct shelf_key key)
{
    struct kept *kept = shelf->bytes < MOST_BYTES ? malloc(sizeof *kept) : NULL;
    if (kept == NULL)
        return NULL;
    *kept = (struct kept){.key = key};
    kept->png = picture_make(key.seed, key.number, key.width, key.height, &kept->size);
    if (kept->png == NULL || tsearch(kept, &shelf->pictures, compare) == NULL) {
        free_kept(kept);
        return NULL;
    }
    shelf->bytes += kept->size;
    return kept;
}

const void *shelf_picture(struct shelf *shelf, struct shelf_key key, size_t *size)
{
    struct kept wanted = {.key = key};
    struct kept **found = tfind(&wanted, &shelf->pictures, compare);
    struct kept *kept = found != NULL ? *found : draw(shelf, key);
    if (kept == NULL)
        return NULL;
    if (size != NULL)
        *size = kept->size;
    return kept->png;
}
