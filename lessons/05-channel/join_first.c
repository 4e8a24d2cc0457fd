// A parent that joins its child before it has read what the child writes.
#include "process.h"
#include "stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct result {
    int ends[2];
    size_t size;
};

// [region child]
static int write_result(void *argument)
{
    struct result *result = argument;
    char *bytes = calloc(result->size, 1);
    if (bytes == NULL)
        return EXIT_FAILURE;
    int written = write_all(result->ends[1], bytes, result->size);
    free(bytes);
    return written == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
// [endregion child]

// Returns whether the join before the read found the child ended, or -1.
static int join_read_join(size_t size, int patience_ms)
{
    struct result result = {.size = size};
    char *bytes = malloc(size);
    if (bytes == NULL || pipe(result.ends) == -1)
        return -1;
    struct process *child = process_create(write_result, &result);
    if (child == NULL || process_start(child) == -1)
        return -1;
    close(result.ends[1]);
    // [region join]
    int first = process_join(child, patience_ms);
    const char *text = first == 0 ? "the child has ended" : strerror(errno);
    printf("%zu bytes, join before the read: %s\n", size, text);

    ssize_t got = read_all(result.ends[0], bytes, size);
    int second = process_join(child, -1);
    printf("%zu bytes, join after the read: %d\n", size, second);
    // [endregion join]
    close(result.ends[0]);
    free(bytes);
    if (got != (ssize_t)size || second == -1 ||
        process_release(child) == -1)
        return -1;
    return first == 0;
}

int main(void)
{
    int small = join_read_join(60000, 5000);
    int large = join_read_join(1 << 20, 100);
    return small == 1 && large == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
