// The holes in a struct are sent, too, with whatever lies in them.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// [region records]
struct record {
    char kind; // 1 byte, and then 3 bytes of nothing
    int number;
};

struct filled { // the same, and the hole has a name
    char kind;
    char unused[sizeof(int) - 1];
    int number;
};
_Static_assert(sizeof(struct filled) == 2 * sizeof(int), "a hole is left");
// [endregion records]

static void print_bytes(const void *memory, size_t size)
{
    const unsigned char *bytes = memory;
    printf("%zu bytes to send:", size);
    for (size_t i = 0; i < size; i++)
        printf(" %02x", bytes[i]);
    printf("\n");
}

int main(void)
{
    char *memory = malloc(sizeof(struct filled));
    if (memory == NULL)
        return EXIT_FAILURE;
    // [region fill]
    memcpy(memory, "topsecret", 8); // what was in this memory before
    // volatile: the compiler may not skip a store, or make it wider
    volatile struct record *record = (struct record *)memory;
    record->kind = 'a';
    record->number = 144;
    print_bytes(memory, sizeof *record);
    // [endregion fill]
    int leaked = memcmp(memory + 1, "ops", 3) == 0;
    // [region named]
    struct filled *filled = (struct filled *)memory;
    *filled = (struct filled){.kind = 'a', .number = 144};
    print_bytes(memory, sizeof *filled);
    // [endregion named]
    int clean = memcmp(memory + 1, "\0\0\0", 3) == 0;
    free(memory);
    return leaked && clean ? EXIT_SUCCESS : EXIT_FAILURE;
}
