// Drives: workers of a crew that call worker_run(), seen from where a pool would stand.
#include "driver.h"
#include "channel.h"
#include "faults.h"
#include "gate.h"
#include "initializer.h"
#include "lifetime.h"
#include "work.h"
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FOR_EVER = -1, NUMBER = sizeof(int64_t) };

// What the processes of a drive share. They do not find it by an argument: those go through the module.
static struct scene {
    struct gate gate;
    struct meeting *meeting;
    atomic_int initialized, served; // calls
    atomic_int returned, result;    // how often worker_run() has returned, and what
    atomic_int argument_is_right;   // of serve
    atomic_int signals, ticks;      // that a handler has seen
    _Atomic int64_t size, number;   // of the first command
    struct odd {
        int signal, state;
    } odd_at_first, odd_later; // signals that are not as they should be
    int wrong_at;              // the first command that did not come as it was sent, counted from 1
    int64_t wrong_size, sent_size, misaligned, overwritten;
} * scene;

static struct crew_worker *self; // in a worker

static void make_scene(int meeting)
{
    scene = driver_shared(sizeof *scene);
    scene->gate = gate_make();
    scene->meeting = meeting_make(meeting);
}

// --- In a worker

// The body of most workers.
static int run(struct crew_worker *worker, void *service)
{
    self = worker;
    int result = worker_run(worker, service);
    scene->result = result;
    scene->returned++;
    return result;
}

// Returns what its argument points to.
static int initialize(void *argument)
{
    scene->initialized++;
    return *(const int *)argument;
}

// Takes a number, and returns twice as much and one.
static size_t double_number(void *argument, const void *command, size_t size, void *reply)
{
    int64_t number = 0;
    memcpy(&number, command, size < sizeof number ? size : sizeof number);
    if (scene->served++ == 0) {
        scene->size = (int64_t)size;
        scene->number = number;
        scene->argument_is_right = argument == scene;
    }
    number = 2 * number + 1;
    memcpy(reply, &number, sizeof number);
    return sizeof number;
}

static int success;

static struct worker_service doubling(void)
{
    return (struct worker_service){.initializer = initialize,
                                   .initializer_argument = &success,
                                   .serve = double_number,
                                   .serve_argument = scene,
                                   .command_size = NUMBER,
                                   .reply_size = NUMBER};
}

// --- In the parent

static struct crew *make_retiring_crew(int workers, int64_t tasks,
                                       int (*body)(struct crew_worker *worker, void *argument),
                                       struct worker_service *service)
{
    struct crew *crew = crew_create(&(struct crew_options){
        .workers = workers, .tasks_per_worker = tasks, .body = body, .argument = service});
    if (crew == NULL)
        driver_broken("crew_create");
    return crew;
}

static struct crew *make_crew(int workers, int (*body)(struct crew_worker *worker, void *argument),
                              struct worker_service *service)
{
    return make_retiring_crew(workers, 0, body, service);
}

// What a crew has told of its only worker.
struct story {
    int messages;
    int64_t first_size, first; // of the first message; the second one as int32_t
    const void *message;       // the last one
    size_t size;
    bool ended, left;
    int exit_code;
    int64_t tasks;
};

// Hears until there have been so many messages, or until the worker has ended.
static void hear(struct crew *crew, int messages, struct story *story)
{
    struct crew_event event;
    while (!story->ended && story->messages < messages && crew_wait(crew, FOR_EVER, &event) == 1) {
        story->ended = event.news != CREW_MESSAGE;
        story->left = event.news == CREW_LEFT;
        story->exit_code = event.exit_code;
        story->tasks = event.tasks;
        story->message = event.message;
        story->size = event.size;
        if (event.news == CREW_MESSAGE && story->messages++ == 0) {
            int32_t first = 0;
            memcpy(&first, event.message, event.size < sizeof first ? event.size : sizeof first);
            story->first_size = (int64_t)event.size;
            story->first = first;
        }
    }
}

static void answer_story(const struct story *story)
{
    answer_int("messages", story->messages);
    answer_int("first_size", story->first_size);
    answer_int("first", story->first);
    answer_int("ended", story->ended);
    answer_int("left", story->left);
    answer_int("exit_code", story->exit_code);
    answer_int("tasks", story->tasks);
    answer_int("initialized", scene->initialized);
    answer_int("served", scene->served);
    answer_int("returned", scene->returned);
    answer_int("result", scene->result);
}

// Hears the rest, and answers it all.
static void finish(struct crew *crew, struct story *story)
{
    hear(crew, INT_MAX, story);
    answer_story(story);
    crew_release(crew);
}

static void send_number(struct crew *crew, int seat, int64_t number)
{
    if (crew_send(crew, seat, &number, sizeof number) == -1 &&
        errno != EPIPE) // it has ended: we will hear
        driver_broken("crew_send");
}

// Has the worker serve one command, and leave.
static void command_once(struct crew *crew, struct story *story)
{
    send_number(crew, 0, 1);
    hear(crew, 2, story);
    crew_dismiss(crew);
    hear(crew, INT_MAX, story);
}

static pid_t fork_child(void)
{
    pid_t pid = fork();
    if (pid == -1)
        driver_broken("fork");
    return pid;
}

static void reap(pid_t pid)
{
    while (waitpid(pid, NULL, 0) == -1)
        if (errno != EINTR)
            driver_broken("waitpid");
}

// --- The first steps

// What came from a worker that was sent one command, in shared memory.
struct exchange {
    int messages;
    int64_t first_size, first, reply_size, reply;
};

// The side of a pool: sends a command, and receives two messages.
static void talk(struct channel *channel, struct exchange *seen)
{
    int64_t number = driver_argument("number", 21);
    int32_t first = 0;
    size_t size = 0;
    unsigned char room[64] = {0};
    channel_send(channel, &number, sizeof number);
    seen->messages += channel_receive(channel, room, sizeof room, &size) == 1;
    memcpy(&first, room, sizeof first);
    seen->first = first;
    seen->first_size = (int64_t)size;
    if (size != sizeof first) // was it a reply? Then there is none to wait for
        return;
    seen->messages += channel_receive(channel, room, sizeof room, &size) == 1;
    memcpy(&seen->reply, room, sizeof seen->reply);
    seen->reply_size = (int64_t)size;
}

DRIVE(first_command, "is a worker itself; a child sends it `number`, receives two messages, and ends")
{
    make_scene(1);
    struct worker_service service = doubling();
    struct exchange *seen = driver_shared(sizeof *seen);
    struct channel *ends[2];
    if (channel_create(ends) == -1)
        driver_broken("channel_create");
    pid_t child = fork_child();
    if (child == 0) {
        channel_close(ends[1]);
        talk(ends[0], seen);
        _exit(0);
    }
    channel_close(ends[0]);
    struct crew_worker worker = {.parent = getppid(),
                                 .channel = ends[1],
                                 .tasks_left = INT64_MAX,
                                 .record = driver_shared(4096)}; // whatever the crew keeps there
    errno = 0;
    answer_result("result", run(&worker, &service));
    shutdown(channel_descriptor(ends[1]), SHUT_RDWR); // the child sees the end, whoever has inherited it
    channel_close(ends[1]);
    reap(child);
    answer_int("initialized", scene->initialized);
    answer_int("served", scene->served);
    answer_int("argument_is_right", scene->argument_is_right);
    answer_int("command_size", scene->size);
    answer_int("command", scene->number);
    answer_int("messages", seen->messages);
    answer_int("first_size", seen->first_size);
    answer_int("first", seen->first);
    answer_int("reply_size", seen->reply_size);
    answer_int("reply", seen->reply);
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = a * UINT64_C(6364136223846793005) + b + 1;
    x = (x ^ x >> 31) * UINT64_C(0xff51afd7ed558ccd);
    return x ^ x >> 33;
}

static void fill(unsigned char *bytes, size_t size, uint64_t number)
{
    for (size_t i = 0; i < size; i += sizeof number) {
        number = mix(number, i);
        memcpy(bytes + i, &number, size - i < sizeof number ? size - i : sizeof number);
    }
}

// Many commands and replies, which both sides can make, and so compare.
struct script {
    uint64_t seed;
    size_t most; // bytes, of a command and of a reply
    int signals; // whether the initializer sets handlers
};

// From `least` to script->most, often one of both.
static size_t size_of(const struct script *script, int n, size_t least)
{
    uint64_t random = n == 0 ? 0 : mix(script->seed + least, (uint64_t)n);
    return random % 4 == 0   ? script->most
           : random % 4 == 1 ? least
                             : least + random / 4 % (script->most - least + 1);
}

static bool is_right(const struct script *script, const void *bytes, size_t size, uint64_t number)
{
    static unsigned char *expected;
    if (expected == NULL && (expected = malloc(script->most)) == NULL)
        driver_broken("malloc");
    fill(expected, size <= script->most ? size : 0, number);
    return size <= script->most && memcmp(bytes, expected, size) == 0;
}

static size_t serve_script(void *argument, const void *command, size_t size, void *reply)
{
    static int n;
    const struct script *script = argument;
    uint64_t number = script->seed + (uint64_t)n;
    size_t sent_size = size_of(script, n, 1);
    bool right = size == sent_size && is_right(script, command, size, number);
    if (!right && scene->wrong_at == 0) {
        scene->wrong_at = n + 1;
        scene->wrong_size = (int64_t)size;
        scene->sent_size = (int64_t)sent_size;
    }
    memset(reply, n, script->most);
    scene->misaligned +=
        (uintptr_t)command % alignof(max_align_t) != 0 || (uintptr_t)reply % alignof(max_align_t) != 0;
    scene->overwritten += right && !is_right(script, command, size, number);
    scene->served++;
    if (script->signals)
        raise(SIGUSR1);
    size_t reply_size = size_of(script, n++, 0);
    fill(reply, reply_size, ~number);
    return reply_size;
}

static void count_signal(int number)
{
    if (number == SIGALRM)
        scene->ticks++;
    else
        scene->signals++;
}

static void handle(int number)
{
    struct sigaction action = {.sa_handler = count_signal}; // no SA_RESTART
    if (sigaction(number, &action, NULL) == -1)
        driver_broken("sigaction");
}

// With `signals`, from now on one comes to this process every millisecond, and interrupts what waits.
static int initialize_script(void *argument)
{
    const struct script *script = argument;
    struct itimerval timer = {.it_interval.tv_usec = 1000, .it_value.tv_usec = 1000};
    scene->initialized++;
    if (!script->signals)
        return 0;
    handle(SIGUSR1);
    handle(SIGALRM);
    faults_interrupt(2);
    faults_shorten(100);
    return setitimer(ITIMER_REAL, &timer, NULL);
}

// Until the worker has been interrupted while it waits for a command; not for ever, it may be dead.
static void await_ticks(void)
{
    int seen = scene->ticks;
    for (int looks = 0; looks < 1000 && scene->ticks < seen + 2; looks++)
        usleep(500);
}

DRIVE(commands, "`count` commands of up to `most` bytes, `ahead` at a time; with `signals` in the worker")
{
    struct script script = {.seed = (uint64_t)driver_argument("seed", 1),
                            .most = (size_t)driver_argument("most", 300),
                            .signals = (int)driver_argument("signals", 0)};
    struct worker_service service = {initialize_script, &script,     serve_script,
                                     &script,           script.most, script.most};
    int count = (int)driver_argument("count", 200), ahead = (int)driver_argument("ahead", 1);
    int sent = 0, right = 0;
    struct story story = {0};
    unsigned char *command = malloc(script.most);
    if (command == NULL)
        driver_broken("malloc");
    make_scene(1);
    struct crew *crew = make_crew(1, run, &service);
    hear(crew, 1, &story);
    for (bool goes_on = true; goes_on && right < count; right += goes_on) {
        for (; sent < count && sent < right + ahead; sent++) {
            if (script.signals && sent % 4 == 0)
                await_ticks();
            fill(command, size_of(&script, sent, 1), script.seed + (uint64_t)sent);
            crew_send(crew, 0, command, size_of(&script, sent, 1));
        }
        hear(crew, right + 2, &story);
        goes_on = !story.ended && story.size == size_of(&script, right, 0) &&
                  is_right(&script, story.message, story.size, ~(script.seed + (uint64_t)right));
    }
    answer_story(&story);
    answer_int("right", right);
    answer_int("reply_size", (int64_t)story.size);
    answer_int("expected_size", (int64_t)size_of(&script, right, 0));
    answer_int("wrong_at", scene->wrong_at);
    answer_int("wrong_size", scene->wrong_size);
    answer_int("sent_size", scene->sent_size);
    answer_int("misaligned", scene->misaligned);
    answer_int("overwritten", scene->overwritten);
    answer_int("signals", scene->signals);
    crew_release(crew);
    free(command);
}

// --- How a worker leaves

DRIVE(leave, "`commands` commands; then the end, or with `stop` an empty command and one more")
{
    make_scene(1);
    struct worker_service service = doubling();
    struct crew *crew = make_crew(1, run, &service);
    struct story story = {0};
    int commands = (int)driver_argument("commands", 3);
    for (int i = 0; i < commands; i++)
        send_number(crew, 0, i);
    if (driver_argument("stop", 0)) {
        crew_send(crew, 0, "", 0);
        send_number(crew, 0, commands);
    } else {
        hear(crew, 1 + commands, &story);
        crew_dismiss(crew);
    }
    finish(crew, &story);
}

static size_t serve_at_gate(void *argument, const void *command, size_t size, void *reply)
{
    meeting_attend(scene->meeting);
    gate_pass(&scene->gate);
    return double_number(argument, command, size, reply);
}

DRIVE(reply_to_nobody, "the channel is closed while the worker serves a command")
{
    make_scene(2);
    struct worker_service service = doubling();
    service.serve = serve_at_gate;
    struct crew *crew = make_crew(1, run, &service);
    struct story story = {0};
    send_number(crew, 0, 1);
    hear(crew, 1, &story);
    meeting_attend(scene->meeting);
    crew_dismiss(crew);
    gate_open(&scene->gate);
    finish(crew, &story);
}

// Serves a command, and counts so many tasks for it as the command says, if it may.
static size_t serve_tasks(void *argument, const void *command, size_t size, void *reply)
{
    int64_t tasks;
    memcpy(&tasks, command, sizeof tasks);
    for (int64_t i = 0; i < tasks && self->tasks_left > 0; i++)
        crew_task_done(self);
    return double_number(argument, command, size, reply);
}

DRIVE(retire, "`commands` commands of `each` tasks for a worker of `tasks` tasks; then the end")
{
    make_scene(1);
    struct worker_service service = doubling();
    service.serve = serve_tasks;
    struct crew *crew = make_retiring_crew(1, driver_argument("tasks", 3), run, &service);
    struct story story = {0};
    int commands = (int)driver_argument("commands", 3);
    for (int i = 0; i < commands; i++)
        send_number(crew, 0, driver_argument("each", 1));
    if (driver_argument("each", 1) == 0) {
        hear(crew, 1 + commands, &story);
        crew_dismiss(crew);
    }
    finish(crew, &story);
}

// --- The initializer

static struct session {
    int calls, pid, commands;
    int64_t number;
} session; // each process's own

static int open_session(void *argument)
{
    scene->initialized++;
    session.calls++;
    session.pid = getpid();
    session.number = *(const int64_t *)argument;
    return 0;
}

static size_t serve_session(void *argument, const void *command, size_t size, void *reply)
{
    (void)argument, (void)command, (void)size;
    session.commands++;
    memcpy(reply, &session, sizeof session);
    return sizeof session;
}

DRIVE(sessions, "the initializer of each of `workers` workers opens a session, which commands find")
{
    enum { COMMANDS = 3 };
    make_scene(1);
    int workers = (int)driver_argument("workers", 4), replies = 0, right[5] = {0};
    int64_t number = driver_argument("number", 5);
    struct worker_service service = {open_session, &number, serve_session, NULL, 1, sizeof session};
    struct crew *crew = make_crew(workers, run, &service);
    struct crew_event event;
    for (int i = 0; i < workers * COMMANDS; i++)
        crew_send(crew, i % workers, "", 1);
    for (int n = 0; n < workers * (1 + COMMANDS); n++) {
        struct session seen;
        if (crew_wait(crew, FOR_EVER, &event) != 1 || event.news != CREW_MESSAGE)
            break;
        if (event.size != sizeof seen)
            continue;
        memcpy(&seen, event.message, sizeof seen);
        right[0] += seen.calls > 0;
        right[1] += seen.calls == 1;
        right[2] += seen.pid == event.pid;
        right[3] += seen.number == number;
        right[4] += seen.commands <= COMMANDS;
        replies++;
    }
    answer_int("commands", workers * COMMANDS);
    answer_int("replies", replies);
    answer_int("initialized", scene->initialized);
    answer_int("prepared", right[0]);
    answer_int("once", right[1]);
    answer_int("own", right[2]);
    answer_int("argument", right[3]);
    answer_int("kept", right[4]);
    crew_release(crew);
}

DRIVE(initializer, "the initializer returns `error`, or with `none` there is none; a command waits")
{
    make_scene(1);
    int error = (int)driver_argument("error", ENOENT);
    struct worker_service service = doubling();
    service.initializer_argument = &error;
    if (driver_argument("none", 0))
        service.initializer = NULL;
    struct crew *crew = make_crew(1, run, &service);
    struct story story = {0};
    command_once(crew, &story);
    finish(crew, &story);
}

// --- What is no command, and no memory

DRIVE(too_large, "a command that fits, one of `size` bytes where 100 are the most, and one that fits")
{
    static unsigned char bytes[1 << 16];
    make_scene(1);
    size_t size = (size_t)driver_argument("size", 101) % sizeof bytes;
    struct worker_service service = doubling();
    service.command_size = 100;
    struct crew *crew = make_crew(1, run, &service);
    struct story story = {0};
    crew_send(crew, 0, bytes, 100);
    crew_send(crew, 0, bytes, size);
    crew_send(crew, 0, bytes, 1);
    finish(crew, &story);
}

static struct channel *own_ends[2];

static int run_on_own_channel(struct crew_worker *worker, void *service)
{
    struct crew_worker other = *worker;
    other.channel = own_ends[1];
    channel_close(own_ends[0]);
    return run(&other, service);
}

DRIVE(cut, "a command, then `head` bytes of a size, which is `size`, then `bytes` bytes, and the end")
{
    static const char bytes[1000];
    make_scene(1);
    int64_t head = driver_argument("size", 500), number = 4;
    struct worker_service service = doubling();
    service.command_size = sizeof bytes;
    if (channel_create(own_ends) == -1)
        driver_broken("channel_create");
    struct crew *crew = make_crew(1, run_on_own_channel, &service);
    struct story story = {0};
    int descriptor = channel_descriptor(own_ends[0]), replies = 0;
    size_t size;
    channel_close(own_ends[1]);
    channel_send(own_ends[0], &number, sizeof number);
    send(descriptor, &head, (size_t)driver_argument("head", sizeof head) % 9, MSG_NOSIGNAL);
    send(descriptor, bytes, (size_t)driver_argument("bytes", 200) % sizeof bytes, MSG_NOSIGNAL);
    shutdown(descriptor, SHUT_WR);
    while (channel_receive(own_ends[0], &number, sizeof number, &size) == 1)
        replies++;
    answer_int("replies", replies - 1);
    finish(crew, &story);
}

static int run_without_memory(struct crew_worker *worker, void *service)
{
    faults_fail(FAULTS_MALLOC, (int)driver_argument("fail", 0), ENOMEM);
    return run(worker, service);
}

DRIVE(no_memory,
      "the `fail`th malloc fails; with `large` 1 or 2, commands or replies are larger than all")
{
    make_scene(1);
    int large = (int)driver_argument("large", 0);
    struct worker_service service = doubling();
    service.command_size = large == 1 ? SIZE_MAX : (size_t)NUMBER;
    service.reply_size = large == 2 ? SIZE_MAX : (size_t)NUMBER;
    struct crew *crew = make_crew(1, run_without_memory, &service);
    struct story story = {0};
    command_once(crew, &story);
    finish(crew, &story);
}

// --- Signals

enum { AS_DEFAULT, IGNORED, HANDLED, BLOCKED };

// The first signal that is not as worker_run() has to leave it.
static struct odd find_odd(void)
{
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    for (int i = 1; i < NSIG; i++) {
        struct sigaction action;
        if (sigaction(i, NULL, &action) == -1)
            continue; // one of the C library's own
        int state = action.sa_handler == SIG_DFL   ? AS_DEFAULT
                    : action.sa_handler == SIG_IGN ? IGNORED
                                                   : HANDLED;
        if (state != (i == SIGINT ? IGNORED : AS_DEFAULT))
            return (struct odd){i, state};
        if (sigismember(&blocked, i) == 1)
            return (struct odd){i, BLOCKED};
    }
    return (struct odd){0};
}

static int look_at_signals(void *argument)
{
    scene->odd_at_first = find_odd();
    return initialize(argument);
}

static size_t look_again(void *argument, const void *command, size_t size, void *reply)
{
    scene->odd_later = find_odd();
    return double_number(argument, command, size, reply);
}

// Every third signal gets a handler, every third one is ignored, and all are blocked.
static void disturb_signals(int shift)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int i = 1; i < NSIG; i++) // fails for some
        signal(i, i == SIGCHLD || (i + shift) % 3 == 0 ? count_signal
                  : (i + shift) % 3 == 1               ? SIG_IGN
                                                       : SIG_DFL);
}

DRIVE(signals, "the parent has handlers, ignores signals, and blocks them; `shift` says which")
{
    make_scene(1);
    struct worker_service service = doubling();
    service.initializer = look_at_signals;
    service.serve = look_again;
    disturb_signals((int)driver_argument("shift", 0));
    struct crew *crew = make_crew(1, run, &service);
    struct story story = {0};
    command_once(crew, &story);
    answer_int("first_odd", scene->odd_at_first.signal);
    answer_int("first_state", scene->odd_at_first.state);
    answer_int("later_odd", scene->odd_later.signal);
    answer_int("later_state", scene->odd_later.state);
    finish(crew, &story);
}

// Blocks everything, and has a signal wait for itself.
static int run_with_waiting_signal(struct crew_worker *worker, void *service)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    raise((int)driver_argument("signal", SIGTERM));
    return run(worker, service);
}

DRIVE(waiting_signal,
      "`signal` has come, and is blocked, when worker_run() begins; the parent handles it")
{
    make_scene(1);
    struct worker_service service = doubling();
    handle((int)driver_argument("signal", SIGTERM));
    struct crew *crew = make_crew(1, run_with_waiting_signal, &service);
    struct story story = {0};
    command_once(crew, &story);
    answer_int("signals", scene->signals);
    finish(crew, &story);
}

DRIVE(terminate,
      "SIGTERM for an idle worker; the parent handles (`shift` 0) or ignores it (1), and blocks it")
{
    make_scene(1);
    struct worker_service service = doubling();
    disturb_signals((int)driver_argument("shift", 0));
    struct crew *crew = make_crew(1, run, &service);
    struct story story = {0};
    hear(crew, 1, &story);
    kill(crew_pid(crew, 0), SIGTERM);
    hear(crew, INT_MAX, &story);
    answer_int("signals", scene->signals);
    finish(crew, &story);
}

// The worker in seat 0 waits in its command, the others do not.
static size_t serve_first_at_gate(void *argument, const void *command, size_t size, void *reply)
{
    return (self->seat == 0 ? serve_at_gate : double_number)(argument, command, size, reply);
}

// What has become of several workers, in shared memory.
static struct crowd {
    int replies, left, killed;
} * crowd;

// Hears of so many messages and ends, or until all have ended.
static void hear_crowd(struct crew *crew, int events)
{
    struct crew_event event;
    while (events-- > 0 && crew_wait(crew, FOR_EVER, &event) == 1) {
        crowd->replies += event.news == CREW_MESSAGE && event.size == NUMBER;
        crowd->left += event.news == CREW_LEFT;
        crowd->killed += event.news == CREW_DIED && event.exit_code == -SIGINT;
    }
}

enum { CROWD = 3 };

// A program with a crew, in a group of processes of its own, as a shell makes it.
static void be_interrupted(void)
{
    struct worker_service service = doubling();
    service.serve = serve_first_at_gate;
    if (setpgid(0, 0) == -1)
        driver_broken("setpgid");
    handle(SIGINT);
    struct crew *crew = make_crew(CROWD, run, &service);
    hear_crowd(crew, CROWD);
    send_number(crew, 0, 1);
    meeting_attend(scene->meeting);
    kill(-getpid(), SIGINT); // as the terminal does
    gate_open(&scene->gate);
    for (int i = 1; i < CROWD; i++)
        send_number(crew, i, 1);
    hear_crowd(crew, CROWD);
    crew_dismiss(crew);
    hear_crowd(crew, INT_MAX);
    crew_release(crew);
}

DRIVE(interrupt, "SIGINT for a program and its workers, one of which serves a command")
{
    make_scene(2);
    crowd = driver_shared(sizeof *crowd);
    pid_t program = fork_child();
    if (program == 0) {
        be_interrupted();
        _exit(0);
    }
    reap(program);
    answer_int("workers", CROWD);
    answer_int("replies", crowd->replies);
    answer_int("left", crowd->left);
    answer_int("killed", crowd->killed);
    answer_int("signals", scene->signals);
}

// --- The end of the parent

enum { IDLE, IN_COMMAND, IN_INITIALIZER };

// Only SIGKILL ends this worker.
static int become_deaf(void *argument)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    if (driver_argument("state", IDLE) == IN_INITIALIZER) {
        meeting_attend(scene->meeting);
        gate_pass(&scene->gate);
    }
    return initialize(argument);
}

// A program that starts a worker and does not stop it. Who wants to end the program meets the worker, or,
// if that is to be idle, the program.
static void be_orphaned(struct worker_service *service,
                        int (*body)(struct crew_worker *worker, void *argument), bool idle)
{
    struct crew *crew = make_crew(1, body, service);
    struct story story = {0};
    send_number(crew, 0, 1);
    if (idle) {
        hear(crew, 2, &story);
        meeting_attend(scene->meeting);
    }
    if (driver_argument("exits", 0) == 0)
        gate_pass(&scene->gate);
    _exit(0);
}

static void become_reaper(void)
{
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
        driver_broken("prctl");
}

// Waits until no process is left but this one; answers how the last one ended.
static void answer_rest(void)
{
    int status = 0, rest = 0;
    while (waitpid(-1, &status, 0) > 0 || errno == EINTR)
        rest++;
    answer_int("rest", rest);
    answer_int("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

DRIVE(orphan, "a program is killed, or `exits`; its worker is idle (`state` 0), serves (1), prepares (2)")
{
    int state = (int)driver_argument("state", IDLE);
    make_scene(2);
    struct worker_service service = doubling();
    service.initializer = become_deaf;
    if (state == IN_COMMAND)
        service.serve = serve_at_gate;
    become_reaper();
    pid_t program = fork_child();
    if (program == 0)
        be_orphaned(&service, run, state == IDLE);
    meeting_attend(scene->meeting);
    if (driver_argument("exits", 0) == 0)
        kill(program, SIGKILL);
    reap(program);
    answer_rest(); // nobody opens the gate
}

static int run_late(struct crew_worker *worker, void *service)
{
    meeting_attend(scene->meeting);
    gate_pass(&scene->gate);
    return run(worker, service);
}

DRIVE(late, "a program is killed before its worker calls worker_run()")
{
    make_scene(2);
    struct worker_service service = doubling();
    become_reaper();
    pid_t program = fork_child();
    if (program == 0)
        be_orphaned(&service, run_late, false);
    meeting_attend(scene->meeting);
    kill(program, SIGKILL);
    reap(program); // from now on the worker is ours
    gate_open(&scene->gate);
    answer_rest();
    answer_int("initialized", scene->initialized);
    answer_int("served", scene->served);
    answer_int("returned", scene->returned);
    answer_int("result", scene->result);
}

// --- The measured work

static size_t do_work(void *argument, const void *command, size_t size, void *reply)
{
    int item;
    uint64_t result;
    (void)argument, (void)size;
    memcpy(&item, command, sizeof item);
    result = work_do(item);
    memcpy(reply, &result, sizeof result);
    return sizeof result;
}

// A small pool: who is idle gets the next item.
static void map_work(struct crew *crew, uint64_t results[])
{
    int item_of[CREW_MOST_WORKERS], next = 0, done = 0;
    struct crew_event event;
    while (done < work_items() && crew_wait(crew, FOR_EVER, &event) == 1) {
        if (event.news != CREW_MESSAGE)
            continue;
        if (event.size == sizeof results[0]) {
            memcpy(&results[item_of[event.seat]], event.message, sizeof results[0]);
            done++;
        }
        if (next < work_items()) {
            crew_send(crew, event.seat, &next, sizeof next);
            item_of[event.seat] = next++;
        }
    }
}

DRIVE(speed, "does the measured work in a crew of workers, an item by a command")
{
    uint64_t results[WORK_MOST_ITEMS] = {0};
    make_scene(1);
    struct worker_service service = doubling();
    service.serve = do_work;
    work_begin();
    struct crew *crew = make_crew(work_workers(), run, &service);
    map_work(crew, results);
    crew_stop(crew, 1000);
    work_end(results);
    crew_release(crew);
}
