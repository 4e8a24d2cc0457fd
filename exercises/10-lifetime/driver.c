// Drives: small programs that use the crew module the way a user would.
#define _GNU_SOURCE // RUSAGE_THREAD
#include "driver.h"
#include "channel.h"
#include "children.h"
#include "faults.h"
#include "gate.h"
#include "lifetime.h"
#include "work.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FOR_EVER = -1, SEATS = 3, LARGE = 1024 * 1024 };

// --- Around the module

static struct crew *make_crew(int workers, int64_t tasks,
                              int (*body)(struct crew_worker *worker, void *argument), void *argument)
{
    struct crew *crew = crew_create(&(struct crew_options){
        .workers = workers, .tasks_per_worker = tasks, .body = body, .argument = argument});
    if (crew != NULL)
        return crew;
    fprintf(stderr, "crew_create() made no crew of %d: %s\n", workers, strerror(errno));
    exit(EXIT_FAILURE);
}

static void answer_part(const char *name, const char *part, int64_t value)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, part);
    answer_int(whole, value);
}

static void answer_event(const char *name, int result, const struct crew_event *event)
{
    answer_result(name, result);
    answer_part(name, "news", event->news);
    answer_part(name, "seat", event->seat);
    answer_part(name, "code", event->exit_code);
    answer_part(name, "tasks", event->tasks);
    answer_part(name, "size", event->message == NULL ? -1 : (int64_t)event->size);
}

static struct crew_event answer_wait(const char *name, struct crew *crew, int timeout_ms)
{
    struct crew_event event = {.news = CREW_MESSAGE, .seat = -1};
    answer_event(name, crew_wait(crew, timeout_ms, &event), &event);
    return event;
}

static void kill_worker(const struct crew *crew, int seat)
{
    pid_t pid = crew_pid(crew, seat);
    if (pid > 0) // 0 would be all processes of the group
        kill(pid, SIGKILL);
}

// Waits for the end of the worker in this seat, passing over everything else. Returns that event.
static struct crew_event await_end(struct crew *crew, int seat)
{
    struct crew_event event = {0};
    while (crew_wait(crew, FOR_EVER, &event) == 1)
        if (event.news != CREW_MESSAGE && event.seat == seat)
            return event;
    return (struct crew_event){.seat = -1};
}

static void end_crew(struct crew *crew)
{
    crew_stop(crew, FOR_EVER);
    crew_release(crew);
}

// Whether this process has no child, alive or dead.
static bool is_childless(void)
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == -1 && errno == ECHILD;
}

static pid_t fork_child(void)
{
    pid_t pid = fork();
    if (pid == -1)
        driver_broken("fork");
    return pid;
}

// Who is left behind by a child becomes a child of this process.
static void adopt_orphans(void)
{
    if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == -1)
        driver_broken("prctl");
}

static void reap_orphans(void)
{
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        ;
}

static int64_t now_us(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static void nap_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

static void catch_signal(int number, void (*handler)(int number))
{
    struct sigaction action = {.sa_handler = handler}; // no SA_RESTART
    if (sigaction(number, &action, NULL) == -1)
        driver_broken("sigaction");
}

// --- What workers do

static int echo(struct crew_worker *worker, void *argument)
{
    static char room[LARGE];
    size_t size;
    (void)argument;
    while (channel_receive(worker->channel, room, sizeof room, &size) == 1)
        channel_send(worker->channel, room, size);
    return 0;
}

static int receive_until_end(struct crew_worker *worker)
{
    char room[100];
    size_t size;
    int result;
    while ((result = channel_receive(worker->channel, room, sizeof room, &size)) == 1)
        ;
    return result;
}

// Does not look at its channel.
static int wait_at_gate(struct crew_worker *worker, void *gate)
{
    (void)worker;
    gate_pass(gate);
    return 0;
}

// --- The first steps

DRIVE(first_talk, "sends a number to each of two workers, which send it back")
{
    int number = (int)driver_argument("number", 42);
    struct crew_options options = {.workers = 2, .body = echo};
    struct crew *crew = crew_create(&options);
    answer_result("create", crew == NULL ? -1 : 0);
    for (int seat = 0; crew != NULL && seat < 2; seat++) {
        int message = number + seat;
        int got = -1;
        char name[16];
        snprintf(name, sizeof name, "send_%d", seat);
        int sent = crew_send(crew, seat, &message, sizeof message);
        answer_result(name, sent);
        if (sent == -1)
            break;
        snprintf(name, sizeof name, "wait_%d", seat);
        struct crew_event event = answer_wait(name, crew, FOR_EVER);
        if (event.message != NULL && event.size == sizeof got)
            memcpy(&got, event.message, sizeof got);
        answer_part(name, "got", got);
    }
    if (crew == NULL)
        return;
    answer_result("stop", crew_stop(crew, FOR_EVER));
    crew_release(crew);
    answer_int("childless", is_childless());
}

// What a worker tells of itself.
struct self {
    int seat;
    pid_t pid, parent;
    int64_t tasks_left;
    int number; // of the argument
};

struct party {
    struct meeting *meeting;
    int number;
};

static int introduce(struct crew_worker *worker, void *argument)
{
    const struct party *party = argument;
    struct self self = {worker->seat, getpid(), worker->parent, worker->tasks_left, party->number};
    meeting_attend(party->meeting);
    channel_send(worker->channel, &self, sizeof self);
    return receive_until_end(worker);
}

DRIVE(introduction, "workers meet, and then each tells its parent what it knows of itself")
{
    int right[5] = {0};
    int workers = (int)driver_argument("workers", SEATS);
    struct party party = {meeting_make(workers), (int)driver_argument("number", 5)};
    struct crew *crew = make_crew(workers, 0, introduce, &party);
    for (int i = 0; i < workers; i++) {
        struct crew_event event = {0};
        struct self self = {.seat = -1};
        crew_wait(crew, FOR_EVER, &event);
        if (event.news == CREW_MESSAGE && event.message != NULL && event.size == sizeof self)
            memcpy(&self, event.message, sizeof self);
        right[0] += self.seat == event.seat;
        right[1] += self.pid == event.pid && self.pid == crew_pid(crew, event.seat);
        right[2] += self.parent == getpid() && self.pid != getpid();
        right[3] += self.number == party.number;
        right[4] += self.tasks_left == INT64_MAX;
    }
    answer_int("seats", right[0]);
    answer_int("pids", right[1]);
    answer_int("parents", right[2]);
    answer_int("numbers", right[3]);
    answer_int("unlimited", right[4]);
    end_crew(crew);
}

enum ending { BY_RETURN, BY_EXIT_0, BY_EXIT_3, BY_KILL, BY_CRASH, BY_LAST_WRITE };

static void write_to_nobody(void)
{
    int ends[2];
    if (pipe(ends) == -1 || dup2(ends[1], STDOUT_FILENO) == -1)
        driver_broken("pipe");
    close(ends[0]);
    signal(SIGPIPE, SIG_DFL);
    printf("this stays in the buffer until the process ends\n");
}

static int end_somehow(struct crew_worker *worker, void *argument)
{
    if (worker->seat != 0)
        return receive_until_end(worker);
    switch (*(enum ending *)argument) {
    case BY_EXIT_0:
        exit(0);
    case BY_EXIT_3:
        _exit(3);
    case BY_KILL:
        raise(SIGKILL);
        break;
    case BY_CRASH:
        signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
        break;
    case BY_LAST_WRITE:
        write_to_nobody();
        break;
    case BY_RETURN:
        break;
    }
    return 0x100 + 7;
}

DRIVE(ending,
      "one of two workers ends in the way `how`: 0 return, 1 exit(0), 2 _exit(3), 3, 4, 5 signals")
{
    enum ending how = (enum ending)driver_argument("how", BY_RETURN);
    struct crew *crew = make_crew(2, 0, end_somehow, &how);
    pid_t pid = crew_pid(crew, 0);
    struct crew_event event = answer_wait("over", crew, FOR_EVER);
    answer_int("same_pid", event.pid == pid);
    answer_result("again", crew_wait(crew, 0, &event));
    answer_int("pid", crew_pid(crew, 0));
    answer_result("send", crew_send(crew, 0, "x", 1));
    answer_int("reaped", child_is_reaped(pid));
    crew_stop(crew, FOR_EVER);
    answer_result("empty", crew_wait(crew, FOR_EVER, &event));
    crew_release(crew);
}

// --- Descriptors

static int count_descriptors(struct crew_worker *worker, void *argument)
{
    int count = driver_open_descriptors();
    (void)argument;
    channel_send(worker->channel, &count, sizeof count);
    return receive_until_end(worker);
}

// Hears from `workers` workers how many descriptors they have. Returns the most.
static int hear_most(struct crew *crew, int workers)
{
    int most = 0;
    for (int i = 0; i < workers; i++) {
        struct crew_event event = {0};
        int count = 999;
        if (crew_wait(crew, FOR_EVER, &event) == 1 && event.message != NULL)
            memcpy(&count, event.message, sizeof count);
        most = count > most ? count : most;
    }
    return most;
}

DRIVE(descriptors, "each worker counts its open descriptors; then one that took another's place does")
{
    int before = driver_open_descriptors();
    struct crew *crew = make_crew(SEATS, 0, count_descriptors, NULL);
    answer_int("more", hear_most(crew, SEATS) - before);
    kill_worker(crew, 1);
    await_end(crew, 1);
    int replaced = crew_replace(crew, 1);
    answer_result("replace", replaced);
    if (replaced == 0)
        answer_int("more_later", hear_most(crew, 1) - before);
    end_crew(crew);
    answer_int("left", driver_open_descriptors() - before);
}

struct report {
    struct gate gate;
    int pipe[2];
};

static int report_end(struct crew_worker *worker, void *argument)
{
    struct report *report = argument;
    if (worker->seat == SEATS - 1)
        return wait_at_gate(worker, &report->gate);
    if (receive_until_end(worker) != 0 || write(report->pipe[1], "", 1) != 1)
        return 1;
    return 0;
}

DRIVE(orphans, "the parent is killed; two workers see the end of their channels while a third one lives")
{
    struct report report = {.gate = gate_make()};
    char told[2];
    size_t count = 0;
    if (pipe(report.pipe) == -1)
        driver_broken("pipe");
    adopt_orphans();
    pid_t parent = fork_child();
    if (parent == 0) {
        make_crew(SEATS, 0, report_end, &report);
        raise(SIGKILL);
    }
    close(report.pipe[1]);
    answer_int("parent", child_wait_for_zombie(parent));
    while (count < sizeof told && read(report.pipe[0], told + count, 1) == 1)
        count++;
    answer_int("told", (int64_t)count);
    gate_open(&report.gate);
    reap_orphans();
}

// --- Ends

struct murder {
    struct gate gate;
    _Atomic pid_t victim;
};

static int kill_neighbour(struct crew_worker *worker, void *argument)
{
    struct murder *murder = argument;
    if (worker->seat == 1) {
        gate_pass(&murder->gate);
        nap_ms(200); // nothing depends on it, but who looks again and again is seen
        if (murder->victim > 0)
            kill(murder->victim, SIGKILL);
    }
    return receive_until_end(worker);
}

DRIVE(idle_end, "an idle worker is killed while its parent sleeps in crew_wait()")
{
    struct murder *murder = driver_shared(sizeof *murder);
    struct rusage before, after;
    murder->gate = gate_make();
    struct crew *crew = make_crew(2, 0, kill_neighbour, murder);
    murder->victim = crew_pid(crew, 0);
    getrusage(RUSAGE_THREAD, &before);
    int64_t cpu = now_us(CLOCK_THREAD_CPUTIME_ID);
    gate_open_when_asleep(&murder->gate);
    struct crew_event event = {.news = CREW_MESSAGE, .seat = -1};
    int result = crew_wait(crew, -1000, &event);
    cpu = now_us(CLOCK_THREAD_CPUTIME_ID) - cpu;
    getrusage(RUSAGE_THREAD, &after);
    gate_helper_end();
    answer_event("over", result, &event);
    answer_int("sleeps", after.ru_nvcsw - before.ru_nvcsw);
    answer_int("cpu_us", cpu);
    end_crew(crew);
}

static int speak_and_die(struct crew_worker *worker, void *argument)
{
    (void)argument;
    for (char number = 0; number < 3; number++)
        channel_send(worker->channel, &number, 1);
    raise(SIGKILL);
    return worker->seat;
}

// Returns how many messages came in their order before the end; -1 if anything else came.
static int hear_last_words(struct crew *crew, int timeout_ms)
{
    struct crew_event event = {0};
    int heard = 0;
    while (crew_wait(crew, timeout_ms, &event) == 1) {
        if (event.news != CREW_MESSAGE)
            return heard;
        if (event.message == NULL || event.size != 1 || *(const char *)event.message != heard)
            return -1;
        heard++;
    }
    return -1;
}

DRIVE(last_words, "a worker sends three messages and ends before its parent looks; then some more do")
{
    enum { ROUNDS = 30 };
    int right = 0;
    struct crew *crew = make_crew(1, 0, speak_and_die, NULL);
    child_wait_for_zombie(crew_pid(crew, 0));
    int heard = hear_last_words(crew, 0);
    answer_int("heard", heard);
    end_crew(crew);
    for (int i = 0; heard == 3 && i < ROUNDS; i++) {
        crew = make_crew(1, 0, speak_and_die, NULL);
        right += hear_last_words(crew, FOR_EVER) == 3;
        end_crew(crew);
    }
    answer_int("rounds", ROUNDS);
    answer_int("right", right);
}

struct family {
    struct gate gate;
    bool child; // the worker has a child, which lives on
    bool half;  // the worker ends in the middle of a message
};

static int leave_behind(struct crew_worker *worker, void *argument)
{
    const struct family *family = argument;
    uint64_t head = 100;
    if (family->child && fork_child() == 0) {
        gate_pass(&family->gate);
        _exit(0);
    }
    if (family->half) { // the beginning of a message as it is on the wire
        if (write(channel_descriptor(worker->channel), &head, sizeof head) != sizeof head ||
            write(channel_descriptor(worker->channel), "half", 4) != 4)
            driver_broken("write");
        raise(SIGKILL);
    }
    channel_send(worker->channel, "whole", 5);
    return 4;
}

DRIVE(leftovers, "a worker ends; with child=1 its child lives on, with half=1 its message is incomplete")
{
    struct family family = {gate_make(), driver_argument("child", 1), driver_argument("half", 0)};
    adopt_orphans();
    struct crew *crew = make_crew(1, 0, leave_behind, &family);
    child_wait_for_zombie(crew_pid(crew, 0));
    if (!family.half)
        answer_wait("message", crew, FOR_EVER);
    answer_wait("over", crew, FOR_EVER);
    gate_open(&family.gate);
    end_crew(crew);
    reap_orphans();
}

struct silence {
    struct gate never, soon;
    atomic_int closed;
};

static int fall_silent(struct crew_worker *worker, void *argument)
{
    struct silence *silence = argument;
    if (worker->seat == 1)
        return echo(worker, NULL);
    close(channel_descriptor(worker->channel));
    silence->closed++;
    gate_pass(worker->seat == 0 ? &silence->never : &silence->soon);
    return 5;
}

// Keeps the program from being taken for stuck while it waits for a second.
static pid_t start_ticking(void)
{
    pid_t pid = fork_child();
    if (pid != 0)
        return pid;
    for (int i = 0; i < 100; i++)
        nap_ms(20);
    _exit(0);
}

DRIVE(silent, "workers 0 and 2 close their channels; 2 ends soon, 0 never does; 1 talks")
{
    struct silence *silence = driver_shared(sizeof *silence);
    struct crew_event event;
    silence->never = gate_make();
    silence->soon = gate_make();
    pid_t clock = start_ticking();
    int64_t before = now_us(CLOCK_MONOTONIC);
    struct crew *crew = make_crew(SEATS, 0, fall_silent, silence);
    while (silence->closed < 2)
        sched_yield();
    answer_result("look", crew_wait(crew, 0, &event));
    crew_send(crew, 1, "x", 1);
    answer_wait("talk", crew, FOR_EVER);
    gate_open(&silence->soon);
    answer_wait("soon", crew, FOR_EVER);
    answer_wait("late", crew, FOR_EVER);
    answer_int("after_us", now_us(CLOCK_MONOTONIC) - before);
    kill(clock, SIGKILL);
    waitpid(clock, NULL, 0);
    end_crew(crew);
}

// --- Messages

DRIVE(sizes,
      "messages of 1 MiB, of 0 bytes and of 5 come back; there is no memory for the large one at first")
{
    static char message[LARGE];
    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (char)(i * 2654435761U >> 24);
    struct crew *crew = make_crew(1, 0, echo, NULL);
    struct crew_event event = {0};
    crew_send(crew, 0, message, sizeof message);
    faults_fail(FAULTS_MALLOC, 1, ENOMEM);
    int first = crew_wait(crew, FOR_EVER, &event);
    answer_result("first", first);
    faults_fail(FAULTS_MALLOC, 0, 0);
    if (first == -1)
        answer_result("large", crew_wait(crew, FOR_EVER, &event));
    else
        answer_result("large", first);
    crew_send(crew, 0, message, 0); // the message stays until the next crew_wait()
    crew_pid(crew, 0);
    answer_int("large_news", event.news);
    answer_int("large_size", event.message == NULL ? -1 : (int64_t)event.size);
    answer_int("large_same", event.message != NULL && event.size == sizeof message &&
                                 memcmp(event.message, message, sizeof message) == 0);
    answer_wait("empty", crew, FOR_EVER);
    crew_send(crew, 0, "small", 5);
    event = answer_wait("small", crew, FOR_EVER);
    answer_int("small_same",
               event.message != NULL && event.size == 5 && memcmp(event.message, "small", 5) == 0);
    end_crew(crew);
}

struct flood {
    int seat; // who floods
    atomic_bool answered;
};

static int flood_or_answer(struct crew_worker *worker, void *argument)
{
    struct flood *flood = argument;
    char room[10];
    size_t size;
    if (worker->seat == flood->seat) {
        while (channel_send(worker->channel, "water", 5) == 0)
            ;
        return 0;
    }
    channel_receive(worker->channel, room, sizeof room, &size);
    if (worker->seat == (flood->seat + 1) % SEATS)
        return 0;
    channel_send(worker->channel, "answer", 6);
    flood->answered = true;
    return receive_until_end(worker);
}

DRIVE(flood, "worker `seat` sends without pause; another one sends once, a third one ends")
{
    enum { MOST = 300 };
    struct flood *flood = driver_shared(sizeof *flood);
    struct crew_event event = {0};
    int events = 0, heard = 0, ended = 0;
    flood->seat = (int)driver_argument("seat", 0);
    int leaver = (flood->seat + 1) % SEATS, speaker = (flood->seat + 2) % SEATS;
    struct crew *crew = make_crew(SEATS, 0, flood_or_answer, flood);
    crew_wait(crew, FOR_EVER, &event);
    crew_send(crew, leaver, "", 0);
    crew_send(crew, speaker, "", 0);
    child_wait_for_zombie(crew_pid(crew, leaver));
    while (!flood->answered)
        sched_yield();
    for (; events < MOST && (!heard || !ended) && crew_wait(crew, FOR_EVER, &event) == 1; events++) {
        heard = heard || event.seat == speaker;
        ended = ended || (event.seat == leaver && event.news != CREW_MESSAGE);
    }
    answer_int("heard", heard);
    answer_int("ended", ended);
    answer_int("events", events);
    end_crew(crew);
}

// --- Time

static volatile sig_atomic_t ticks;

static void tick(int number)
{
    enum { MOST = 600 };
    struct itimerval none = {0};
    (void)number;
    if (++ticks == MOST) // or a wait that begins anew each time would never end
        setitimer(ITIMER_REAL, &none, NULL);
}

static int64_t wait_us(struct crew *crew, int timeout_ms, int *result)
{
    struct crew_event event;
    int64_t before = now_us(CLOCK_MONOTONIC);
    int got = crew_wait(crew, timeout_ms, &event);
    if (got != 0)
        *result = got;
    return now_us(CLOCK_MONOTONIC) - before;
}

DRIVE(timeouts, "waits for a worker that says nothing, also while signals come; then for its message")
{
    struct itimerval timer = {.it_interval.tv_usec = 1000, .it_value.tv_usec = 1000}, none = {0};
    int64_t shortest = INT64_MAX;
    int result = 0;
    struct crew *crew = make_crew(2, 0, echo, NULL);
    struct crew_event event;
    answer_result("look", crew_wait(crew, 0, &event));
    for (int i = 0; i < 10; i++) {
        int64_t us = wait_us(crew, 7, &result);
        shortest = us < shortest ? us : shortest;
    }
    answer_result("short", result);
    answer_int("short_us", shortest);
    faults_interrupt((int)driver_argument("times", 3));
    answer_int("interrupted_us", wait_us(crew, 7, &result));
    answer_result("interrupted", result);
    crew_send(crew, 0, "x", 1);
    answer_wait("message", crew, -1000);
    faults_interrupt(0);
    catch_signal(SIGALRM, tick);
    setitimer(ITIMER_REAL, &timer, NULL);
    answer_int("signals_us", wait_us(crew, 15, &result));
    setitimer(ITIMER_REAL, &none, NULL);
    answer_int("ticks", ticks);
    answer_result("signals", result);
    crew_send(crew, 1, "x", 1);
    answer_wait("hour", crew, 3600000);
    crew_stop(crew, FOR_EVER);
    answer_result("empty_look", crew_wait(crew, 0, &event));
    answer_result("empty_wait", crew_wait(crew, 3600000, &event));
    crew_release(crew);
}

// --- Replacing

static int tell_number(struct crew_worker *worker, void *argument)
{
    crew_task_done(worker);
    channel_send(worker->channel, argument, sizeof(int));
    return receive_until_end(worker);
}

DRIVE(replace, "a worker is killed and replaced: what is refused before, and what its successor is like")
{
    int number = (int)driver_argument("number", 1);
    int old_number = number, got = -1;
    struct crew_event event = {0};
    struct crew *crew = make_crew(2, 0, tell_number, &number);
    crew_wait(crew, FOR_EVER, &event);
    crew_wait(crew, FOR_EVER, &event);
    pid_t old = crew_pid(crew, 1), neighbour = crew_pid(crew, 0);
    answer_result("running", crew_replace(crew, 1));
    kill_worker(crew, 1);
    child_wait_for_zombie(old);
    answer_result("untold", crew_replace(crew, 1));
    await_end(crew, 1);
    answer_result("negative", crew_replace(crew, -1));
    answer_result("beyond", crew_replace(crew, 2));
    number = old_number + 1;
    int replaced = crew_replace(crew, 1);
    answer_result("replace", replaced);
    if (replaced == -1) { // there is nobody to hear from
        end_crew(crew);
        return;
    }
    answer_int("new_pid", crew_pid(crew, 1) != old && crew_pid(crew, 1) > 0);
    answer_int("same_neighbour", crew_pid(crew, 0) == neighbour);
    event = answer_wait("message", crew, FOR_EVER);
    if (event.message != NULL && event.size == sizeof got)
        memcpy(&got, event.message, sizeof got);
    answer_int("got", got);
    crew_dismiss(crew);
    event = await_end(crew, 1);
    answer_int("told", event.seat == 1);
    answer_int("tasks", event.tasks);
    answer_result("dismissed", crew_replace(crew, 1));
    end_crew(crew);
}

static int end_as_told(struct crew_worker *worker, void *unused)
{
    char order = ' ';
    size_t size;
    (void)unused;
    while (order == ' ' && channel_receive(worker->channel, &order, 1, &size) == 1)
        channel_send(worker->channel, &order, 1);
    if (order == 'e')
        exit(0);
    if (order == 'k')
        raise(SIGKILL);
    return 0;
}

DRIVE(succession, "workers end in all ways and are replaced, 30 times")
{
    enum { ROUNDS = 30 };
    const char orders[] = {'k', 'r', 'e'}; // killed, return, exit(0)
    int right = 0, right_ends = 0;
    struct crew_event event = {0};
    struct crew *crew = make_crew(2, 0, end_as_told, NULL);
    int before = driver_open_descriptors();
    for (int i = 0; i < ROUNDS; i++) {
        char order = orders[i / 2 % 3];
        crew_send(crew, i % 2, &order, 1);
        right_ends += await_end(crew, i % 2).news == (order == 'r' ? CREW_LEFT : CREW_DIED);
        if (crew_replace(crew, i % 2) != 0 || crew_send(crew, i % 2, " ", 1) != 0)
            break;
        right +=
            crew_wait(crew, FOR_EVER, &event) == 1 && event.news == CREW_MESSAGE && event.seat == i % 2;
    }
    answer_int("right", right);
    answer_int("right_ends", right_ends);
    answer_int("more", driver_open_descriptors() - before);
    end_crew(crew);
    faults_answer();
}

static int answer_once(struct crew_worker *worker, void *unused)
{
    char letter;
    size_t size;
    (void)unused;
    if (channel_receive(worker->channel, &letter, 1, &size) == 1)
        channel_send(worker->channel, &letter, 1);
    return 7;
}

static struct crew *make_empty_crew(void)
{
    return crew_create(&(struct crew_options){.workers = SEATS, .empty = true, .body = answer_once});
}

static int taken_seats(const struct crew *crew)
{
    int taken = 0;
    for (int seat = 0; seat < SEATS; seat++)
        taken += crew_pid(crew, seat) != 0;
    return taken;
}

static bool fill_seat(const char *name, struct crew *crew, int seat)
{
    int result = crew_replace(crew, seat);
    answer_result(name, result);
    return result == 0;
}

// Has the worker in seat 2 answer a message and leave.
static void answer_shift(const char *message, const char *over, struct crew *crew)
{
    crew_send(crew, 2, "x", 1);
    answer_wait(message, crew, FOR_EVER);
    answer_wait(over, crew, FOR_EVER);
}

DRIVE(empty_crew,
      "a crew of 3 begins with nobody; seats 2 and 0 are filled, and 2 once more; it is stopped")
{
    struct crew_event event;
    struct crew *crew = make_empty_crew();
    answer_int("created", crew != NULL);
    answer_int("childless", is_childless());
    if (crew == NULL || !is_childless()) { // who is there would be waited for in vain
        crew_release(crew);
        return;
    }
    answer_int("taken", taken_seats(crew));
    answer_result("look", crew_wait(crew, 0, &event));
    answer_result("wait", crew_wait(crew, FOR_EVER, &event));
    answer_result("send", crew_send(crew, 2, "x", 1));
    if (!fill_seat("first", crew, 2) || !fill_seat("second", crew, 0)) { // nobody to hear from
        end_crew(crew);
        return;
    }
    answer_int("taken_then", taken_seats(crew));
    answer_shift("message", "over", crew);
    answer_int("taken_later", taken_seats(crew));
    answer_result("idle", crew_wait(crew, 0, &event));
    if (fill_seat("again", crew, 2))
        answer_shift("message_again", "over_again", crew);
    answer_result("stop", crew_stop(crew, FOR_EVER)); // 0 is idle, 1 was always empty, 2 is empty again
    answer_int("left_children", !is_childless());
    crew_release(crew);
}

DRIVE(empty_crews, "crews that nobody was ever in are stopped with patience and without, and released")
{
    int before = driver_open_descriptors();
    struct crew *patient = make_empty_crew(), *impatient = make_empty_crew();
    answer_result("patient", crew_stop(patient, FOR_EVER));
    answer_result("impatient", crew_stop(impatient, 0));
    crew_release(patient);
    crew_release(impatient);
    crew_release(make_empty_crew());
    answer_int("left", driver_open_descriptors() - before);
    answer_int("left_children", !is_childless());
    faults_answer();
}

// --- Failures

static const struct {
    enum faults_call call;
    int error;
} faults[] = {
    {FAULTS_FORK, EAGAIN}, {FAULTS_SOCKETPAIR, EMFILE}, {FAULTS_MALLOC, ENOMEM}, {FAULTS_MMAP, ENOMEM}};

// What was found after calls that had to fail.
struct aftermath {
    int failures, wrong_errors, error; // `error`: the first wrong one
    int children, descriptors;         // that were left
};

static void note_failure(struct aftermath *aftermath, int expected_error)
{
    aftermath->failures++;
    if (errno != expected_error && aftermath->wrong_errors++ == 0)
        aftermath->error = errno;
}

static void answer_aftermath(const struct aftermath *aftermath)
{
    answer_int("failures", aftermath->failures);
    answer_int("wrong_errors", aftermath->wrong_errors);
    answer_int("error", aftermath->error);
    answer_int("children", aftermath->children);
    answer_int("descriptors", aftermath->descriptors);
    faults_answer();
}

// Whether the end of the worker in this seat is noticed: each of them has all that it takes for that.
static void answer_noticed(struct crew *crew, int seat)
{
    kill_worker(crew, seat);
    answer_int("noticed", await_end(crew, seat).seat == seat);
}

DRIVE(failing_create,
      "the 1st, the 2nd ... of some calls fails: `call` 0 fork, 1 socketpair, 2 malloc, 3 mmap")
{
    enum { MOST = 100 };
    int i = (int)driver_argument("call", 0) % 4;
    struct crew_options options = {.workers = SEATS, .body = echo};
    struct aftermath aftermath = {0};
    struct crew *crew = NULL;
    int before = driver_open_descriptors();
    for (int nth = 1; nth < MOST && crew == NULL; nth++) {
        faults_fail(faults[i].call, nth, faults[i].error);
        crew = crew_create(&options);
        if (crew != NULL)
            break;
        note_failure(&aftermath, faults[i].error);
        aftermath.children += !is_childless();
        aftermath.descriptors += driver_open_descriptors() - before;
    }
    faults_fail(faults[i].call, 0, 0);
    answer_int("created", crew != NULL);
    if (crew != NULL)
        end_crew(crew);
    answer_aftermath(&aftermath);
}

// Tries to replace the worker in seat 1, whose end was told. `allow(nth, argument)` lets a little more
// succeed each time.
static void try_to_replace(struct crew *crew, int error, void (*allow)(int nth, int argument),
                           int argument)
{
    enum { MOST = 100 };
    struct aftermath aftermath = {0};
    struct crew_event event = {0};
    int result = -1, occupied = 0;
    int before = driver_open_descriptors();
    for (int nth = 1; nth < MOST && result == -1; nth++) {
        allow(nth, argument);
        result = crew_replace(crew, 1);
        int given = errno;
        allow(0, argument);
        errno = given;
        if (result == 0)
            break;
        note_failure(&aftermath, error);
        occupied += crew_pid(crew, 1) != 0;
        aftermath.descriptors += driver_open_descriptors() - before;
    }
    answer_int("replaced", result == 0);
    answer_int("occupied", occupied);
    crew_send(crew, 1, "x", 1);
    bool talks = crew_wait(crew, FOR_EVER, &event) == 1 && event.news == CREW_MESSAGE && event.seat == 1;
    answer_int("talks", talks);
    answer_noticed(crew, 1);
    end_crew(crew);
    aftermath.children += !is_childless();
    answer_aftermath(&aftermath);
}

static struct crew *make_crew_with_empty_seat(void)
{
    struct crew *crew = make_crew(SEATS, 0, echo, NULL);
    kill_worker(crew, 1);
    await_end(crew, 1);
    return crew;
}

static void fail_call(int nth, int i)
{
    faults_fail(faults[i].call, nth, faults[i].error);
}

DRIVE(failing_replace, "the same for crew_replace()")
{
    int i = (int)driver_argument("call", 0) % 4;
    try_to_replace(make_crew_with_empty_seat(), faults[i].error, fail_call, i);
}

// From now on this process can have `more` descriptors more than now; a negative number: as many as ever.
static void allow_descriptors(int more)
{
    struct rlimit limit;
    int next = dup(STDERR_FILENO); // the lowest free number
    if (next == -1 || getrlimit(RLIMIT_NOFILE, &limit) == -1)
        driver_broken("getrlimit");
    close(next);
    limit.rlim_cur = more < 0 ? limit.rlim_max : (rlim_t)(next + more);
    if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
        driver_broken("setrlimit");
}

static void allow_more_each_time(int nth, int unused)
{
    (void)unused;
    if (nth == 0) { // there is room for dup() again
        struct rlimit limit;
        getrlimit(RLIMIT_NOFILE, &limit);
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    } else {
        allow_descriptors(nth - 1);
    }
}

DRIVE(few_descriptors,
      "crew_create() with room for 0, 1, 2 ... descriptors more; with replace=1, crew_replace()")
{
    enum { MOST = 40 };
    struct crew_options options = {.workers = SEATS, .body = echo};
    struct aftermath aftermath = {0};
    struct crew *crew = NULL;
    if (driver_argument("replace", 0)) {
        try_to_replace(make_crew_with_empty_seat(), EMFILE, allow_more_each_time, 0);
        return;
    }
    int before = driver_open_descriptors();
    for (int nth = 1; nth < MOST && crew == NULL; nth++) {
        allow_more_each_time(nth, 0);
        crew = crew_create(&options);
        int error = errno;
        allow_more_each_time(0, 0);
        errno = error;
        if (crew != NULL)
            break;
        note_failure(&aftermath, EMFILE);
        aftermath.children += !is_childless();
        aftermath.descriptors += driver_open_descriptors() - before;
    }
    answer_int("created", crew != NULL);
    if (crew != NULL) {
        answer_noticed(crew, SEATS - 1);
        end_crew(crew);
    }
    answer_aftermath(&aftermath);
}

// --- Tasks

struct task_report {
    int64_t left; // before the task
    int more;     // what crew_task_done() gave
    int64_t left_then;
};

static int do_tasks(struct crew_worker *worker, void *argument)
{
    const int *last = argument; // it dies in this task
    struct task_report report = {.more = 1};
    char room[10];
    size_t size;
    int number = 0;
    while (report.more && channel_receive(worker->channel, room, sizeof room, &size) == 1) {
        if (++number == *last)
            raise(SIGKILL);
        report.left = worker->tasks_left;
        report.more = crew_task_done(worker);
        report.left_then = worker->tasks_left;
        channel_send(worker->channel, &report, sizeof report);
    }
    return 0;
}

DRIVE(tasks, "a worker that may do `tasks` tasks (0: no limit) is given `given`; it dies in task `last`")
{
    int given = (int)driver_argument("given", 3), last = (int)driver_argument("last", 0);
    int64_t tasks = driver_argument("tasks", 3);
    int right = 0, more = 0;
    struct crew *crew = make_crew(1, tasks, do_tasks, &last);
    struct crew_event event = {0};
    int result = -1;
    for (int i = 0; i < given; i++) {
        struct task_report report;
        if (crew_send(crew, 0, "", 0) != 0 || (result = crew_wait(crew, FOR_EVER, &event)) != 1 ||
            event.news != CREW_MESSAGE || event.message == NULL || event.size != sizeof report)
            break;
        memcpy(&report, event.message, sizeof report);
        right += report.left == (tasks == 0 ? INT64_MAX : tasks - i) &&
                 report.left_then == (tasks == 0 ? INT64_MAX : tasks - i - 1);
        more += report.more;
    }
    answer_int("right", right);
    answer_int("more", more);
    if (event.news == CREW_MESSAGE && tasks == 0)
        crew_dismiss(crew);
    if (event.news == CREW_MESSAGE)
        result = crew_wait(crew, FOR_EVER, &event);
    answer_event("over", result, &event);
    end_crew(crew);
}

enum { TASKS = 100 };

struct done {
    int task;
    int retires;
};

static int count_tasks(struct crew_worker *worker, void *argument)
{
    atomic_int *counts = argument;
    struct done done = {0};
    size_t size;
    while (!done.retires && channel_receive(worker->channel, &done.task, sizeof done.task, &size) == 1) {
        counts[done.task]++;
        done.retires = !crew_task_done(worker);
        channel_send(worker->channel, &done, sizeof done);
    }
    return 0;
}

DRIVE(stream, "100 tasks over 3 seats; a worker retires after `tasks` of them and is replaced")
{
    int64_t tasks = driver_argument("tasks", 7);
    atomic_int *counts = driver_shared(TASKS * sizeof *counts);
    int next = 0, replies = 0, ends = 0, wrong_ends = 0, once = 0, idle[SEATS] = {1, 1, 1};
    struct crew *crew = make_crew(SEATS, tasks, count_tasks, counts);
    while (replies < TASKS) {
        struct crew_event event = {0};
        struct done done;
        for (int seat = 0; seat < SEATS; seat++)
            if (idle[seat] && next < TASKS && crew_send(crew, seat, &next, sizeof next) == 0) {
                next++;
                idle[seat] = 0;
            }
        if (crew_wait(crew, FOR_EVER, &event) != 1 || event.seat < 0 || event.seat >= SEATS)
            break;
        if (event.news == CREW_MESSAGE && event.message != NULL && event.size == sizeof done) {
            memcpy(&done, event.message, sizeof done);
            idle[event.seat] = !done.retires;
            replies++;
        } else {
            ends++;
            wrong_ends += event.news != CREW_LEFT || event.tasks != tasks;
            if (crew_replace(crew, event.seat) != 0)
                break;
            idle[event.seat] = 1;
        }
    }
    for (int i = 0; i < TASKS; i++)
        once += counts[i] == 1;
    answer_int("replies", replies);
    answer_int("once", once);
    answer_int("ends", ends);
    answer_int("wrong_ends", wrong_ends);
    end_crew(crew);
}

// --- Workers go

struct farewell {
    struct gate gate;      // for worker 1, before it looks at its channel
    struct gate slow_gate; // for a worker that has seen the end
    struct gate seen;      // opened when two have
    atomic_int ready;      // workers that catch SIGTERM, and of which the first has sent something
    atomic_int ends;       // that workers have seen
    atomic_int finished;
    atomic_int signals; // SIGTERM that came to those who catch it
};
static struct farewell *farewell; // for signal handlers

static void note_signal(int number)
{
    (void)number;
    farewell->signals++;
}

static int see_the_end(struct crew_worker *worker, void *unused)
{
    (void)unused;
    catch_signal(SIGTERM, note_signal);
    if (worker->seat == 0)
        channel_send(worker->channel, "lost", 4);
    farewell->ready++;
    if (worker->seat == 1)
        gate_pass(&farewell->gate);
    if (receive_until_end(worker) == 0 && atomic_fetch_add(&farewell->ends, 1) == 1)
        gate_open(&farewell->seen);
    gate_pass(&farewell->slow_gate);
    farewell->finished++;
    return 0;
}

static void make_farewell(void)
{
    farewell = driver_shared(sizeof *farewell);
    farewell->gate = gate_make();
    farewell->slow_gate = gate_make();
    farewell->seen = gate_make();
}

DRIVE(dismiss, "a crew is dismissed while another child of its parent has inherited everything")
{
    make_farewell();
    struct crew *crew = make_crew(2, 0, see_the_end, NULL);
    pid_t stray = fork_child();
    if (stray == 0) {
        gate_pass(&farewell->slow_gate);
        _exit(0);
    }
    while (farewell->ready < 2)
        sched_yield();
    crew_dismiss(crew);
    gate_open(&farewell->gate);
    answer_result("send", crew_send(crew, 0, "x", 1));
    gate_pass(&farewell->seen); // the slow gate is closed until then
    gate_open(&farewell->slow_gate);
    answer_wait("first", crew, FOR_EVER);
    answer_wait("second", crew, FOR_EVER);
    crew_dismiss(crew);
    struct crew_event event;
    answer_result("empty", crew_wait(crew, FOR_EVER, &event));
    waitpid(stray, NULL, 0);
    end_crew(crew);
}

DRIVE(stop_waits, "crew_stop(crew, -1000) while two workers take their time; worker 0 had sent something")
{
    make_farewell();
    struct crew *crew = make_crew(2, 0, see_the_end, NULL);
    pid_t pid = crew_pid(crew, 0);
    while (farewell->ready < 2)
        sched_yield();
    gate_open(&farewell->gate);
    gate_open_when_asleep(&farewell->slow_gate);
    answer_result("stop", crew_stop(crew, -1000));
    gate_helper_end();
    answer_int("finished", farewell->finished);
    answer_int("signals", farewell->signals);
    answer_int("reaped", child_is_reaped(pid));
    answer_int("pid", crew_pid(crew, 0));
    crew_release(crew);
}

static void clean_up(int number)
{
    (void)number;
    farewell->finished++;
    _exit(0);
}

// Each of four workers leaves in its own way.
static int leave(struct crew_worker *worker, void *unused)
{
    (void)unused;
    catch_signal(SIGTERM, worker->seat == 0 ? note_signal : worker->seat == 1 ? clean_up : SIG_IGN);
    channel_send(worker->channel, "ready", 5);
    if (worker->seat == 0) {
        farewell->ends += receive_until_end(worker) == 0;
        return 0;
    }
    if (worker->seat == 3)
        raise(SIGSTOP);
    gate_pass(&farewell->gate);
    return 0;
}

DRIVE(stop_escalates,
      "worker 0 is polite, 1 ends by SIGTERM, 2 ignores it, 3 is stopped; each has `patience` ms")
{
    make_farewell();
    struct crew *crew = make_crew(4, 0, leave, NULL);
    struct crew_event event;
    siginfo_t info;
    for (int i = 0; i < 4; i++)
        crew_wait(crew, FOR_EVER, &event);
    waitid(P_PID, (id_t)crew_pid(crew, 3), &info, WSTOPPED | WNOWAIT);
    int64_t before = now_us(CLOCK_MONOTONIC);
    answer_result("stop", crew_stop(crew, (int)driver_argument("patience", 50)));
    answer_int("us", now_us(CLOCK_MONOTONIC) - before);
    answer_int("polite", farewell->ends);
    answer_int("signals", farewell->signals);
    answer_int("cleaned", farewell->finished);
    answer_int("childless", is_childless());
    crew_release(crew);
}

DRIVE(stop_now, "stops a crew without patience, stops it again; releases another one while it runs")
{
    struct gate gate = gate_make();
    struct crew_event event;
    int before = driver_open_descriptors();
    struct crew *crew = make_crew(2, 0, wait_at_gate, &gate);
    answer_result("stop", crew_stop(crew, 0));
    answer_int("childless", is_childless());
    answer_int("pid", crew_pid(crew, 1));
    answer_result("send", crew_send(crew, 1, "x", 1));
    answer_result("empty", crew_wait(crew, 0, &event));
    answer_result("again", crew_stop(crew, 1000));
    answer_result("replace", crew_replace(crew, 1));
    crew_release(crew);
    crew = make_crew(2, 0, wait_at_gate, &gate);
    errno = 77;
    crew_release(crew);
    answer_int("errno", errno);
    crew_release(NULL);
    answer_int("left", driver_open_descriptors() - before);
    answer_int("released", is_childless());
}

// Whether something else than the default action was set up for a signal.
static bool is_handled(int number)
{
    struct sigaction action;
    return sigaction(number, NULL, &action) == 0 && action.sa_handler != SIG_DFL;
}

DRIVE(strangers, "a crew lives through everything beside a child that is none of its workers")
{
    struct gate gate = gate_make();
    struct crew_event event = {0};
    int status = 0;
    pid_t stranger = fork_child();
    if (stranger == 0)
        _exit(9);
    child_wait_for_zombie(stranger);
    signal(SIGPIPE, SIG_DFL);
    for (int i = 0; i < 2; i++) {
        struct crew *crew = make_crew(2, 0, i == 0 ? echo : wait_at_gate, &gate);
        kill_worker(crew, 0);
        crew_wait(crew, FOR_EVER, &event);
        crew_wait(crew, 0, &event);
        kill_worker(crew, 1);
        crew_wait(crew, FOR_EVER, &event);
        crew_replace(crew, 1);
        crew_stop(crew, i == 0 ? FOR_EVER : 1);
        crew_stop(crew, 0);
        crew_release(crew);
    }
    answer_int("handlers", is_handled(SIGCHLD) + is_handled(SIGPIPE));
    answer_int("stranger", waitpid(stranger, &status, WNOHANG) == stranger ? WEXITSTATUS(status) : -1);
    faults_answer();
}

DRIVE(crews, "30 crews one after the other, while another one lives")
{
    enum { ROUNDS = 30 };
    int right = 0;
    struct crew_event event = {0};
    int before = driver_open_descriptors();
    int64_t memory = driver_shared_memory();
    struct crew *old = make_crew(1, 0, echo, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        struct crew *crew = make_crew(2, 0, echo, NULL);
        crew_send(crew, 1, "x", 1);
        right += crew_wait(crew, FOR_EVER, &event) == 1 && event.seat == 1;
        right += crew_stop(crew, FOR_EVER) == 0;
        crew_release(crew);
    }
    crew_send(old, 0, "x", 1);
    right += crew_wait(old, FOR_EVER, &event) == 1 && event.news == CREW_MESSAGE;
    end_crew(old);
    answer_int("expected", 2 * ROUNDS + 1);
    answer_int("right", right);
    answer_int("left", driver_open_descriptors() - before);
    answer_int("memory", driver_shared_memory() - memory);
    answer_int("childless", is_childless());
}

DRIVE(misuse, "numbers that cannot be")
{
    const struct crew_options wrong[] = {
        {.workers = 0, .body = echo},
        {.workers = -1, .body = echo},
        {.workers = CREW_MOST_WORKERS + 1, .body = echo},
        {.workers = 1, .tasks_per_worker = -1, .body = echo},
        {.workers = 1, .body = NULL},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char name[20];
        snprintf(name, sizeof name, "create_%zu", i);
        answer_result(name, crew_create(&wrong[i]) == NULL ? -1 : 0);
    }
    struct crew *crew = make_crew(2, 0, echo, NULL);
    answer_int("pid_negative", crew_pid(crew, -1));
    answer_int("pid_beyond", crew_pid(crew, 2));
    answer_result("send_negative", crew_send(crew, -1, "x", 1));
    answer_result("send_beyond", crew_send(crew, 2, "x", 1));
    answer_result("too_large", crew_send(crew, 0, "x", (size_t)CHANNEL_SIZE_MAX + 1));
    end_crew(crew);
}

// --- Speed

struct measured {
    int item;
    uint64_t result;
};

static int do_work(struct crew_worker *worker, void *argument)
{
    struct measured measured;
    size_t size;
    (void)argument;
    while (channel_receive(worker->channel, &measured.item, sizeof measured.item, &size) == 1) {
        measured.result = work_do(measured.item);
        channel_send(worker->channel, &measured, sizeof measured);
    }
    return 0;
}

DRIVE(speed, "gives the measured work to the workers, one item at a time")
{
    uint64_t results[WORK_MOST_ITEMS] = {0};
    struct measured measured;
    int next = 0;
    work_begin();
    struct crew *crew = make_crew(work_workers(), 0, do_work, NULL);
    for (int seat = 0; seat < work_workers() && next < work_items(); seat++, next++)
        crew_send(crew, seat, &next, sizeof next);
    for (int done = 0; done < work_items(); done++) {
        struct crew_event event = {0};
        if (crew_wait(crew, FOR_EVER, &event) != 1 || event.message == NULL ||
            event.size != sizeof measured)
            break;
        memcpy(&measured, event.message, sizeof measured);
        results[measured.item] = measured.result;
        if (next < work_items()) {
            crew_send(crew, event.seat, &next, sizeof next);
            next++;
        }
    }
    end_crew(crew);
    work_end(results);
}
