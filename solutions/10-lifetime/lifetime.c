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

static const int64_t NEVER = INT64_MAX; // as a deadline

// What can be known of a worker although it is dead. It lies in shared memory, each in a cache line of
// its own, and only the worker in the seat writes it.
struct crew_record {
    alignas(64) _Atomic int64_t tasks; // that it has done
    atomic_bool returned;              // its body has
};

struct seat {
    struct crew *crew;
    struct crew_record *record;
    struct process *process;     // NULL: the seat is empty
    struct channel *channel;     // to the worker; NULL: this end has been closed
    struct channel *workers_end; // of that channel; in this process only while the worker is started
    int end;                     // a process file descriptor: readable once the worker has ended
    int64_t killed_at;           // when the worker is killed, unless it has ended by then
};

struct crew {
    struct crew_options options;
    pid_t parent;
    bool dismissed;
    struct crew_record *records; // one for each seat
    struct pollfd *looks;        // two for each seat: its channel, and the end of its worker
    int last;                    // the seat of which there was news last
    void *message;               // room for what a worker has sent
    size_t capacity;             // of that room
    struct seat seats[];
};

static bool is_seat(const struct crew *crew, int seat)
{
    return seat >= 0 && seat < crew->options.workers;
}

// --- The worker's side ---------------------------------------------------------------------------------

// What a worker has inherited of the crew must go, or the end of this channel, and of those to the
// others, would not be seen as long as this worker lives.
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
    atomic_store(&seat->record->returned, true); // an exit() in the body does not come here
    return status;
}

bool crew_task_done(struct crew_worker *worker)
{
    // Nobody else writes it, so there is no need for an atomic addition.
    int64_t tasks = atomic_load_explicit(&worker->record->tasks, memory_order_relaxed);
    atomic_store_explicit(&worker->record->tasks, tasks + 1, memory_order_relaxed);
    if (worker->tasks_left != INT64_MAX && worker->tasks_left > 0)
        worker->tasks_left--;
    return worker->tasks_left > 0;
}

// --- Workers come --------------------------------------------------------------------------------------

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
    *seat = (struct seat){.crew = seat->crew, .record = seat->record, .end = -1, .killed_at = NEVER};
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
    atomic_store(&seat->record->returned, false);
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
    struct crew *crew = calloc(1, sizeof *crew + workers * sizeof crew->seats[0]);
    if (crew == NULL)
        return NULL;
    crew->records = memory_create(workers * sizeof *crew->records);
    crew->looks = calloc(workers, 2 * sizeof *crew->looks);
    crew->message = malloc(SMALL_MESSAGE);
    if (crew->records == NULL || crew->looks == NULL || crew->message == NULL) {
        crew_release(crew); // which finds no seats yet
        errno = ENOMEM;
        return NULL;
    }
    crew->options = *options;
    crew->parent = getpid();
    crew->capacity = SMALL_MESSAGE;
    for (size_t i = 0; i < workers; i++)
        crew->seats[i] =
            (struct seat){.crew = crew, .record = &crew->records[i], .end = -1, .killed_at = NEVER};
    return crew;
}

struct crew *crew_create(const struct crew_options *options)
{
    if (options->workers < 1 || options->workers > CREW_MOST_WORKERS || options->tasks_per_worker < 0 ||
        options->body == NULL) {
        errno = EINVAL;
        return NULL;
    }
    struct crew *crew = make(options);
    int at_once = options->empty ? 0 : options->workers;
    for (int i = 0; crew != NULL && i < at_once; i++)
        if (fill(&crew->seats[i]) == -1) {
            crew_release(crew);
            return NULL;
        }
    return crew;
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

pid_t crew_pid(const struct crew *crew, int seat)
{
    bool is_taken = is_seat(crew, seat) && crew->seats[seat].process != NULL;
    return is_taken ? process_pid(crew->seats[seat].process) : 0;
}

int crew_send(struct crew *crew, int seat, const void *message, size_t size)
{
    if (!is_seat(crew, seat))
        errno = EINVAL;
    else if (crew->seats[seat].channel == NULL)
        errno = EPIPE;
    else
        return channel_send(crew->seats[seat].channel, message, size);
    return -1;
}

// --- What is heard of them -----------------------------------------------------------------------------

static int64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int64_t deadline_in(int timeout_ms)
{
    return timeout_ms < 0 ? NEVER : monotonic_ns() + timeout_ms * INT64_C(1000000);
}

// poll(2) until a deadline. Signals do not shorten that.
static int poll_until(struct pollfd *looks, size_t count, int64_t deadline)
{
    int ready;
    do {
        int64_t left = deadline == NEVER ? 0 : deadline - monotonic_ns();
        int left_ms = left > 0 ? (int)((left + 999999) / 1000000) : 0; // rounded up: never too early
        ready = poll(looks, count, deadline == NEVER ? -1 : left_ms);
    } while (ready == -1 && errno == EINTR);
    return ready;
}

// Says what poll() is to look at; it passes over -1. Returns how many workers there are.
static int fill_looks(struct crew *crew)
{
    int workers = 0;
    for (int i = 0; i < crew->options.workers; i++) {
        const struct seat *seat = &crew->seats[i];
        int channel = seat->channel == NULL ? -1 : channel_descriptor(seat->channel);
        crew->looks[2 * i] = (struct pollfd){.fd = channel, .events = POLLIN};
        crew->looks[2 * i + 1] = (struct pollfd){.fd = seat->end, .events = POLLIN};
        workers += seat->process != NULL;
    }
    return workers;
}

// The next seat of which there is news, after the last one: so everybody has a turn.
static struct seat *next_seat(struct crew *crew, bool *ended)
{
    const struct pollfd *looks;
    do {
        crew->last = (crew->last + 1) % crew->options.workers;
        looks = &crew->looks[2 * crew->last];
    } while (looks[0].revents == 0 && looks[1].revents == 0);
    *ended = looks[1].revents != 0;
    return &crew->seats[crew->last];
}

// Receives a message into crew->message, for which it makes room. Returns as channel_receive().
static int receive(struct crew *crew, struct channel *channel, size_t *size)
{
    int result;
    while ((result = channel_receive(channel, crew->message, crew->capacity, size)) == -1 &&
           errno == EMSGSIZE) {
        void *larger = realloc(crew->message, *size);
        if (larger == NULL)
            return -1; // ENOMEM; the channel keeps the message
        crew->message = larger;
        crew->capacity = *size;
    }
    return result;
}

static int tell_end(struct seat *seat, struct crew_event *event)
{
    process_join(seat->process, -1);
    event->exit_code = process_exit_code(seat->process);
    // A signal may have come behind the return of the body, while the process wrote out its buffers.
    bool left = atomic_load(&seat->record->returned) && event->exit_code >= 0;
    event->news = left ? CREW_LEFT : CREW_DIED;
    event->tasks = atomic_load(&seat->record->tasks);
    vacate(seat);
    return 1;
}

// Takes the news from a seat. Returns 1 if they are to be told, 0 if not, or -1 with errno ENOMEM.
static int hear(struct crew *crew, struct seat *seat, bool ended, struct crew_event *event)
{
    *event = (struct crew_event){.seat = (int)(seat - crew->seats), .pid = process_pid(seat->process)};
    if (seat->channel != NULL) {
        if (ended) // what it has sent stays; children of its own, if they live on, can add nothing
            shutdown(channel_descriptor(seat->channel), SHUT_RDWR);
        int received = receive(crew, seat->channel, &event->size);
        if (received == 1) {
            event->news = CREW_MESSAGE;
            event->message = crew->message;
            return 1;
        }
        if (received == -1 && errno == ENOMEM)
            return -1;
    }
    if (ended)
        return tell_end(seat, event);
    channel_close(seat->channel); // the worker has closed it, and should be about to end
    seat->channel = NULL;
    seat->killed_at = deadline_in(GRACE_MS);
    return 0;
}

// The first deadline of all: the given one, and those of the workers.
static int64_t first_deadline(const struct crew *crew, int64_t deadline)
{
    for (int i = 0; i < crew->options.workers; i++)
        if (crew->seats[i].killed_at < deadline)
            deadline = crew->seats[i].killed_at;
    return deadline;
}

static void kill_overdue(struct crew *crew)
{
    for (int i = 0; i < crew->options.workers; i++)
        if (crew->seats[i].killed_at <= monotonic_ns()) {
            process_kill(crew->seats[i].process);
            crew->seats[i].killed_at = NEVER;
        }
}

int crew_wait(struct crew *crew, int timeout_ms, struct crew_event *event)
{
    int64_t deadline = deadline_in(timeout_ms);
    int result = 0;
    while (result == 0) {
        if (fill_looks(crew) == 0) {
            errno = ECHILD;
            return -1;
        }
        int64_t first = first_deadline(crew, deadline);
        int ready = poll_until(crew->looks, 2 * (size_t)crew->options.workers, first);
        if (ready == -1 || (ready == 0 && first == deadline))
            return ready;
        if (ready > 0) {
            bool ended;
            struct seat *seat = next_seat(crew, &ended);
            result = hear(crew, seat, ended, event);
        }
        kill_overdue(crew);
    }
    return result;
}

// --- Workers go ----------------------------------------------------------------------------------------

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

// Waits until all have ended, or the time is over.
static void await_ends(const struct crew *crew, int timeout_ms)
{
    int64_t deadline = deadline_in(timeout_ms);
    for (int i = 0; i < crew->options.workers; i++) {
        struct pollfd end = {.fd = crew->seats[i].end, .events = POLLIN};
        if (end.fd != -1)
            poll_until(&end, 1, deadline);
    }
}

// Returns how many had to be asked.
static int terminate_all(struct crew *crew)
{
    int asked = 0;
    for (int i = 0; i < crew->options.workers; i++)
        if (crew->seats[i].process != NULL && process_is_alive(crew->seats[i].process)) {
            process_terminate(crew->seats[i].process);
            asked++;
        }
    return asked;
}

int crew_stop(struct crew *crew, int patience_ms)
{
    crew_dismiss(crew);
    await_ends(crew, patience_ms);
    int asked = terminate_all(crew);
    if (asked > 0)
        await_ends(crew, patience_ms);
    for (int i = 0; i < crew->options.workers; i++)
        vacate(&crew->seats[i]); // kills
    return asked;
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
