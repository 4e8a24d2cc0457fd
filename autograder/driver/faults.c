// Faults on order: what was ordered, and what came of it.
#include "faults.h"
#include "driver.h"
#include "faulty.h"
#include <errno.h>
#include <string.h>

struct faulty_audit faulty_audit;

static struct {
    int calls;
    int failed;
    int until_failure; // 1: the next one fails; 0: none does
    int error;
} orders[FAULTS_CALLS];
static int interruptions;                    // before each call that goes through
static int interruptions_left[FAULTY_WAITS]; // before the next one of a kind
static int interrupted;
static size_t most_bytes; // 0: no limit
static int shortened;

void faults_fail(enum faults_call call, int nth, int error)
{
    orders[call].until_failure = nth;
    orders[call].error = error;
}

int faults_count(enum faults_call call)
{
    return orders[call].calls;
}

void faults_interrupt(int times)
{
    interruptions = times;
    for (int i = 0; i < FAULTY_WAITS; i++)
        interruptions_left[i] = times;
}

void faults_shorten(size_t most)
{
    most_bytes = most;
}

bool faulty_fails(enum faults_call call)
{
    orders[call].calls++;
    if (orders[call].until_failure == 0 || --orders[call].until_failure > 0)
        return false;
    orders[call].failed++;
    errno = orders[call].error;
    return true;
}

bool faulty_interrupts(enum faulty_wait wait, bool may_wait)
{
    if (!may_wait)
        return false;
    if (interruptions_left[wait] == 0) {
        interruptions_left[wait] = interruptions;
        return false;
    }
    interruptions_left[wait]--;
    interrupted++;
    errno = EINTR;
    return true;
}

size_t faulty_shortens(size_t size)
{
    if (most_bytes == 0 || size <= most_bytes)
        return size;
    shortened++;
    return most_bytes;
}

void faulty_forget(void)
{
    for (int i = 0; i < FAULTS_CALLS; i++)
        orders[i].calls = orders[i].failed = 0;
    interrupted = shortened = 0;
    memset(&faulty_audit, 0, sizeof faulty_audit);
}

void faults_answer(void)
{
    answer_int("forks", orders[FAULTS_FORK].calls - orders[FAULTS_FORK].failed);
    answer_int("failed_forks", orders[FAULTS_FORK].failed);
    answer_int("interrupted", interrupted);
    answer_int("shortened", shortened);
    answer_int("waits_on_reaped", faulty_audit.waits_on_reaped);
    answer_int("kills_on_reaped", faulty_audit.kills_on_reaped);
    answer_int("kills_of_many", faulty_audit.kills_of_many);
    answer_int("kills_of_others", faulty_audit.kills_of_others);
    answer_int("closes_of_closed", faulty_audit.closes_of_closed);
    answer_int("shared_locks", faulty_audit.shared_locks);
    answer_int("private_locks", faulty_audit.private_locks);
}
