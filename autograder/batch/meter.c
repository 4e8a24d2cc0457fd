// The progress of a batch.
#include "meter.h"
#include "../grade/die.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct meter *meter_make(void)
{
    struct meter *meter =
        mmap(NULL, sizeof *meter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (meter == MAP_FAILED)
        die("mmap: %s", strerror(errno));
    meter->is_terminal = isatty(STDERR_FILENO);
    return meter;
}

void meter_begin(struct meter *meter, int total, bool timed)
{
    meter->total = total;
    meter->timed = timed;
    meter->begun = now();
    atomic_store(&meter->done, 0);
    atomic_store(&meter->to_time, 0);
}

double meter_left(double seconds, int done, int to_time, int total)
{
    if (done == 0)
        return 0;
    return seconds / done * (total - done) + (double)METER_TIMED_S * to_time / done * total;
}

char *meter_words(double left, char *text)
{
    long minutes = (long)(left / 60 + 0.5);
    if (left < 45)
        snprintf(text, 32, "less than a minute");
    else if (minutes < 60)
        snprintf(text, 32, "%ld min", minutes < 1 ? 1 : minutes);
    else
        snprintf(text, 32, "%ld h %ld min", minutes / 60, minutes % 60);
    return text;
}

static void say_points(const struct attempt *attempt, char *text, size_t size)
{
    if (attempt->state == ATTEMPT_NOT_GRADED)
        snprintf(text, size, "could not be graded");
    else
        snprintf(text, size, "%d of %d points%s", attempt->points, attempt->max_points,
                 attempt->state == ATTEMPT_UNTIMED ? ", not timed yet"
                 : attempt->state == ATTEMPT_BUSY  ? "; the machine was too busy to time it"
                                                   : "");
}

static int columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col - 1 : 79;
}

void meter_tell(struct meter *meter, const char *name, const struct attempt *attempt)
{
    char left[32], points[100], text[SHOWN_SIZE + 400];
    int done = atomic_fetch_add(&meter->done, 1) + 1;
    int to_time = atomic_fetch_add(&meter->to_time, attempt->state == ATTEMPT_UNTIMED);
    to_time += attempt->state == ATTEMPT_UNTIMED;
    meter_words(meter_left(now() - meter->begun, done, to_time, meter->total), left);
    say_points(attempt, points, sizeof points);
    int length = snprintf(text, sizeof text, "%s%d of %d%s, %s left: %s: %s: %s",
                          meter->is_terminal ? "\r\033[K" : "", done, meter->total,
                          meter->timed ? " timed" : "", left, attempt->exercise, points, name);
    if (meter->is_terminal && length > columns() + 4) // bytes, for characters: never too long
        length = columns() + 4;
    while (meter->is_terminal && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    if (!meter->is_terminal)
        text[length++] = '\n';
    if (write(STDERR_FILENO, text, (size_t)length) == -1)
        return; // nobody looks
}

void meter_end(struct meter *meter)
{
    if (meter->is_terminal && atomic_load(&meter->done) > 0 && write(STDERR_FILENO, "\r\033[K", 4) == -1)
        return;
}
