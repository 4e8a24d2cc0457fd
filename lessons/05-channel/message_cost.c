// What a message costs, by its size: through a channel, and as a copy out
// of shared memory.
#include "load.h"
#include <stdio.h>

enum { RUNS = 3, SIZES = 6 };

// [region take]
// Both bring `size` bytes into this process's own memory.
static int receive(struct load *load)
{
    size_t size;
    return channel_receive(load->ends[PARENT], load->own, LARGEST, &size);
}

static int copy(struct load *load)
{
    memcpy(load->own, load->shared, load->size);
    return load->own[0] == 'x' ? 1 : -1;
}
// [endregion take]

// The microseconds of one message, in the fastest of the runs; -1: failed.
static double fastest(struct load *load, int (*take)(struct load *))
{
    double least = 1e9;
    for (int run = 0; run < RUNS; run++) {
        double start = seconds();
        for (int i = 0; i < load->count; i++)
            if (take(load) != 1)
                return -1;
        double each = (seconds() - start) / load->count * 1e6;
        least = each < least ? each : least;
    }
    return least;
}

int main(void)
{
    static const size_t sizes[SIZES] = {1, 16, 256, 4096, 65536, LARGEST};
    double channel[SIZES], shared[SIZES];
    struct load load;
    if (load_prepare(&load) == -1) {
        perror("load_prepare");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < SIZES; i++) {
        struct process *sender = load_start(&load, sizes[i], RUNS);
        if (sender == NULL)
            return EXIT_FAILURE;
        channel[i] = fastest(&load, receive);
        shared[i] = fastest(&load, copy);
        if (load_end(&load, sender) == -1 || channel[i] <= 0)
            return EXIT_FAILURE;
    }
    printf("bytes in a message  channel, us  shared memory, us\n");
    for (int i = 0; i < SIZES; i++)
        printf("%-18zu  %11.2f  %17.3f\n", sizes[i], channel[i], shared[i]);
    printf("\nbytes in a message  channel, MB/s  shared memory, MB/s\n");
    for (int i = 0; i < SIZES; i++) {
        double bytes = (double)sizes[i];
        printf("%-18zu  %13.1f  %19.0f\n", sizes[i], bytes / channel[i],
               bytes / shared[i]);
    }
    // A big message carries more in a second than a byte does: always.
    return (double)LARGEST / channel[SIZES - 1] > 1 / channel[0]
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
