// For message_cost.c: a process that sends messages of one size over a
// channel, and memory that it shares with its parent.
#pragma once
#include "channel.h"
#include "process.h"
#include "seconds.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGEST = 1 << 20, PARENT = 0, WORKER = 1 };

struct load {
    struct channel *ends[2];
    size_t size; // bytes in a message
    int count;   // messages in a run
    int runs;
    char *shared; // LARGEST bytes that both processes see
    char *own;    // LARGEST bytes that each process has for itself
};

static inline int load_prepare(struct load *load)
{
    load->shared = mmap(NULL, LARGEST, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    load->own = malloc(LARGEST);
    if (load->shared == MAP_FAILED || load->own == NULL)
        return -1;
    memset(load->own, 'x', LARGEST);
    return 0;
}

// The sender: puts the bytes into the shared memory once, and then sends
// them again and again.
static int load_send(void *argument)
{
    struct load *load = argument;
    channel_close(load->ends[PARENT]);
    memcpy(load->shared, load->own, LARGEST);
    for (int i = 0; i < load->runs * load->count; i++)
        if (channel_send(load->ends[WORKER], load->own, load->size) == -1)
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}

static inline struct process *load_start(struct load *load, size_t size,
                                         int runs)
{
    load->size = size;
    load->count = size <= 4096 ? 10000 : (64 << 20) / (int)size;
    load->runs = runs;
    if (channel_create(load->ends) == -1)
        return NULL;
    struct process *sender = process_create(load_send, load);
    if (sender == NULL || process_start(sender) == -1)
        return NULL;
    channel_close(load->ends[WORKER]);
    return sender;
}

static inline int load_end(struct load *load, struct process *sender)
{
    channel_close(load->ends[PARENT]);
    if (process_join(sender, -1) == -1 || process_exit_code(sender) != 0)
        return -1;
    return process_release(sender);
}
