// Gates and meetings: how drives put events of several processes in order without a clock.
#pragma once

// A gate holds processes back until somebody opens it. Make it before the processes are started.
struct gate {
    int read_end, write_end; // of a pipe(7); open write ends keep the gate closed
};
struct gate gate_make(void);

// Waits until the gate is open. Any process may pass, any number of times.
void gate_pass(const struct gate *gate);

// Opens the gate for all, for good.
void gate_open(const struct gate *gate);

// Starts a thread that opens `gate` as soon as the calling thread sleeps in a system call, or has called
// gate_helper_end(). So a call that is due to wait can be told from one that returns at once: only the
// latter finds the gate still closed. Start all processes before: a fork(2) with threads is another
// topic.
void gate_open_when_asleep(const struct gate *gate);

// Waits for the end of that thread; the gate is open then.
void gate_helper_end(void);

// A meeting: everybody who comes waits until all have come.
struct meeting;
struct meeting *meeting_make(int expected);
void meeting_attend(struct meeting *meeting);
int meeting_arrived(const struct meeting *meeting);
