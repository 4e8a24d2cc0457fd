// The same memory at two addresses: a pointer fits one, an offset both.
#define _GNU_SOURCE // memfd_create
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// [region list]
struct node {
    int number;
    ptrdiff_t next; // from the beginning of the memory; 0: no next one
};

static int sum(const char *memory)
{
    int total = 0;
    ptrdiff_t at = 0;
    do {
        const struct node *node = (const struct node *)(memory + at);
        total += node->number;
        at = node->next;
    } while (at != 0);
    return total;
}
// [endregion list]

static char *map(int object, size_t size)
{
    char *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, object, 0);
    if (memory == MAP_FAILED) {
        perror("mmap");
        exit(EXIT_FAILURE);
    }
    return memory;
}

int main(void)
{
    size_t size = 3 * sizeof(struct node);
    int object = memfd_create("list", MFD_CLOEXEC);
    if (object == -1 || ftruncate(object, (off_t)size) == -1) {
        perror("memory");
        return EXIT_FAILURE;
    }
    // [region twice]
    char *here = map(object, size);
    char *there = map(object, size);
    struct node *nodes = (struct node *)here;
    for (int i = 0; i < 3; i++) {
        nodes[i].number = 10 * (i + 1);
        nodes[i].next = i < 2 ? (i + 1) * (ptrdiff_t)sizeof *nodes : 0;
    }
    printf("the same address: %s\n", here == there ? "yes" : "no");
    printf("the same list: %d and %d\n", sum(here), sum(there));
    // [endregion twice]
    return here != there && sum(there) == 60 ? EXIT_SUCCESS : EXIT_FAILURE;
}
