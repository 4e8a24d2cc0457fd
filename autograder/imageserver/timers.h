// What is to be done later, by one thread that also waits for other things.
#pragma once
#include <stdint.h>

struct timers;

struct timers *timers_create(void); // NULL with errno ENOMEM, or what timerfd_create(2) says
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

// A descriptor that is readable while something is due. The timeout of poll(2) and its kin would do, but
// the kernel lets that be late by a thousandth of itself: 100 microseconds of 100 ms.
int timers_alarm(const struct timers *timers);
