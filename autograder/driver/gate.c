// Gates and meetings: how drives put events of several processes in order without a clock.
#define _GNU_SOURCE // gettid, pipe2
#include "gate.h"
#include "children.h"
#include "driver.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

struct meeting {
    int expected;
    atomic_int arrived;
    sem_t all_here; // posted once for each who came, by the last one
};

static struct {
    pthread_t thread;
    struct gate gate;
    pid_t watched;
    atomic_int end;
} helper;

struct gate gate_make(void)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1)
        driver_broken("pipe2");
    return (struct gate){.read_end = ends[0], .write_end = ends[1]};
}

void gate_pass(const struct gate *gate)
{
    struct pollfd open = {.fd = gate->read_end, .events = POLLIN};
    while (poll(&open, 1, -1) == -1) // the byte stays in the pipe: the gate is open for all
        if (errno != EINTR)
            driver_broken("poll");
}

void gate_open(const struct gate *gate)
{
    if (write(gate->write_end, "", 1) != 1)
        driver_broken("write");
}

static void *open_when_asleep(void *argument)
{
    enum { LOOKS = 20000 }; // then open in any case: a call that waits by polling never sleeps for long
    (void)argument;
    for (int i = 0; i < LOOKS && !helper.end && !thread_is_asleep(getpid(), helper.watched); i++)
        sched_yield();
    gate_open(&helper.gate);
    return NULL;
}

void gate_open_when_asleep(const struct gate *gate)
{
    helper.gate = *gate;
    helper.watched = gettid();
    errno = pthread_create(&helper.thread, NULL, open_when_asleep, NULL);
    if (errno != 0)
        driver_broken("pthread_create");
}

void gate_helper_end(void)
{
    helper.end = 1;
    pthread_join(helper.thread, NULL);
}

struct meeting *meeting_make(int expected)
{
    struct meeting *meeting = driver_shared(sizeof *meeting);
    meeting->expected = expected;
    if (sem_init(&meeting->all_here, 1, 0) == -1)
        driver_broken("sem_init");
    return meeting;
}

void meeting_attend(struct meeting *meeting)
{
    if (atomic_fetch_add(&meeting->arrived, 1) + 1 == meeting->expected)
        for (int i = 0; i < meeting->expected; i++)
            sem_post(&meeting->all_here);
    while (sem_wait(&meeting->all_here) == -1)
        if (errno != EINTR)
            driver_broken("sem_wait");
}

int meeting_arrived(const struct meeting *meeting)
{
    return atomic_load(&meeting->arrived);
}
