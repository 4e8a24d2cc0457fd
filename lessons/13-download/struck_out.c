// What a borrowed string is after json_decref().
#include <jansson.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Memory that is struck out when it is given back. It is never freed, so
// that we may look at it.
struct block {
    size_t size;
    alignas(max_align_t) char bytes[];
};

static void *allocate(size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    block->size = size;
    return block->bytes;
}

static void strike_out(void *memory)
{
    if (memory == NULL)
        return;
    char *begin = (char *)memory - offsetof(struct block, bytes);
    memset(memory, '?', ((struct block *)begin)->size);
}

int main(void)
{
    json_set_alloc_funcs(allocate, strike_out);
    // [region borrow]
    json_t *root = json_loads("{\"link\": \"http://a/1.png\"}", 0, NULL);
    const char *borrowed = json_string_value(json_object_get(root, "link"));
    if (borrowed == NULL)
        return EXIT_FAILURE;
    char *copy = strdup(borrowed);
    if (copy == NULL)
        return EXIT_FAILURE;
    json_decref(root);
    printf("copied:   %s\n", copy);
    printf("borrowed: %.14s\n", borrowed);
    // [endregion borrow]
    int lost = strncmp(borrowed, copy, strlen(copy)) != 0;
    free(copy);
    return lost ? EXIT_SUCCESS : EXIT_FAILURE;
}
