// A worker's side: what a worker process does from its start to its end. It makes itself ready, serves
// commands one after the other, and leaves.
//
// It prints nothing and does not exit by itself. The module rests on sigaction(2), prctl(2)
// (PR_SET_PDEATHSIG), and on channel.h and lifetime.h.
#pragma once
#include <stddef.h>
#include <stdint.h>

struct crew_worker; // lifetime.h

struct worker_service {
    // Makes the worker ready: opens what each process must have for itself, and keeps it in a variable
    // that the commands find. Returns 0, or an errno number that says why it cannot. NULL: there is
    // nothing to do.
    int (*initializer)(void *argument);
    void *initializer_argument;

    // Serves one command: `size` bytes. Writes the reply, and returns its size. Command and reply lie
    // apart from each other, each at an address that any object may have. If it counts tasks
    // (crew_task_done()), it does not begin one too many.
    size_t (*serve)(void *argument, const void *command, size_t size, void *reply);
    void *serve_argument;
    size_t command_size; // the most bytes that a command has
    size_t reply_size;   // the most bytes that a reply has: there is room for so many; no channel takes
                         // more than CHANNEL_SIZE_MAX
};

enum {
    WORKER_UNPREPARED = 71, // the initializer has failed; EX_OSERR of sysexits.h
    WORKER_CONFUSED = 76,   // a command was too large, or no message; EX_PROTOCOL
    WORKER_EXHAUSTED = 69,  // there was no memory for commands; EX_UNAVAILABLE
};

// The body of a worker, for a crew's `body` to call and to return its result. In this order:
//
// 1. Every signal gets its default action and none is blocked, whatever the parent has set up; but SIGINT
//    is ignored. A terminal sends it to all processes in the foreground, and what becomes of the work is
//    for the parent to decide.
// 2. From now on the worker is killed when its parent ends, in whatever way, also in the middle of a
//    command; if the parent has ended already, this call returns 0 at once. (The kernel goes by the
//    thread that started the worker: that thread has to live as long as the worker.)
// 3. It calls the initializer, once. What that returns is sent as the first message, an int32_t. If it is
//    not 0, this call returns WORKER_UNPREPARED, and no command is served.
// 4. It receives commands, serves each of them, in their order, and sends each reply as one message.
// 5. It returns 0 at the end of the channel, also if that shows only when a reply finds nobody there;
//    after a command of 0 bytes, which is not served and means stop; and after the reply to a command
//    that has used up the worker's tasks (`tasks_left` is 0). A command larger than `command_size`, cut
//    short, or no message at all is not served: it returns WORKER_CONFUSED then. A `reply_size` or
//    `command_size` that memory has no room for: WORKER_EXHAUSTED, before anything is sent.
int worker_run(struct crew_worker *worker, const struct worker_service *service);
