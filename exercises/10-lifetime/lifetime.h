// A crew: worker processes, each with a channel of its own to the process that made the crew. It starts
// them, tells what they send and how each of them ended, replaces them, and stops them.
//
// A function that can fail returns -1 or NULL with errno set; none prints, none exits, none changes what
// a signal does. A crew belongs to the process that made it; only that process may pass it to these
// functions. The module rests on fork(2), pidfd_open(2), poll(2), shutdown(2), unix(7), and on process.h,
// memory.h and channel.h.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct crew;

// What a worker knows of itself. The members are for reading.
struct crew_worker {
    int seat;                   // its place in the crew: 0 to workers - 1
    pid_t parent;               // the process that made the crew
    struct channel *channel;    // to that process; stays the crew's
    int64_t tasks_left;         // how many tasks it may still do; INT64_MAX: as many as there are
    struct crew_record *record; // the crew's own
};

enum { CREW_MOST_WORKERS = 1024 };

struct crew_options {
    int workers;              // how many there are at a time: 1 to CREW_MOST_WORKERS
    int64_t tasks_per_worker; // a worker retires after so many tasks; 0: it never does
    bool empty;               // crew_create() starts nobody: crew_replace() does, seat by seat
    // What a worker does: serves its channel until the end, or until it has no task left. Its result
    // & 0xff is the worker's exit status. `argument` is not copied: a worker sees it as it was at its
    // start.
    int (*body)(struct crew_worker *worker, void *argument);
    void *argument;
};

// Makes a crew and starts all its workers, or none if it is to be empty. `options` is copied. A worker
// has no descriptor of the crew but its own channel.
// Returns the crew, to be given to crew_release(), or NULL with errno EINVAL (no such number, no body),
// ENOMEM, or what fork(2), socketpair(2) or pidfd_open(2) say (EAGAIN, EMFILE): then no worker is left.
struct crew *crew_create(const struct crew_options *options);

// The process in this seat; 0 if there is no such seat, or nobody in it.
pid_t crew_pid(const struct crew *crew, int seat);

// Sends a message to the worker in this seat, as channel_send() does. Returns 0, or -1 with errno EPIPE
// (it has ended or closed its channel, nobody is there, or the crew was dismissed), EINVAL (no such seat)
// or EMSGSIZE.
int crew_send(struct crew *crew, int seat, const void *message, size_t size);

enum crew_news {
    CREW_MESSAGE, // the worker has sent something
    CREW_LEFT,    // the worker has ended, by the return of its body: it has retired, or was dismissed
    CREW_DIED,    // the worker has ended in any other way: by a signal, by exit(), also by exit(0)
};

struct crew_event {
    enum crew_news news;
    int seat;
    pid_t pid;
    const void *message; // CREW_MESSAGE: the crew's; it is there until the next crew_wait()
    size_t size;         // of the message
    int exit_code;       // after an end: as process_exit_code() tells it
    int64_t tasks;       // after an end: how many tasks it had done
};

// Waits until a worker has sent a message or has ended, at most `timeout_ms` milliseconds: 0 looks and
// does not wait, a negative number waits for ever. It sleeps meanwhile; signals do not shorten that.
// Every message and every end is told once. What a worker has sent comes before its end; of a message
// that it had only begun nothing is told. A worker that sends without pause keeps nobody else from being
// heard. Its end is seen even if children of its own live on. A worker that closes its channel has a
// second to end, and then is killed; the others are heard meanwhile. After its end, the seat is empty.
// Returns 1, or 0 when the time is over, or -1 with errno ECHILD (all seats are empty) or ENOMEM (there
// is no room for a message, which is kept). Once a message has begun to come from a worker that lives,
// the rest of it may be waited for, whatever the timeout, as channel_receive() does.
int crew_wait(struct crew *crew, int timeout_ms, struct crew_event *event);

// Starts a new worker in an empty seat. Returns 0, or -1 with errno EBUSY (somebody is there, or the end
// has not been told yet), EINVAL (no such seat), ESHUTDOWN (the crew was dismissed), or as crew_create():
// the seat is then empty as before.
int crew_replace(struct crew *crew, int seat);

// For the body of a worker: counts a task that it has done. Returns whether it may do another one; if
// not, the worker has retired, and its body has to return.
bool crew_task_done(struct crew_worker *worker);

// Closes all channels: a body that receives comes to the end. Does not wait. What was sent and not told
// is lost. Nobody can be sent anything or be replaced any more.
void crew_dismiss(struct crew *crew);

// Dismisses the crew and waits until every worker has ended. Who has not ended after `patience_ms`
// milliseconds is sent SIGTERM; who has not ended after as long again, SIGKILL, and nobody survives that,
// not even stopped. A negative number: no signals, it waits for ever. Then all seats are empty; ends that
// were not told are not told any more. Returns how many were sent a signal.
int crew_stop(struct crew *crew, int patience_ms);

// Stops the crew without patience, and frees it; NULL is accepted. Keeps errno.
void crew_release(struct crew *crew);
