// Whole messages between two processes, over a connected pair of ends.
//
// Each end sends and receives. At any time one process may send on an end, and one may receive; whoever
// does not use an end closes it. A function that can fail returns -1 or NULL with errno set; none prints,
// none exits, none raises SIGPIPE or changes what a signal does. Signals that arrive do not shorten a
// call. The module rests on socketpair(2), unix(7), send(2), recv(2) and poll(2).
//
// On the wire a message is its size, a uint64_t in this machine's byte order, and then its bytes.
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct channel;

enum { CHANNEL_SIZE_MAX = 1 << 30 }; // bytes in one message

// Makes two connected ends. Both are inherited by fork(2) and closed by execve(2).
// Returns 0, or -1 with errno ENOMEM or what socketpair(2) says (EMFILE); `ends` is as before then.
int channel_create(struct channel *ends[2]);

// Makes an end of a descriptor of a connected stream socket that blocks, for example of an inherited one.
// The descriptor is the channel's from then on, and closed by execve(2).
// Returns the end, or NULL with errno EBADF, ENOTSOCK, EPROTOTYPE (no stream socket) or ENOMEM; the
// descriptor is as before then.
struct channel *channel_adopt(int descriptor);

// The descriptor of this end. It stays the channel's.
int channel_descriptor(const struct channel *channel);

// Sends one message; 0 bytes are a message, too. Waits while the other side does not receive and the
// kernel's buffer is full.
// Returns 0, or -1 with errno EMSGSIZE (more than CHANNEL_SIZE_MAX; nothing is sent) or EPIPE (nobody has
// the other end any more).
int channel_send(struct channel *channel, const void *message, size_t size);

// Receives the next message into `buffer`, which has room for `capacity` bytes, and its size into
// `*size`. Waits until it is there, whole.
// Returns 1, or 0 at the end (nobody has the other end any more, and all that was sent has been received;
// `*size` is 0), or -1 with errno
//   EMSGSIZE  `buffer` is too small: `*size` tells what it takes. The message is kept, for a call with
//             more room by the same process.
//   EBADMSG   the sender ended in the middle of a message. What came of it may stand in `buffer`.
//   EPROTO    the size on the wire is more than CHANNEL_SIZE_MAX: whatever this is, it is no message.
// After the last two nothing can be received any more: they come again.
int channel_receive(struct channel *channel, void *buffer, size_t capacity, size_t *size);

// Waits until a receive on `channel` would find the beginning of a message, the end, or an error, at most
// `timeout_ms` milliseconds: 0 looks and does not wait, a negative number waits for ever.
// Returns 1, or 0 when the time is over, or -1 with errno ENOMEM.
int channel_poll(struct channel *channel, int timeout_ms);

// The same for `count` channels at once; NULL among them is passed over, and never ready. `ready[i]` is
// set to whether this is so for `channels[i]`.
// Returns how many are ready, 0 when the time is over, or -1 with errno EINVAL (there is no channel) or
// ENOMEM; after -1 `ready` is as before.
int channel_wait(struct channel *const channels[], size_t count, int timeout_ms, bool ready[]);

// Closes this end in this process, and frees it; NULL is accepted. The other side sees the end when the
// last process that has this end has closed it. Keeps errno.
void channel_close(struct channel *channel);
