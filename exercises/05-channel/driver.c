// Drives: small programs that use the channel module the way a user would.
#include "driver.h"
#include "channel.h"
#include "children.h"
#include "faults.h"
#include "gate.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    FOR_EVER = -1,
    HEAD = sizeof(uint64_t), // bytes on the wire before those of a message
    LARGE = 16 * 1024 * 1024,
    UNTOUCHED = 0xa5, // in memory that nobody may write
};

// --- Messages that both sides can make, and so compare

static void fill(unsigned char *bytes, size_t size, uint64_t number)
{
    uint64_t state = number + 1;
    for (size_t i = 0; i < size; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        bytes[i] = (unsigned char)(state >> 56);
    }
}

static void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (memory == NULL)
        driver_broken("malloc");
    return memory;
}

// The first byte that is not as in message `number`, or -1.
static int64_t first_difference(const unsigned char *bytes, size_t size, uint64_t number)
{
    unsigned char *expected = allocate(size + 1);
    fill(expected, size, number);
    size_t i = 0;
    while (i < size && bytes[i] == expected[i])
        i++;
    free(expected);
    return i < size ? (int64_t)i : -1;
}

// How many of the bytes from `begin` to `end` have been written.
static int count_touched(const unsigned char *bytes, size_t begin, size_t end)
{
    int count = 0;
    for (size_t i = begin; i < end; i++)
        count += bytes[i] != UNTOUCHED;
    return count;
}

// Some messages in a row: message i is number `first` + i.
struct series {
    const size_t *sizes;
    int count;
    uint64_t first;
};

// What came of receiving them: how many were right, and what the first one that was not was like.
struct account {
    int expected;
    int right;
    int result, error;
    int64_t size, sent_size, differs_at;
    int overrun; // bytes that were written behind the room for them
};

static int send_series(struct channel *channel, struct series series)
{
    int sent = 0;
    for (int i = 0; i < series.count; i++) {
        unsigned char *message = allocate(series.sizes[i] + 1);
        fill(message, series.sizes[i], series.first + (uint64_t)i);
        sent += channel_send(channel, message, series.sizes[i]) == 0;
        free(message);
    }
    return sent;
}

// Receives one message with `spare` bytes more room than it needs.
static bool receive_right(struct channel *channel, size_t sent_size, uint64_t number, size_t spare,
                          struct account *account)
{
    enum { BEHIND = 64 };
    size_t capacity = sent_size + spare;
    size_t size = SIZE_MAX;
    unsigned char *room = allocate(capacity + BEHIND);
    memset(room, UNTOUCHED, capacity + BEHIND);
    account->result = channel_receive(channel, room, capacity, &size);
    account->error = account->result == -1 ? errno : 0;
    account->size = size == SIZE_MAX ? -1 : (int64_t)size;
    account->sent_size = (int64_t)sent_size;
    account->differs_at = first_difference(room, sent_size, number);
    account->overrun = count_touched(room, capacity, capacity + BEHIND);
    free(room);
    return account->result == 1 && size == sent_size && account->differs_at == -1 &&
           account->overrun == 0;
}

static struct account receive_series(struct channel *channel, struct series series, size_t spare)
{
    struct account account = {.expected = series.count};
    while (account.right < series.count &&
           receive_right(channel, series.sizes[account.right], series.first + (uint64_t)account.right,
                         spare, &account))
        account.right++;
    return account;
}

static void answer_part(const char *name, const char *part, int64_t value)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, part);
    answer_int(whole, value);
}

static void answer_account(const char *name, const struct account *account)
{
    answer_part(name, "expected", account->expected);
    answer_part(name, "right", account->right);
    answer_part(name, "result", account->result);
    answer_part(name, "result_errno", account->error);
    answer_part(name, "size", account->size);
    answer_part(name, "sent_size", account->sent_size);
    answer_part(name, "differs_at", account->differs_at);
    answer_part(name, "overrun", account->overrun);
}

// Receives, and answers result, errno and size.
static void answer_receive(const char *name, struct channel *channel)
{
    unsigned char room[1000];
    size_t size = 777;
    answer_result(name, channel_receive(channel, room, sizeof room, &size));
    answer_part(name, "size", (int64_t)size);
}

// --- Around the module

static void make_ends(struct channel *ends[2])
{
    ends[0] = ends[1] = NULL;
    if (channel_create(ends) == 0 && ends[0] != NULL && ends[1] != NULL)
        return;
    fprintf(stderr, "channel_create() made no two ends: %s\n", strerror(errno));
    exit(EXIT_FAILURE);
}

static void close_ends(struct channel *ends[2])
{
    channel_close(ends[0]);
    channel_close(ends[1]);
}

static pid_t fork_child(void)
{
    pid_t pid = fork();
    if (pid == -1)
        driver_broken("fork");
    return pid;
}

// Waits for the child. Returns its exit status, or minus the signal that ended it.
static int end_of_child(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            driver_broken("waitpid");
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

// Waits until there is something to read at this end, without the module. Returns whether there is.
static bool is_readable(const struct channel *channel, int timeout_ms)
{
    struct pollfd look = {.fd = channel_descriptor(channel), .events = POLLIN};
    int ready;
    while ((ready = poll(&look, 1, timeout_ms)) == -1)
        if (errno != EINTR)
            driver_broken("poll");
    return ready == 1;
}

// Sends bytes past the module. If that fails, the module has lost its descriptor, which will show.
static void send_raw(const struct channel *channel, const void *bytes, size_t size)
{
    if (send(channel_descriptor(channel), bytes, size, MSG_NOSIGNAL) != (ssize_t)size)
        perror("send");
}

// A message as it is on the wire.
static size_t put_on_wire(unsigned char *wire, size_t size, uint64_t number)
{
    uint64_t head = size;
    memcpy(wire, &head, sizeof head);
    fill(wire + HEAD, size, number);
    return HEAD + size;
}

// --- The first steps

DRIVE(one_message, "sends one message of `size` bytes and receives it at the other end")
{
    enum { MOST = 1000 };
    unsigned char message[MOST], room[2 * MOST] = {0};
    size_t size = (size_t)driver_argument("size", 100) % (MOST + 1);
    size_t got = SIZE_MAX;
    struct channel *ends[2] = {NULL, NULL};
    int created = channel_create(ends);
    answer_result("create", created);
    answer_int("ends", (ends[0] != NULL) + (ends[1] != NULL));
    if (created != 0 || ends[0] == NULL || ends[1] == NULL)
        return;
    fill(message, size, 1);
    int sent = channel_send(ends[0], message, size);
    answer_result("send", sent);
    if (sent != 0)
        return; // a receive would wait for ever
    answer_result("receive", channel_receive(ends[1], room, sizeof room, &got));
    answer_int("size", got == SIZE_MAX ? -1 : (int64_t)got);
    answer_int("differs_at", first_difference(room, size, 1));
    close_ends(ends);
}

DRIVE(boundaries, "sends many messages in both directions before the first one is received")
{
    enum { COUNT = 20, MOST = 1500 };
    size_t sizes[COUNT];
    uint64_t seed = (uint64_t)driver_argument("seed", 1);
    unsigned char random[2 * COUNT];
    struct channel *ends[2];
    make_ends(ends);
    fill(random, sizeof random, seed);
    for (int i = 0; i < COUNT; i++)
        sizes[i] = 1 + (random[2 * i] + 256U * random[2 * i + 1]) % MOST;
    struct series there = {sizes, COUNT, seed};
    struct series back = {sizes, COUNT, seed + COUNT};
    answer_int("sent", send_series(ends[0], there) + send_series(ends[1], back));
    struct account account = receive_series(ends[1], there, MOST);
    answer_account("there", &account);
    account = account.right == COUNT ? receive_series(ends[0], back, MOST) : (struct account){0};
    answer_account("back", &account);
    close_ends(ends);
}

// Receives messages and sends each one back with all its bits turned. Returns the last result.
static int turn_messages(struct channel *channel)
{
    enum { ROOM = 4096 };
    unsigned char room[ROOM];
    size_t size = 1;
    int result;
    while ((result = channel_receive(channel, room, sizeof room, &size)) == 1) {
        for (size_t i = 0; i < size && i < sizeof room; i++)
            room[i] = (unsigned char)~room[i];
        if (channel_send(channel, room, size) != 0)
            return -1;
    }
    return result;
}

static bool is_turned(const unsigned char *message, const unsigned char *reply, size_t size)
{
    size_t i = 0;
    while (i < size && (message[i] ^ reply[i]) == 0xff)
        i++;
    return i == size;
}

DRIVE(conversation, "a child sends each message back, changed, until it sees the end")
{
    enum { ROUNDS = 50, MOST = 2000 };
    struct channel *ends[2];
    make_ends(ends);
    int type = 0;
    socklen_t type_size = sizeof type;
    getsockopt(channel_descriptor(ends[0]), SOL_SOCKET, SO_TYPE, &type, &type_size);
    answer_int("descriptor", channel_descriptor(ends[0]));
    answer_int("is_stream", type == SOCK_STREAM);
    pid_t child = fork_child();
    if (child == 0) {
        channel_close(ends[0]);
        _exit(turn_messages(ends[1]) == 0 ? 0 : 1);
    }
    channel_close(ends[1]);
    int right = 0;
    for (int i = 0; i < ROUNDS; i++) {
        unsigned char message[MOST], reply[MOST];
        size_t size = (size_t)(1 + i * i % (MOST - 1)), got = 0;
        fill(message, size, (uint64_t)i);
        if (channel_send(ends[0], message, size) != 0)
            break;
        int result = channel_receive(ends[0], reply, sizeof reply, &got);
        right += result == 1 && got == size && is_turned(message, reply, size);
        if (result != 1)
            break;
    }
    answer_int("rounds", ROUNDS);
    answer_int("right", right);
    channel_close(ends[0]);
    answer_int("child", end_of_child(child));
}

// --- Messages of every size, whole in spite of everything

DRIVE(empty, "messages of 0 bytes between others, and then the end")
{
    const size_t sizes[] = {0, 5, 0, 0, 9, 0};
    const struct series series = {sizes, sizeof sizes / sizeof *sizes, 3};
    struct channel *ends[2];
    make_ends(ends);
    answer_int("sent", send_series(ends[0], series));
    channel_close(ends[0]);
    struct account account = receive_series(ends[1], series, 100);
    answer_account("empty", &account);
    if (account.right == series.count)
        answer_receive("at_end", ends[1]);
    channel_close(ends[1]);
}

DRIVE(turns, "three messages are there; a process receives the first, its child the second, it the third")
{
    const size_t sizes[] = {70, 80, 90};
    struct account *account_of_child = driver_shared(sizeof *account_of_child);
    struct channel *ends[2];
    make_ends(ends);
    struct gate gate = gate_make();
    pid_t child = fork_child();
    if (child == 0) {
        channel_close(ends[0]);
        gate_pass(&gate);
        *account_of_child = receive_series(ends[1], (struct series){sizes + 1, 1, 54}, 100);
        _exit(0);
    }
    send_series(ends[0], (struct series){sizes, 3, 53});
    channel_close(ends[0]);
    struct account account = receive_series(ends[1], (struct series){sizes, 1, 53}, 100);
    answer_account("first", &account);
    gate_open(&gate);
    end_of_child(child);
    answer_account("second", account_of_child);
    account = receive_series(ends[1], (struct series){sizes + 2, 1, 55}, 100);
    answer_account("third", &account);
    channel_close(ends[1]);
}

static void ignore_signal(int number)
{
    (void)number;
}

// From now on a signal comes to this process every millisecond; it interrupts what waits.
static void start_signals(void (*handler)(int number))
{
    struct sigaction action = {.sa_handler = handler}; // no SA_RESTART
    struct itimerval timer = {.it_interval.tv_usec = 1000, .it_value.tv_usec = 1000};
    if (sigaction(SIGALRM, &action, NULL) == -1 || setitimer(ITIMER_REAL, &timer, NULL) == -1)
        driver_broken("setitimer");
}

static void stop_signals(void)
{
    struct itimerval none = {0};
    setitimer(ITIMER_REAL, &none, NULL);
}

DRIVE(large, "16 MiB from a child, then to it; the sender always begins first; with `signals` in both")
{
    const size_t sizes[] = {LARGE, 17};
    const struct series from_child = {sizes, 2, 5};
    const struct series to_child = {sizes, 2, 7};
    bool signals = driver_argument("signals", 0) != 0;
    struct account *account_of_child = driver_shared(sizeof *account_of_child);
    struct channel *ends[2];
    make_ends(ends);
    pid_t child = fork_child();
    if (signals)
        start_signals(ignore_signal);
    if (child == 0) {
        channel_close(ends[0]);
        send_series(ends[1], from_child);
        is_readable(ends[1], FOR_EVER);
        *account_of_child = receive_series(ends[1], to_child, 0);
        _exit(0);
    }
    channel_close(ends[1]);
    is_readable(ends[0], FOR_EVER);
    struct account account = receive_series(ends[0], from_child, 0);
    if (account.right == account.expected)
        send_series(ends[0], to_child);
    stop_signals();
    channel_close(ends[0]);
    answer_int("child", end_of_child(child));
    answer_account("from_child", &account);
    answer_account("to_child", account_of_child);
}

DRIVE(cuts, "no call moves more than `first`, `first` + 1 ... `last` bytes; `times` EINTR before each")
{
    const size_t sizes[] = {0, 1, 13, 30};
    int first = (int)driver_argument("first", 1);
    int last = (int)driver_argument("last", 40);
    struct account account = {0};
    struct channel *ends[2];
    make_ends(ends);
    int most = first;
    for (; most <= last; most++) {
        struct series series = {sizes, 4, (uint64_t)most};
        faults_shorten((size_t)most);
        faults_interrupt((int)driver_argument("times", 0));
        bool sent = send_series(ends[0], series) == series.count;
        account = sent ? receive_series(ends[1], series, 10) : (struct account){.expected = -1};
        if (account.right != series.count)
            break;
    }
    faults_shorten(0);
    faults_interrupt(0);
    answer_int("most", most);
    answer_account("cuts", &account);
    close_ends(ends);
}

// --- Too small a buffer

DRIVE(small_buffer, "a message of `size` bytes meets too small buffers, then one that fits exactly")
{
    enum { MOST = 1000 };
    const size_t size = 2 + (size_t)driver_argument("size", 100) % (MOST - 2);
    const size_t capacities[] = {0, size / 2, size - 1};
    const size_t sizes[] = {size, 21};
    const struct series series = {sizes, 2, 11};
    const struct series other = {sizes + 1, 1, 61};
    unsigned char room[MOST + 1];
    int touched = 0;
    struct channel *ends[2], *others[2];
    make_ends(ends);
    make_ends(others);
    send_series(ends[0], series);
    channel_close(ends[0]);
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"none", "half", "almost"};
        size_t got = 777;
        memset(room, UNTOUCHED, sizeof room);
        answer_result(names[i], channel_receive(ends[1], room, capacities[i], &got));
        answer_part(names[i], "size", (int64_t)got);
        touched += count_touched(room, capacities[i], sizeof room);
    }
    answer_int("touched", touched);
    answer_int("message_size", (int64_t)size);
    send_series(others[0], other);
    struct account account = receive_series(others[1], other, 0);
    answer_account("other", &account);
    account = receive_series(ends[1], series, 0);
    answer_account("kept", &account);
    if (account.right == series.count)
        answer_receive("at_end", ends[1]);
    close_ends(others);
    channel_close(ends[1]);
}

// A receive may look at the size alone, or wait for all of the message, before it finds the buffer too
// small. The rest of the message comes when the receive has returned, or sleeps.
DRIVE(kept_message, "polls while a message that did not fit is kept, and after a wrong size")
{
    enum { SIZE = 50 };
    const uint64_t wrong_size = UINT64_MAX;
    unsigned char wire[HEAD + SIZE];
    const size_t sizes[] = {SIZE};
    const struct series series = {sizes, 1, 13};
    size_t got = 0;
    bool ready = false;
    struct gate gate = gate_make();
    struct channel *ends[2], *wrong[2];
    make_ends(ends);
    make_ends(wrong);
    put_on_wire(wire, SIZE, series.first);
    send_raw(ends[0], wire, HEAD);
    pid_t child = fork_child();
    if (child == 0) {
        gate_pass(&gate);
        send_raw(ends[0], wire + HEAD, SIZE);
        _exit(0);
    }
    gate_open_when_asleep(&gate);
    answer_result("receive", channel_receive(ends[1], wire, 10, &got));
    answer_result("poll", channel_poll(ends[1], 0));
    answer_result("wait", channel_wait(&ends[1], 1, 0, &ready));
    answer_int("ready", ready);
    gate_helper_end();
    struct account account = receive_series(ends[1], series, 0);
    answer_account("kept", &account);
    end_of_child(child);
    send_raw(wrong[0], &wrong_size, sizeof wrong_size);
    answer_result("wrong", channel_receive(wrong[1], wire, 10, &got));
    answer_result("wrong_poll", channel_poll(wrong[1], 0));
    close_ends(wrong);
    close_ends(ends);
}

// --- The end

DRIVE(end, "a child sends three messages and ends before they are received")
{
    const size_t sizes[] = {5, 0, 300};
    const struct series series = {sizes, 3, 17};
    struct channel *ends[2];
    make_ends(ends);
    pid_t child = fork_child();
    if (child == 0) {
        send_series(ends[0], series);
        _exit(0);
    }
    channel_close(ends[0]);
    end_of_child(child);
    struct account account = receive_series(ends[1], series, 10);
    answer_account("sent", &account);
    answer_receive("at_end", ends[1]);
    answer_receive("again", ends[1]);
    channel_close(ends[1]);
}

DRIVE(held_end, "one holder of an end closes it, another one sends on it and ends")
{
    const size_t sizes[] = {40};
    const struct series series = {sizes, 1, 19};
    struct gate gate = gate_make();
    struct channel *ends[2];
    make_ends(ends);
    pid_t holder = fork_child();
    if (holder == 0) {
        channel_close(ends[1]);
        gate_pass(&gate);
        send_series(ends[0], series);
        _exit(0);
    }
    pid_t closer = fork_child();
    if (closer == 0) {
        close_ends(ends);
        _exit(0);
    }
    end_of_child(closer);
    channel_close(ends[0]);
    answer_int("held", !is_readable(ends[1], 0));
    gate_open(&gate);
    struct account account = receive_series(ends[1], series, 10);
    end_of_child(holder);
    answer_account("sent", &account);
    answer_receive("at_end", ends[1]);
    channel_close(ends[1]);
}

DRIVE(left_unread, "the other side sends, and ends without having read what was sent to it")
{
    const size_t sizes[] = {5, 0, 300};
    const struct series series = {sizes, 3, 23};
    struct channel *ends[2];
    make_ends(ends);
    send_series(ends[0], series); // nobody will ever receive these
    send_series(ends[1], series);
    channel_close(ends[1]);
    struct account account = receive_series(ends[0], series, 10);
    answer_account("sent", &account);
    answer_receive("at_end", ends[0]);
    answer_receive("again", ends[0]);
    answer_result("send", channel_send(ends[0], "x", 1));
    channel_close(ends[0]);
}

// --- Nobody receives

// What SIGPIPE is set to in a process: whether it is ignored or caught.
static bool sigpipe_is_changed(pid_t pid)
{
    char path[64], line[256];
    unsigned long long set, changed = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        driver_broken(path);
    while (fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "SigIgn: %llx", &set) == 1 || sscanf(line, "SigCgt: %llx", &set) == 1)
            changed |= set;
    fclose(file);
    return (changed >> (SIGPIPE - 1) & 1) != 0;
}

static bool sigpipe_is_pending(void)
{
    sigset_t pending;
    return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
}

static bool sigpipe_is_blocked(void)
{
    sigset_t blocked;
    return sigprocmask(SIG_BLOCK, NULL, &blocked) == 0 && sigismember(&blocked, SIGPIPE) == 1;
}

DRIVE(nobody, "sends when nobody has the other end any more")
{
    struct channel *ends[2];
    make_ends(ends);
    channel_close(ends[1]);
    answer_result("send", channel_send(ends[0], "four", 4));
    answer_result("empty", channel_send(ends[0], "", 0));
    answer_int("changed", sigpipe_is_changed(getpid()));
    answer_int("pending", sigpipe_is_pending());
    answer_int("blocked", sigpipe_is_blocked());
    channel_close(ends[0]);
}

DRIVE(dies_while_sending, "the receiver ends in the middle of a message of 16 MiB")
{
    const size_t sizes[] = {LARGE};
    const struct series series = {sizes, 1, 29};
    int *changed = driver_shared(sizeof *changed);
    unsigned char *message = allocate(LARGE);
    struct channel *ends[2];
    make_ends(ends);
    fill(message, LARGE, series.first);
    pid_t child = fork_child();
    if (child == 0) {
        channel_close(ends[0]);
        is_readable(ends[1], FOR_EVER); // from here on the parent is within its channel_send()
        *changed = sigpipe_is_changed(getppid());
        _exit(0);
    }
    channel_close(ends[1]);
    answer_result("send", channel_send(ends[0], message, LARGE));
    answer_result("again", channel_send(ends[0], message, 1));
    answer_int("changed_within", *changed);
    answer_int("changed", sigpipe_is_changed(getpid()));
    free(message);
    channel_close(ends[0]);
    end_of_child(child);
}

DRIVE(full_queue, "the receiver ends while a sender waits, for nobody has received its messages")
{
    struct channel *ends[2];
    struct {
        int result, error;
    } *last = driver_shared(sizeof *last);
    make_ends(ends);
    pid_t child = fork_child();
    if (child == 0) {
        static unsigned char message[1000];
        channel_close(ends[1]);
        while ((last->result = channel_send(ends[0], message, sizeof message)) == 0)
            continue;
        last->error = errno;
        _exit(0);
    }
    channel_close(ends[0]);
    siginfo_t info = {0};
    while (!thread_is_asleep(child, child) && info.si_pid == 0)
        if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == -1 || sched_yield() == -1)
            driver_broken("waitid");
    channel_close(ends[1]);
    answer_int("child", end_of_child(child));
    answer_int("send", last->result);
    answer_int("send_errno", last->result == -1 ? last->error : 0);
}

// --- What is no message

DRIVE(half_message,
      "a sender ends after 1, 2, 3 ... bytes of its second message; `unread` as in left_unread")
{
    enum { SIZE = 20 };
    bool unread = driver_argument("unread", 0) != 0;
    const size_t sizes[] = {9, SIZE};
    const struct series first = {sizes, 1, 31};
    unsigned char wire[HEAD + SIZE];
    unsigned char room[100];
    size_t whole = put_on_wire(wire, SIZE, 32);
    struct account account = {0};
    static const char *const names[] = {"receive", "again", "third"};
    int results[3] = {0}, errors[3] = {0};
    size_t cut = 0;
    bool right = true;
    while (right && ++cut < whole) {
        struct channel *ends[2];
        make_ends(ends);
        if (unread)
            channel_send(ends[1], "unread", 6);
        send_series(ends[0], first);
        send_raw(ends[0], wire, cut);
        channel_close(ends[0]);
        account = receive_series(ends[1], first, 10);
        for (int i = 0; i < 3; i++) {
            size_t size;
            results[i] = channel_receive(ends[1], room, sizeof room, &size);
            errors[i] = results[i] == -1 ? errno : 0;
            right = right && results[i] == -1 && errors[i] == EBADMSG;
        }
        right = right && account.right == 1;
        channel_close(ends[1]);
    }
    answer_int("cut", (int64_t)cut);
    answer_int("whole", (int64_t)whole);
    answer_account("first", &account);
    for (int i = 0; i < 3; i++) {
        answer_int(names[i], results[i]);
        answer_part(names[i], "errno", errors[i]);
    }
}

DRIVE(size_on_wire,
      "a message's size on the wire is `size`, and nothing follows; the other end stays open")
{
    enum { ROOM = 100 };
    unsigned char room[ROOM + 100];
    uint64_t head = (uint64_t)driver_argument("size", -1);
    size_t size = 777;
    struct channel *ends[2];
    make_ends(ends);
    memset(room, UNTOUCHED, sizeof room);
    send_raw(ends[0], &head, sizeof head);
    if (head <= CHANNEL_SIZE_MAX)
        channel_close(ends[0]); // whoever waits for all of it must not wait for ever
    answer_result("receive", channel_receive(ends[1], room, ROOM, &size));
    answer_int("told", (int64_t)size);
    answer_result("again", channel_receive(ends[1], room, ROOM, &size));
    if (head > CHANNEL_SIZE_MAX)
        send_raw(ends[0], "and then something else", 23);
    answer_result("third", channel_receive(ends[1], room, ROOM, &size));
    answer_int("touched", count_touched(room, ROOM, sizeof room));
    if (head > CHANNEL_SIZE_MAX)
        channel_close(ends[0]);
    channel_close(ends[1]);
}

DRIVE(too_large, "sends more than CHANNEL_SIZE_MAX bytes, then a message of 30")
{
    const size_t sizes[] = {30};
    const struct series series = {sizes, 1, 37};
    static unsigned char message[100];
    struct channel *ends[2];
    make_ends(ends);
    answer_result("more", channel_send(ends[0], message, (size_t)CHANNEL_SIZE_MAX + 1));
    answer_result("most", channel_send(ends[0], message, SIZE_MAX));
    answer_int("on_wire", is_readable(ends[1], 0));
    send_series(ends[0], series);
    struct account account = receive_series(ends[1], series, 10);
    answer_account("next", &account);
    close_ends(ends);
}

DRIVE(wire, "looks at the bytes of a message of `size` bytes on the wire, and puts one there")
{
    enum { MOST = 1000 };
    const size_t size = (size_t)driver_argument("size", 100) % (MOST + 1);
    const size_t sizes[] = {size};
    unsigned char wire[2 * MOST] = {0};
    struct series series = {sizes, 1, 41};
    uint64_t head = 0;
    struct channel *ends[2];
    make_ends(ends);
    send_series(ends[0], series);
    size_t there = 0;
    ssize_t part;
    while ((part = recv(channel_descriptor(ends[1]), wire + there, sizeof wire - there, MSG_DONTWAIT)) >
           0)
        there += (size_t)part;
    memcpy(&head, wire, sizeof head);
    answer_int("there", (int64_t)there);
    answer_int("head", (int64_t)head);
    answer_int("differs_at", first_difference(wire + HEAD, size, series.first));
    send_raw(ends[0], wire, put_on_wire(wire, size, ++series.first));
    struct account account = receive_series(ends[1], series, 10);
    answer_account("received", &account);
    close_ends(ends);
}

// --- Descriptors

static bool is_open(int descriptor)
{
    return fcntl(descriptor, F_GETFD) != -1;
}

static bool closes_on_exec(int descriptor)
{
    int flags = fcntl(descriptor, F_GETFD);
    return flags != -1 && (flags & FD_CLOEXEC) != 0;
}

DRIVE(close_on_exec, "looks whether the ends would be closed by execve")
{
    struct channel *ends[2];
    make_ends(ends);
    for (int i = 0; i < 2; i++) {
        answer_int(i == 0 ? "first" : "second", closes_on_exec(channel_descriptor(ends[i])));
        answer_int(i == 0 ? "first_open" : "second_open", is_open(channel_descriptor(ends[i])));
    }
    close_ends(ends);
}

static void make_sockets(int type, int sockets[2])
{
    if (socketpair(AF_UNIX, type, 0, sockets) == -1)
        driver_broken("socketpair");
}

DRIVE(adopt, "parent and child each adopt a descriptor of a socket pair")
{
    const size_t sizes[] = {12, 0, 500};
    const struct series series = {sizes, 3, 43};
    int sockets[2];
    make_sockets(SOCK_STREAM, sockets);
    pid_t child = fork_child();
    if (child == 0) {
        close(sockets[1]);
        struct channel *inherited = channel_adopt(sockets[0]);
        _exit(inherited != NULL && send_series(inherited, series) == series.count ? 0 : 1);
    }
    close(sockets[0]);
    struct channel *channel = channel_adopt(sockets[1]);
    answer_result("adopt", channel == NULL ? -1 : 0);
    int status = end_of_child(child);
    answer_int("child", status);
    if (channel == NULL)
        return;
    answer_int("same", channel_descriptor(channel) == sockets[1]);
    answer_int("closes_on_exec", closes_on_exec(sockets[1]));
    struct account account = receive_series(channel, series, 10);
    answer_account("sent", &account);
    answer_receive("at_end", channel);
    channel_close(channel);
    answer_int("open", is_open(sockets[1]));
}

// Answers what channel_adopt() says to a descriptor, and whether the descriptor is as before.
static void answer_adopt(const char *name, int descriptor)
{
    int flags = fcntl(descriptor, F_GETFD);
    struct channel *channel = channel_adopt(descriptor);
    answer_result(name, channel == NULL ? -1 : 0);
    answer_part(name, "kept", fcntl(descriptor, F_GETFD) == flags);
    if (channel != NULL)
        channel_close(channel);
}

DRIVE(adopt_refused, "adopts what is no stream socket, and a socket when there is no memory")
{
    int pipe_ends[2], datagrams[2], packets[2], streams[2];
    if (pipe(pipe_ends) == -1)
        driver_broken("pipe");
    make_sockets(SOCK_DGRAM, datagrams);
    make_sockets(SOCK_SEQPACKET, packets);
    make_sockets(SOCK_STREAM, streams);
    answer_adopt("negative", -1);
    answer_adopt("unused", 100);
    answer_adopt("pipe", pipe_ends[0]);
    answer_adopt("datagrams", datagrams[0]);
    answer_adopt("packets", packets[0]);
    faults_fail(FAULTS_MALLOC, 1, ENOMEM);
    int asked = faults_count(FAULTS_MALLOC);
    answer_adopt("no_memory", streams[0]);
    answer_int("asked", faults_count(FAULTS_MALLOC) - asked);
}

// Calls channel_create() and answers result, whether `ends` was written, and what stayed open.
static void answer_create(const char *name)
{
    static char first, second;
    struct channel *const before[2] = {(struct channel *)&first, (struct channel *)&second};
    struct channel *ends[2] = {before[0], before[1]};
    int open = driver_open_descriptors();
    int result = channel_create(ends);
    answer_result(name, result);
    answer_part(name, "written", ends[0] != before[0] || ends[1] != before[1]);
    if (result == 0 && ends[0] != before[0] && ends[1] != before[1])
        close_ends(ends);
    answer_part(name, "left", driver_open_descriptors() - open);
}

DRIVE(failed_create, "creates a channel when there are too few descriptors, or no memory")
{
    faults_fail(FAULTS_SOCKETPAIR, 1, ENFILE);
    answer_create("refused");
    faults_fail(FAULTS_SOCKETPAIR, 0, 0);
    for (int nth = 1; nth <= 3; nth++) {
        static const char *const names[] = {"no_memory_1", "no_memory_2", "no_memory_3"};
        faults_fail(FAULTS_MALLOC, nth, ENOMEM);
        answer_create(names[nth - 1]);
    }
    faults_fail(FAULTS_MALLOC, 0, 0);
    int last = dup(STDIN_FILENO);
    const int first = last;
    for (int next = first; next != -1; next = dup(STDIN_FILENO))
        last = next;
    close(last--); // one is free, and a channel needs two
    answer_create("full");
    for (int descriptor = first; descriptor <= last; descriptor++)
        close(descriptor);
}

DRIVE(closing, "makes and closes channels; one close fails on order")
{
    enum { PAIRS = 30, ERROR = ERANGE };
    struct channel *ends[2];
    int before = driver_open_descriptors();
    for (int i = 0; i < PAIRS; i++) {
        make_ends(ends);
        close_ends(ends);
    }
    answer_int("left", driver_open_descriptors() - before);
    make_ends(ends);
    errno = ERROR;
    channel_close(ends[0]);
    answer_int("kept", errno == ERROR);
    faults_fail(FAULTS_CLOSE, 1, EINTR);
    errno = ERROR;
    channel_close(ends[1]);
    answer_int("kept_when_failing", errno == ERROR);
    errno = ERROR;
    channel_close(NULL);
    answer_int("kept_by_null", errno == ERROR);
    answer_int("left_when_failing", driver_open_descriptors() - before);
    faults_answer();
}

// --- Poll and wait

DRIVE(looks, "polls with timeout 0: nothing there, a message, half a size, the end")
{
    struct channel *ends[2];
    make_ends(ends);
    answer_result("nothing", channel_poll(ends[1], 0));
    channel_send(ends[0], "", 0);
    answer_result("message", channel_poll(ends[1], 0));
    answer_receive("receive", ends[1]);
    answer_result("received", channel_poll(ends[1], 0));
    send_raw(ends[0], "123", 3);
    answer_result("half", channel_poll(ends[1], 0));
    answer_result("other", channel_poll(ends[0], 0));
    channel_close(ends[1]);
    answer_result("ended", channel_poll(ends[0], 0));
    answer_result("ended_for_ever", channel_poll(ends[0], FOR_EVER));
    channel_close(ends[0]);
}

DRIVE(waits, "receives (`what`=0), polls (1) or waits (2) with `timeout`; a message comes when it sleeps")
{
    const size_t sizes[] = {60};
    const struct series series = {sizes, 1, 47};
    int what = (int)driver_argument("what", 0);
    int timeout = (int)driver_argument("timeout", FOR_EVER);
    bool ready[2] = {true, false};
    struct gate gate = gate_make();
    struct channel *ends[2], *silent[2];
    make_ends(ends);
    make_ends(silent);
    pid_t child = fork_child();
    if (child == 0) {
        channel_close(ends[1]);
        gate_pass(&gate);
        send_series(ends[0], series);
        _exit(0);
    }
    gate_open_when_asleep(&gate);
    if (what == 1)
        answer_result("result", channel_poll(ends[1], timeout));
    if (what == 2)
        answer_result("result",
                      channel_wait((struct channel *[]){silent[1], ends[1]}, 2, timeout, ready));
    answer_int("there", what == 0 || is_readable(ends[1], 0));
    answer_int("right_one", what != 2 || (!ready[0] && ready[1]));
    struct account account = receive_series(ends[1], series, 10);
    answer_account("received", &account);
    gate_helper_end();
    end_of_child(child);
    close_ends(ends);
    close_ends(silent);
}

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

// Begins at another moment of a millisecond for each `i`, so that a clock that was rounded down shows.
static int64_t begin_at(int i)
{
    while (monotonic_us() % 1000 < i % 10 * 100)
        continue;
    return monotonic_us();
}

enum { MANY_SIGNALS = 1000 };
static volatile sig_atomic_t signals_seen;

static void count_signal(int number)
{
    (void)number;
    if (++signals_seen >= MANY_SIGNALS)
        stop_signals(); // enough: let whoever begins anew with each signal come to an end
}

DRIVE(timeout,
      "polls and waits 7 ms; `times` EINTR before each wait, or `signals`=1, one each millisecond")
{
    enum { CALLS = 10, SHORT_MS = 7 };
    bool signals = driver_argument("signals", 0) != 0, ready = false;
    struct channel *ends[2];
    make_ends(ends);
    for (int waiting = 0; waiting <= 1; waiting++) {
        const char *name = waiting ? "wait" : "poll";
        int64_t shortest_us = INT64_MAX;
        int result = 0, error = 0, most_signals = 0;
        for (int i = 0; i < CALLS && result == 0 && most_signals < MANY_SIGNALS; i++) {
            faults_interrupt((int)driver_argument("times", 0));
            signals_seen = 0;
            if (signals)
                start_signals(count_signal);
            int64_t begin = begin_at(i);
            result = waiting ? channel_wait(ends, 1, SHORT_MS, &ready) : channel_poll(ends[0], SHORT_MS);
            error = result == -1 ? errno : 0;
            int64_t waited_us = monotonic_us() - begin;
            stop_signals();
            faults_interrupt(0);
            shortest_us = waited_us < shortest_us ? waited_us : shortest_us;
            most_signals = signals_seen > most_signals ? signals_seen : most_signals;
        }
        answer_int(name, result);
        answer_part(name, "errno", error);
        answer_part(name, "shortest_us", shortest_us);
        answer_part(name, "signals", most_signals);
    }
    answer_int("many", MANY_SIGNALS);
    close_ends(ends);
}

// Waits for `count` channels, and answers the result, and where `ready` is wrong.
static void answer_wait(const char *name, struct channel *const channels[], const bool expected[],
                        size_t count)
{
    bool ready[400];
    int64_t wrong_at = -1;
    for (size_t i = 0; i < count; i++)
        ready[i] = !expected[i];
    answer_result(name, channel_wait(channels, count, 0, ready));
    for (size_t i = 0; i < count && wrong_at == -1; i++)
        wrong_at = ready[i] == expected[i] ? -1 : (int64_t)i;
    answer_part(name, "wrong_at", wrong_at);
    answer_part(name, "is_null", wrong_at != -1 && channels[wrong_at] == NULL);
}

DRIVE(wait_many, "waits for 100 channels among `nulls` NULLs, some of them ready; chosen by `seed`")
{
    enum { PAIRS = 50, ROOM = 2 * PAIRS + 300 };
    struct channel *channels[ROOM] = {NULL};
    bool expected[ROOM] = {false};
    unsigned char random[2 * PAIRS];
    int sum = 0;
    size_t nulls = (size_t)driver_argument("nulls", 20) % (ROOM - 2 * PAIRS);
    for (int i = 0; i < PAIRS; i++)
        make_ends(channels + nulls / 2 + 2 * i);
    answer_wait("none", channels, expected, 2 * PAIRS + nulls);
    fill(random, sizeof random, (uint64_t)driver_argument("seed", 1));
    for (size_t i = 0; i < 2 * PAIRS; i++) {
        size_t at = nulls / 2 + i;
        size_t other = nulls / 2 + (i ^ 1);
        expected[at] = random[i] % 3 == 0 || i < 2;
        sum += expected[at];
        if (expected[at])
            channel_send(channels[other], "news", 4);
    }
    answer_wait("some", channels, expected, 2 * PAIRS + nulls);
    answer_int("sum", sum);
    for (int i = 0; i < PAIRS; i++)
        close_ends(channels + nulls / 2 + 2 * i);
}

DRIVE(wait_refused, "waits for no channel, and when there is no memory")
{
    struct channel *const nothing[3] = {NULL};
    bool ready[3] = {true, false, true};
    struct channel *ends[2];
    make_ends(ends);
    channel_send(ends[0], "news", 4);
    answer_result("nulls", channel_wait(nothing, 3, FOR_EVER, ready));
    answer_result("zero", channel_wait(ends, 0, FOR_EVER, ready));
    answer_int("written", !ready[0] || ready[1] || !ready[2]);
    bool as_before[2] = {true, false};
    faults_fail(FAULTS_MALLOC, 1, ENOMEM);
    answer_result("no_memory", channel_wait(ends, 2, 0, as_before));
    faults_fail(FAULTS_MALLOC, 0, 0);
    answer_int("no_memory_before", as_before[0] && !as_before[1]);
    answer_int("no_memory_right", !as_before[0] && as_before[1]);
    close_ends(ends);
}
