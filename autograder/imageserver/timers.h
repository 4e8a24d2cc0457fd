// What is to be done later, by one thread that also waits for other things.
#pragma once
#include <stdint.h>

struct timers;

struct timers *timers_create(void); // NULL with errno ENOMEM
void timers_release(struct timers *timers);

// Microseconds of a clock that never jumps. With milliseconds, a delay of 50 would take 49.1 to 50.9.
int64_t timers_now(void);

// Has `function(argument)` called by the timers_run() that comes first after `when`. Returns 0, or -1
// with errno ENOMEM.
int timers_add(struct timers *timers, int64_t when, void (*function)(void *argument), void *argument);

// Calls what is due, in the order of its time; also what is added meanwhile and due.
void timers_run(struct timers *timers);

// Calls all, due or not: for an end in order.
void timers_run_all(struct timers *timers);

// How many microseconds there are until something is due: 0 if it is due; -1 if there is nothing.
int64_t timers_wait(const struct timers *timers);
