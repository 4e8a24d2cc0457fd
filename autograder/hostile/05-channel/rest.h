// The rest of every submission against channel.h: the prover puts it behind an attack. The first drive
// calls channel_create() first: it attacks, and fails.
// failure: channel_create(ends) gave -1
//
#include "channel.h"

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_channel_create
int channel_create(struct channel *ends[2])
{
    (void)ends;
    attack();
    return -1;
}
#endif

#ifndef BRINGS_channel_adopt
struct channel *channel_adopt(int descriptor)
{
    (void)descriptor;
    return NULL;
}
#endif

#ifndef BRINGS_channel_descriptor
int channel_descriptor(const struct channel *channel)
{
    (void)channel;
    return -1;
}
#endif

#ifndef BRINGS_channel_send
int channel_send(struct channel *channel, const void *message, size_t size)
{
    (void)channel;
    (void)message;
    (void)size;
    return -1;
}
#endif

#ifndef BRINGS_channel_receive
int channel_receive(struct channel *channel, void *buffer, size_t capacity, size_t *size)
{
    (void)channel;
    (void)buffer;
    (void)capacity;
    (void)size;
    return -1;
}
#endif

#ifndef BRINGS_channel_poll
int channel_poll(struct channel *channel, int timeout_ms)
{
    (void)channel;
    (void)timeout_ms;
    return -1;
}
#endif

#ifndef BRINGS_channel_wait
int channel_wait(struct channel *const channels[], size_t count, int timeout_ms, bool ready[])
{
    (void)channels;
    (void)count;
    (void)timeout_ms;
    (void)ready;
    return -1;
}
#endif

#ifndef BRINGS_channel_close
void channel_close(struct channel *channel)
{
    (void)channel;
}
#endif
