// A crew of worker processes, each with a channel of its own.
#include "lifetime.h"
#include "channel.h"
#include "memory.h"
#include "process.h"
#include <errno.h>
#include <poll.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
    GRACE_MS = 1000,     // for a worker that has closed its channel
    SMALL_MESSAGE = 256, // bytes; for less, no memory is asked for while the crew is at work
};

// What can be known of a worker although it is dead. It lies in shared memory, each in a cache line of
// its own, and only the worker in the seat writes it.
struct crew_record {
    alignas(64) _Atomic int64_t tasks; // that it has done
    atomic_bool left;                  // its body has returned
};

struct seat {
    struct crew *crew;
    struct crew_record *record;
    struct process *process;     // NULL: the seat is empty
    struct channel *channel;     // to the worker
    struct channel *workers_end; // of that channel; in this process only while the worker is started
    int end;                     // a process file descriptor: readable once the worker has ended
};

struct crew {
    struct crew_options options;
    pid_t parent;
    bool dismissed;
    struct crew_record *records; // one for each seat
    struct pollfd *looks;        // room for two for each seat
    void *message;               // room for what a worker has sent
    size_t capacity;             // of that room
    int first;                   // the seat that is looked at first
    struct seat seats[];
};

static bool is_seat(const struct crew *crew, int seat)
{
    return seat >= 0 && seat < crew->options.workers;
}

// In the worker. What it has inherited of the crew must go, or the end of this channel, and of those to
// the others, would not be seen as long as this worker lives.
static void close_inherited(struct crew *crew)
{
    for (int i = 0; i < crew->options.workers; i++) {
        channel_close(crew->seats[i].channel);
        if (crew->seats[i].end != -1)
            close(crew->seats[i].end);
    }
}

static int run_worker(void *argument)
{
    struct seat *seat = argument;
    struct crew *crew = seat->crew;
    struct crew_worker worker = {
        .seat = (int)(seat - crew->seats),
        .parent = crew->parent,
        .channel = seat->workers_end,
        .tasks_left = crew->options.tasks_per_worker == 0 ? INT64_MAX : crew->options.tasks_per_worker,
        .record = seat->record,
    };
    close_inherited(crew);
    int status = crew->options.body(&worker, crew->options.argument);
    atomic_store(&seat->record->left, true); // an exit() in the body does not come here
    return status;
}

bool crew_task_done(struct crew_worker *worker)
{
    // Nobody else writes it, so there is no need for an atomic addition.
    int64_t tasks = atomic_load_explicit(&worker->record->tasks, memory_order_relaxed);
    atomic_store_explicit(&worker->record->tasks, tasks + 1, memory_order_relaxed);
    if (worker->tasks_left != INT64_MAX)
        worker->tasks_left--;
    return worker->tasks_left > 0;
}

// Empties a seat; ends the worker in it if it has not ended. Keeps errno.
static void vacate(struct seat *seat)
{
    int error = errno;
    if (seat->process != NULL) {
        process_kill(seat->process); // sends nothing to a process that has ended, or was never started
        process_join(seat->process, -1);
        process_release(seat->process);
    }
    channel_close(seat->channel);
    if (seat->end != -1)
        close(seat->end);
    seat->process = NULL;
    seat->channel = NULL;
    seat->end = -1;
    errno = error;
}

static int start_process(struct seat *seat)
{
    seat->process = process_create(run_worker, seat);
    if (seat->process == NULL || process_start(seat->process) == -1)
        return -1;
    seat->end = (int)syscall(SYS_pidfd_open, process_pid(seat->process), 0);
    return seat->end == -1 ? -1 : 0;
}

// Starts a worker in an empty seat. Returns 0, or -1 with errno set, and the seat is empty as before.
static int fill(struct seat *seat)
{
    struct channel *ends[2];
    if (channel_create(ends) == -1)
        return -1;
    seat->channel = ends[0];
    seat->workers_end = ends[1];
    atomic_store(&seat->record->tasks, 0);
    atomic_store(&seat->record->left, false);
    int result = start_process(seat);
    channel_close(seat->workers_end);
    if (result == -1)
        vacate(seat);
    return result;
}

// Makes a crew whose seats are all empty.
static struct crew *make(const struct crew_options *options)
{
    size_t workers = (size_t)options->workers;
    struct crew *crew = malloc(sizeof *crew + workers * sizeof crew->seats[0]);
    if (crew == NULL)
        return NULL;
    *crew = (struct crew){
        .options = *options,
        .parent = getpid(),
        .records = memory_create(workers * sizeof *crew->records),
        .looks = calloc(workers, 2 * sizeof *crew->looks),
        .message = malloc(SMALL_MESSAGE),
        .capacity = SMALL_MESSAGE,
    };
    for (size_t i = 0; i < workers; i++)
        crew->seats[i] = (struct seat){.crew = crew, .record = &crew->records[i], .end = -1};
    if (crew->records != NULL && crew->looks != NULL && crew->message != NULL)
        return crew;
    crew_release(crew);
    errno = ENOMEM;
    return NULL;
}

struct crew *crew_create(const struct crew_options *options)
{
    if (options->workers < 1 || options->workers > CREW_MOST_WORKERS || options->tasks_per_worker < 0 ||
        options->body == NULL) {
        errno = EINVAL;
        return NULL;
    }
    struct crew *crew = make(options);
    for (int i = 0; crew != NULL && i < options->workers; i++)
        if (fill(&crew->seats[i]) == -1) {
            crew_release(crew);
            return NULL;
        }
    return crew;
}

pid_t crew_pid(const struct crew *crew, int seat)
{
    return is_seat(crew, seat) && crew->seats[seat].process != NULL
               ? process_pid(crew->seats[seat].process)
               : 0;
}

int crew_send(struct crew *crew, int seat, const void *message, size_t size)
{
    if (!is_seat(crew, seat)) {
        errno = EINVAL;
        return -1;
    }
    if (crew->seats[seat].channel == NULL) {
        errno = EPIPE;
        return -1;
    }
    return channel_send(crew->seats[seat].channel, message, size);
}

int crew_replace(struct crew *crew, int seat)
{
    if (!is_seat(crew, seat))
        errno = EINVAL;
    else if (crew->dismissed)
        errno = ESHUTDOWN;
    else if (crew->seats[seat].process != NULL)
        errno = EBUSY;
    else
        return fill(&crew->seats[seat]);
    return -1;
}

static long long monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

// poll(2), which signals do not shorten.
static int poll_on(struct pollfd *looks, size_t count, int timeout_ms)
{
    long long deadline = monotonic_ms() + timeout_ms + 1; // 1: the clock was rounded down
    int left = timeout_ms;
    int ready;
    while ((ready = poll(looks, count, left)) == -1 && errno == EINTR) {
        long long now = monotonic_ms();
        if (timeout_ms >= 0)
            left = now >= deadline ? 0 : now + timeout_ms < deadline ? timeout_ms : (int)(deadline - now);
    }
    return ready;
}

// The seat that is the nth to be looked at.
static struct seat *nth_seat(struct crew *crew, int nth)
{
    return &crew->seats[(crew->first + nth) % crew->options.workers];
}

// Fills crew->looks: two for each worker, in the order of nth_seat(). Returns how many.
static size_t fill_looks(struct crew *crew)
{
    size_t count = 0;
    for (int n = 0; n < crew->options.workers; n++) {
        struct seat *seat = nth_seat(crew, n);
        if (seat->process == NULL)
            continue;
        int channel = seat->channel == NULL ? -1 : channel_descriptor(seat->channel); // -1: see poll(2)
        crew->looks[count++] = (struct pollfd){.fd = channel, .events = POLLIN};
        crew->looks[count++] = (struct pollfd){.fd = seat->end, .events = POLLIN};
    }
    return count;
}

// The first worker of whom there is news.
static struct seat *ready_seat(struct crew *crew)
{
    struct pollfd *looks = crew->looks;
    for (int n = 0; n < crew->options.workers; n++) {
        struct seat *seat = nth_seat(crew, n);
        if (seat->process == NULL)
            continue;
        if (looks[0].revents != 0 || looks[1].revents != 0)
            return seat;
        looks += 2;
    }
    return NULL;
}

// Receives a message into crew->message, for which it makes room. Returns as channel_receive().
static int receive(struct crew *crew, struct channel *channel, size_t *size)
{
    int result;
    while ((result = channel_receive(channel, crew->message, crew->capacity, size)) == -1 &&
           errno == EMSGSIZE) {
        void *larger = realloc(crew->message, *size);
        if (larger == NULL)
            return -1;
        crew->message = larger;
        crew->capacity = *size;
    }
    return result;
}

static int tell_message(struct crew *crew, const struct seat *seat, size_t size, struct crew_event *event)
{
    *event = (struct crew_event){
        .news = CREW_MESSAGE,
        .seat = (int)(seat - crew->seats),
        .pid = process_pid(seat->process),
        .message = crew->message,
        .size = size,
    };
    return 1;
}

static int tell_end(struct crew *crew, struct seat *seat, struct crew_event *event)
{
    if (process_join(seat->process, GRACE_MS) == -1) {
        process_kill(seat->process);
        process_join(seat->process, -1);
    }
    *event = (struct crew_event){
        .news = atomic_load(&seat->record->left) ? CREW_LEFT : CREW_DIED,
        .seat = (int)(seat - crew->seats),
        .pid = process_pid(seat->process),
        .exit_code = process_exit_code(seat->process),
        .tasks = atomic_load(&seat->record->tasks),
    };
    vacate(seat);
    return 1;
}

int crew_wait(struct crew *crew, int timeout_ms, struct crew_event *event)
{
    size_t count = fill_looks(crew);
    if (count == 0) {
        errno = ECHILD;
        return -1;
    }
    int ready = poll_on(crew->looks, count, timeout_ms);
    if (ready <= 0)
        return ready;
    struct seat *seat = ready_seat(crew);
    crew->first = (int)(seat - crew->seats) + 1; // the others' turn comes before this one's next
    // Asked again: a worker may have sent something and ended after poll() had looked at its channel.
    if (seat->channel != NULL && channel_poll(seat->channel, 0) == 1) {
        size_t size;
        int received = receive(crew, seat->channel, &size);
        if (received == 1)
            return tell_message(crew, seat, size, event);
        if (received == -1 && errno == ENOMEM)
            return -1;
    }
    return tell_end(crew, seat, event);
}

void crew_dismiss(struct crew *crew)
{
    crew->dismissed = true;
    for (int i = 0; i < crew->options.workers; i++) {
        struct channel *channel = crew->seats[i].channel;
        if (channel != NULL) // another child of this process may have inherited the end, and keep it open
            shutdown(channel_descriptor(channel), SHUT_RDWR);
        channel_close(channel);
        crew->seats[i].channel = NULL;
    }
}

// Waits until all have ended, or the time is over. Returns how many have not.
static int await_ends(struct crew *crew, int timeout_ms)
{
    long long deadline = monotonic_ms() + timeout_ms;
    int running = 0;
    for (int i = 0; i < crew->options.workers; i++) {
        struct seat *seat = &crew->seats[i];
        if (seat->process == NULL)
            continue;
        long long left = deadline - monotonic_ms();
        struct pollfd end = {.fd = seat->end, .events = POLLIN};
        poll_on(&end, 1, timeout_ms < 0 ? -1 : left < 0 ? 0 : (int)left);
        running += process_is_alive(seat->process);
    }
    return running;
}

static void signal_all(struct crew *crew, int (*send)(struct process *process))
{
    for (int i = 0; i < crew->options.workers; i++)
        if (crew->seats[i].process != NULL)
            send(crew->seats[i].process); // nothing is sent to one that has ended
}

int crew_stop(struct crew *crew, int patience_ms)
{
    crew_dismiss(crew);
    int impolite = await_ends(crew, patience_ms);
    if (impolite > 0) {
        signal_all(crew, process_terminate);
        if (await_ends(crew, patience_ms) > 0)
            signal_all(crew, process_kill);
    }
    for (int i = 0; i < crew->options.workers; i++)
        vacate(&crew->seats[i]);
    return impolite;
}

void crew_release(struct crew *crew)
{
    if (crew == NULL)
        return;
    int error = errno;
    crew_stop(crew, 0);
    memory_release(crew->records);
    free(crew->looks);
    free(crew->message);
    free(crew);
    errno = error;
}
