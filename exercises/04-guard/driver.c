// Drives: small programs that use the guard module the way a user would.
#define _GNU_SOURCE // program_invocation_name, dup3, pipe2, clearenv
#include "driver.h"
#include "children.h"
#include "faults.h"
#include "gate.h"
#include "guard.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    MOST_STARTS = 5,     // of this program, each by the one before: a chain that has no end is cut
    TOO_MANY = 96,       // exit status of what is cut
    GUARD_RETURNED = 98, // exit status of a spawned process whose guard_main() returned
    NO_STATUS = -1000,   // waitpid() gave none
    MIB = 1024 * 1024,
};

// Descriptors by which functions and drives meet, and the other ends, which only drives have. They are
// close-on-exec, so that nothing but naming them keeps them open.
enum { GATE_AT = 50, REPORT_AT = 60, GATE_END = 105, REPORT_END = 106 };
static const int meeting_points[] = {REPORT_AT, GATE_AT};

static int changed; // by drives, in their own memory only

// --- The functions that spawned processes run ---

static void write_all(int descriptor, const void *bytes, size_t size)
{
    for (const char *rest = bytes; size > 0;) {
        ssize_t part = write(descriptor, rest, size);
        if (part == -1 && errno != EINTR)
            return;
        if (part > 0) {
            rest += part;
            size -= (size_t)part;
        }
    }
}

static int return_number(const void *argument, size_t size)
{
    int number = 0;
    if (size == sizeof number)
        memcpy(&number, argument, sizeof number);
    else
        fprintf(stderr, "the function got an argument of %zu bytes\n", size);
    return number;
}

static int return_31(const void *argument, size_t size)
{
    (void)argument, (void)size;
    return 31;
}

static int return_32(const void *argument, size_t size)
{
    (void)argument, (void)size;
    return 32;
}

static int return_33(const void *argument, size_t size)
{
    (void)argument, (void)size;
    return 33;
}

// What a process says about itself.
struct self {
    int pid, parent, changed;
    uint64_t device, executable;
};

static struct self look_at_self(void)
{
    struct stat status;
    if (stat("/proc/self/exe", &status) == -1)
        driver_broken("/proc/self/exe");
    return (struct self){getpid(), getppid(), changed, status.st_dev, status.st_ino};
}

// Writes to the descriptor whose number is the argument.
static int write_self(const void *argument, size_t size)
{
    struct self self = look_at_self();
    write_all(return_number(argument, size), &self, sizeof self);
    return 0;
}

static void pass_gate(void)
{
    gate_pass(&(struct gate){.read_end = GATE_AT, .write_end = -1});
}

static int arrive_and_wait(const void *argument, size_t size)
{
    write_all(REPORT_AT, "x", 1);
    pass_gate();
    return return_number(argument, size);
}

static uint64_t digest_of(const void *bytes, size_t size) // FNV-1a
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        digest = (digest ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
    return digest;
}

struct digest {
    uint64_t size, digest;
};

static int digest(const void *argument, size_t size)
{
    pass_gate();
    struct digest got = {size, digest_of(argument, size)};
    write_all(REPORT_AT, &got, sizeof got);
    return 0;
}

static void print_at_exit(void)
{
    printf("the exit handler ran\n");
}

static int print_and_return(const void *argument, size_t size)
{
    atexit(print_at_exit);
    printf("printed by the function\n");
    return return_number(argument, size);
}

// Which files are open in a process, by descriptor (0 where there is none), and which are close-on-exec.
enum { MOST_DESCRIPTORS = 128 };
struct table {
    uint64_t file[MOST_DESCRIPTORS];
    int flags[MOST_DESCRIPTORS];
};

static struct table look_at_table(void)
{
    struct table table = {0};
    struct stat status;
    for (int i = 0; i < MOST_DESCRIPTORS; i++) {
        table.flags[i] = fcntl(i, F_GETFD);
        if (fstat(i, &status) == 0)
            table.file[i] = (uint64_t)status.st_dev << 32 ^ status.st_ino ^ UINT64_C(1) << 63;
    }
    return table;
}

static int write_table(const void *argument, size_t size)
{
    (void)argument, (void)size;
    struct table table = look_at_table();
    write_all(REPORT_AT, &table, sizeof table);
    return 0;
}

// Writes the working directory and all of the environment, each ended by '\0'.
static int write_surroundings(const void *argument, size_t size)
{
    (void)argument, (void)size;
    char directory[4096] = "";
    if (getcwd(directory, sizeof directory) == NULL)
        return 1;
    write_all(REPORT_AT, directory, strlen(directory) + 1);
    for (char **entry = environ; entry != NULL && *entry != NULL; entry++)
        write_all(REPORT_AT, *entry, strlen(*entry) + 1);
    return 0;
}

static int wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            return NO_STATUS;
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

// Runs itself again in a process of its own, as often as the argument says. Returns how often it ran.
static int nest(const void *argument, size_t size)
{
    int more = return_number(argument, size) - 1;
    struct spawn spawn = {.function = "nest", .argument = &more, .size = sizeof more};
    if (more == 0)
        return 1;
    if (spawn_start(&spawn) == 0)
        return wait_for(spawn.pid) + 1;
    fprintf(stderr, "message: %.255s\n", spawn.message);
    return 0;
}

static const struct guard_function functions[] = {
    {"on", return_31},
    {"once", return_32},
    {"one", return_33},
    {"return_number", return_number},
    {"write_self", write_self},
    {"arrive_and_wait", arrive_and_wait},
    {"digest", digest},
    {"print_and_return", print_and_return},
    {"write_table", write_table},
    {"write_surroundings", write_surroundings},
    {"nest", nest},
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

// --- What a process of this program does first ---

static int setting(const char *name)
{
    const char *value = getenv(name);
    return value == NULL ? 0 : atoi(value);
}

static void set(const char *name, int value)
{
    char text[16];
    snprintf(text, sizeof text, "%d", value);
    if (setenv(name, text, 1) == -1)
        driver_broken("setenv");
}

// What a process that is started from now on does, instead of calling guard_main() at once.
#define ROLE "DRIVE_ROLE"
enum role { GUARDED, FORGETS, ENDS, LEAVES_CHILD, HIDES, HELD, DISTURBED, TELLS, STARTS_ELSEWHERE };
#define STARTS "DRIVE_STARTS" // how many processes of this program there are in a row
#define NUMBER "DRIVE_NUMBER" // of ENDS: exit status, or minus a signal; of DISTURBED: bytes at a time

static void wait_until_parent_sleeps(void)
{
    enum { LOOKS = 20000 };
    for (int i = 0; i < LOOKS && !thread_is_asleep(getppid(), getppid()); i++)
        sched_yield();
}

static void start_as_the_parent_did(void)
{
    struct spawn spawn = {.function = "return_number"};
    write_all(STDOUT_FILENO, "main runs without a guard\n", 26);
    int result = spawn_start(&spawn);
    dprintf(STDOUT_FILENO, "spawn_start() returned %d there\n", result);
    _exit(0);
}

static void start_elsewhere(void)
{
    int number = setting(NUMBER);
    struct spawn spawn = {.function = "return_number", .argument = &number, .size = sizeof number};
    unsetenv(ROLE); // in its turn, it spawns a guarded process
    if (chdir("/") == -1)
        driver_broken("chdir");
    guard_main(functions, FUNCTIONS);
    if (spawn_start(&spawn) == 0)
        _exit(wait_for(spawn.pid));
    fprintf(stderr, "message: %.255s\n", spawn.message);
    _exit(1);
}

static void play(enum role role)
{
    int number = setting(NUMBER);
    switch (role) {
    case GUARDED:
        break;
    case FORGETS:
        start_as_the_parent_did();
        break;
    case LEAVES_CHILD: // which has a copy of every descriptor
        if (fork() == 0) {
            pass_gate();
            _exit(0);
        }
        _exit(number);
    case ENDS:
        wait_until_parent_sleeps(); // in the middle of its work
        if (number < 0) {
            signal(-number, SIG_DFL); // a sanitizer may have caught it
            raise(-number);
        }
        _exit(number);
    case HIDES:
        for (int i = 3; i < MOST_DESCRIPTORS; i++)
            close(i);
        for (;;)
            pause();
    case HELD:
        write_all(REPORT_AT, "h", 1);
        pass_gate();
        break;
    case DISTURBED:
        faults_interrupt(1);
        faults_shorten((size_t)number);
        break;
    case TELLS:
        write_surroundings(NULL, 0);
        _exit(0);
    case STARTS_ELSEWHERE:
        start_elsewhere();
        break;
    }
}

DRIVER_FIRST
{
    int starts = setting(STARTS) + 1;
    if (starts > MOST_STARTS)
        _exit(TOO_MANY);
    set(STARTS, starts);
    if (starts > 1)
        play((enum role)setting(ROLE));
    guard_main(functions, FUNCTIONS);
    if (starts > 1) {
        dprintf(STDERR_FILENO, "guard_main() returned in the new process\n");
        _exit(GUARD_RETURNED);
    }
}

// --- The drives ---

// Where a drive meets the functions that it has started.
struct scene {
    struct gate gate;
    int report; // to read from
};

static void move_to(int from, int to)
{
    if (dup3(from, to, O_CLOEXEC) == -1)
        driver_broken("dup3");
    close(from);
}

static struct scene make_scene(void)
{
    int ends[2];
    struct gate gate = gate_make();
    if (pipe2(ends, O_CLOEXEC) == -1)
        driver_broken("pipe2");
    move_to(gate.read_end, GATE_AT);
    move_to(gate.write_end, GATE_END);
    move_to(ends[0], REPORT_END);
    move_to(ends[1], REPORT_AT);
    return (struct scene){.gate = {.read_end = GATE_AT, .write_end = GATE_END}, .report = REPORT_END};
}

// Reads what functions have written to REPORT_AT, until they have ended. Nothing can be started any more.
static size_t read_report(const struct scene *scene, void *buffer, size_t size)
{
    size_t got = 0;
    close(REPORT_AT);
    while (got < size) {
        ssize_t part = read(scene->report, (char *)buffer + got, size - got);
        if (part == 0)
            break;
        if (part == -1 && errno != EINTR)
            driver_broken("read");
        if (part > 0)
            got += (size_t)part;
    }
    return got;
}

static struct spawn order(const char *function, const void *argument, size_t size)
{
    return (struct spawn){.function = function,
                          .argument = argument,
                          .size = size,
                          .pid = 12345,
                          .message = "what was here before"};
}

// The same for a function that comes to the meeting points, which make_scene() has opened.
static struct spawn order_to_scene(const char *function, const void *argument, size_t size)
{
    struct spawn spawn = order(function, argument, size);
    spawn.descriptors = meeting_points;
    spawn.descriptor_count = sizeof meeting_points / sizeof *meeting_points;
    return spawn;
}

// Answers what spawn_start() gave, and for a failure what it said.
static void answer_start(const struct spawn *spawn, int result)
{
    answer_result("start", result);
    answer_int("pid", spawn->pid);
    size_t size = strnlen(spawn->message, sizeof spawn->message);
    bool is_text = size > 0 && size < sizeof spawn->message &&
                   strcmp(spawn->message, order(NULL, NULL, 0).message) != 0;
    answer_int("message", result == -1 && is_text);
    answer_int("names_function", result == -1 && is_text && spawn->function != NULL &&
                                     strstr(spawn->message, spawn->function) != NULL);
    answer_int("names_guard", result == -1 && is_text && strstr(spawn->message, "guard_main") != NULL);
    if (result == -1 && is_text)
        fprintf(stderr, "message: %s\n", spawn->message);
}

// Waits for what has been started, and answers how it ended.
static void answer_status(const struct spawn *spawn)
{
    answer_int("status", spawn->pid > 0 ? wait_for(spawn->pid) : NO_STATUS);
}

DRIVE(first_function, "starts a function that returns `number`, and waits for its process")
{
    int number = (int)driver_argument("number", 7);
    struct spawn spawn = {.function = "return_number", .argument = &number, .size = sizeof number};
    answer_start(&spawn, spawn_start(&spawn));
    answer_status(&spawn);
}

DRIVE(named_descriptor,
      "a function writes to the descriptor `at`, which is close-on-exec here if `cloexec`")
{
    int at = (int)driver_argument("at", 20);
    struct scene scene = make_scene();
    if (dup3(REPORT_AT, at, driver_argument("cloexec", 1) ? O_CLOEXEC : 0) == -1)
        driver_broken("dup3");
    struct spawn spawn = order_to_scene("write_self", &at, sizeof at);
    spawn.descriptors = &at;
    spawn.descriptor_count = 1;
    answer_start(&spawn, spawn_start(&spawn));
    close(at);
    struct self self;
    answer_int("size", (int64_t)read_report(&scene, &self, sizeof self));
    answer_int("expected_size", sizeof self);
    answer_status(&spawn);
}

DRIVE(new_program, "a global is changed; then a spawned function and a forked child look at it")
{
    int at = REPORT_AT;
    struct scene scene = make_scene();
    struct spawn spawn = order_to_scene("write_self", &at, sizeof at);
    struct self self = {0};
    struct self own = look_at_self();
    changed = 1;
    answer_start(&spawn, spawn_start(&spawn));
    read_report(&scene, &self, sizeof self);
    if (spawn.pid > 0)
        wait_for(spawn.pid);
    answer_int("own_pid", own.pid);
    answer_int("seen_pid", self.pid);
    answer_int("seen_parent", self.parent);
    answer_int("spawned_sees", self.changed);
    answer_int("same_executable", self.device == own.device && self.executable == own.executable);
    pid_t copy = fork();
    if (copy == 0)
        _exit(changed);
    answer_int("forked_sees", wait_for(copy));
}

DRIVE(two_at_once, "two functions run, and neither ends before both have been started")
{
    struct scene scene = make_scene();
    struct spawn spawns[2];
    int started = 0;
    int right = 0;
    for (int i = 0; i < 2; i++) {
        int number = 11 + i;
        spawns[i] = order_to_scene("arrive_and_wait", &number, sizeof number);
        started += spawn_start(&spawns[i]) == 0;
    }
    gate_open(&scene.gate);
    char arrivals[8];
    answer_int("arrived", (int64_t)read_report(&scene, arrivals, sizeof arrivals));
    for (int i = 0; i < 2; i++)
        right += spawns[i].pid > 0 && wait_for(spawns[i].pid) == 11 + i;
    answer_int("started", started);
    answer_int("right", right);
}

DRIVE(
    bytes,
    "a function gets `size` bytes of the input, or zeros; the caller overwrites its own after the start")
{
    static unsigned char input[2 * MIB];
    size_t size = (size_t)driver_argument("size", 100000);
    driver_input(input, size);
    struct scene scene = make_scene();
    struct spawn spawn = order_to_scene("digest", size == 0 ? NULL : input, size);
    struct digest sent = {size, digest_of(input, size)};
    struct digest got = {0};
    answer_start(&spawn, spawn_start(&spawn));
    memset(input, 0x55, sizeof input);
    gate_open(&scene.gate);
    answer_int("ran", read_report(&scene, &got, sizeof got) == sizeof got);
    answer_int("size", (int64_t)got.size);
    answer_int("same", got.digest == sent.digest);
    answer_status(&spawn);
}

DRIVE(by_name, "starts number `which` (0 to 2) of three functions whose names begin alike")
{
    int which = (int)driver_argument("which", 2) % 3;
    struct spawn spawn = {.function = functions[which].name};
    answer_start(&spawn, spawn_start(&spawn));
    answer_status(&spawn);
}

DRIVE(exit_status, "a function prints, registers an exit handler and returns `number`")
{
    int number = (int)driver_argument("number", 7);
    struct spawn spawn = {.function = "print_and_return", .argument = &number, .size = sizeof number};
    answer_start(&spawn, spawn_start(&spawn));
    answer_status(&spawn);
}

// Closes those of the standard streams that are in `mask`; copies to bring them back are in `copies`.
static void close_streams(int mask, int copies[3])
{
    fflush(NULL);
    for (int i = 0; i < 3; i++) {
        copies[i] = (mask >> i & 1) ? fcntl(i, F_DUPFD_CLOEXEC, 100) : -1;
        if (copies[i] != -1)
            close(i);
    }
}

static void bring_streams_back(const int copies[3])
{
    for (int i = 0; i < 3; i++)
        if (copies[i] != -1 && (dup2(copies[i], i) == -1 || close(copies[i]) == -1))
            driver_broken("dup2");
}

// Answers how the function's descriptors differ from what they should be.
static void answer_table(const struct table *own, const struct table *seen, int named)
{
    int missing = 0, leaked = 0, strange = 0, streams = 0;
    for (int i = 0; i < MOST_DESCRIPTORS; i++) {
        bool wanted = i < 3 || i == named || i == REPORT_AT;
        if (seen->file[i] == (wanted ? own->file[i] : 0))
            continue;
        streams += i < 3;
        missing += wanted && i >= 3;
        leaked += !wanted && seen->file[i] == own->file[i];
        strange += !wanted && seen->file[i] != own->file[i];
        fprintf(stderr, "descriptor %d: %s here, %s in the function\n", i,
                own->file[i] == 0 ? "closed" : "open",
                seen->file[i] == 0              ? "closed"
                : seen->file[i] == own->file[i] ? "the same"
                                                : "another file");
    }
    answer_int("streams", streams);
    answer_int("missing", missing);
    answer_int("leaked", leaked);
    answer_int("strange", strange);
}

DRIVE(open_there,
      "a function lists its descriptors; `named` is named, `first`, `second`, `third` are not; "
      "standard streams in the mask `closed` are closed")
{
    const char *leaks[] = {"first", "second", "third"};
    const int otherwise[] = {7, 20, 90};
    int copies[3];
    struct scene scene = make_scene();
    int named = (int)driver_argument("named", 30);
    if (dup3(GATE_AT, named, O_CLOEXEC) == -1)
        driver_broken("dup3");
    for (int i = 0; i < 3; i++)
        if (dup2(GATE_AT, (int)driver_argument(leaks[i], otherwise[i])) == -1)
            driver_broken("dup2");
    struct spawn spawn = order_to_scene("write_table", NULL, 0);
    const int both[] = {named, REPORT_AT};
    spawn.descriptors = both;
    close_streams((int)driver_argument("closed", 0), copies);
    struct table own = look_at_table();
    struct table seen = {0};
    int result = spawn_start(&spawn);
    int error = errno;
    struct table after = look_at_table();
    bring_streams_back(copies);
    errno = error;
    answer_start(&spawn, result);
    answer_int("ran", read_report(&scene, &seen, sizeof seen) == sizeof seen);
    answer_status(&spawn);
    answer_int("unchanged", memcmp(own.file, after.file, sizeof own.file) == 0);
    answer_int("flags_unchanged", memcmp(own.flags, after.flags, sizeof own.flags) == 0);
    answer_table(&own, &seen, named);
}

DRIVE(many_named,
      "`count` descriptors are named, in an order of their own; a function lists what is open")
{
    enum { LOWEST = 4, NUMBERS = 101 }; // a prime: no number comes twice
    int descriptors[MOST_DESCRIPTORS] = {REPORT_AT};
    int count = (int)driver_argument("count", 100);
    int differ = 0;
    struct scene scene = make_scene();
    for (int i = 1; i < count; i++) {
        descriptors[i] = LOWEST + (i * 37) % NUMBERS;
        if (fcntl(descriptors[i], F_GETFD) == -1 && dup3(GATE_AT, descriptors[i], O_CLOEXEC) == -1)
            driver_broken("dup3");
    }
    struct spawn spawn = order("write_table", NULL, 0);
    spawn.descriptors = descriptors;
    spawn.descriptor_count = (size_t)count;
    struct table own = look_at_table();
    struct table seen = {0};
    answer_start(&spawn, spawn_start(&spawn));
    for (int i = 1; i < count; i++)
        if (descriptors[i] != REPORT_AT)
            close(descriptors[i]);
    read_report(&scene, &seen, sizeof seen);
    for (int i = 0; i < count; i++)
        differ += seen.file[descriptors[i]] != own.file[descriptors[i]];
    answer_int("differ", differ);
    answer_status(&spawn);
}

static bool holds(const char *text, size_t size, const char *entry)
{
    for (const char *at = text; at < text + size; at += strlen(at) + 1)
        if (strcmp(at, entry) == 0)
            return true;
    return false;
}

static int environment_size(void)
{
    int size = 0;
    while (environ != NULL && environ[size] != NULL)
        size++;
    return size;
}

static bool is_of_the_drive(const char *entry)
{
    return strncmp(entry, STARTS "=", strlen(STARTS "=")) == 0;
}

static bool is_in_environment(const char *entry)
{
    for (char **own = environ; own != NULL && *own != NULL; own++)
        if (strcmp(*own, entry) == 0)
            return true;
    return false;
}

// What a function or TELLS has written of its surroundings.
struct surroundings {
    char text[256 * 1024];
    size_t size;
};

static struct surroundings *read_surroundings(const struct scene *scene)
{
    static struct surroundings seen;
    seen.size = read_report(scene, seen.text, sizeof seen.text - 1);
    return &seen;
}

DRIVE(surroundings, "a function looks at its environment and its working directory; the environment here "
                    "is empty if `cleared`")
{
    struct scene scene = make_scene();
    int missing = 0, strange = 0;
    char directory[4096] = "";
    if (setenv("DRIVE_RANDOM", "=a value, with \"signs\"\n", 1) == -1 || chdir("/proc") == -1 ||
        getcwd(directory, sizeof directory) == NULL)
        driver_broken("chdir");
    set(NUMBER, (int)driver_argument("number", 5));
    if (driver_argument("cleared", 0))
        clearenv();
    struct spawn spawn = order_to_scene("write_surroundings", NULL, 0);
    int before = environment_size();
    answer_start(&spawn, spawn_start(&spawn));
    answer_int("own_changed", environment_size() != before);
    const struct surroundings *seen = read_surroundings(&scene);
    for (const char *entry = seen->text; entry < seen->text + seen->size; entry += strlen(entry) + 1) {
        if (entry == seen->text || is_of_the_drive(entry) || is_in_environment(entry))
            continue;
        fprintf(stderr, "only in the function's environment: %s\n", entry);
        strange++;
    }
    for (char **own = environ; own != NULL && *own != NULL; own++) {
        if (is_of_the_drive(*own) || holds(seen->text, seen->size, *own))
            continue;
        fprintf(stderr, "not in the function's environment: %s\n", *own);
        missing++;
    }
    answer_int("ran", seen->size > 0);
    answer_status(&spawn);
    answer_int("same_directory", seen->size > 0 && strcmp(seen->text, directory) == 0);
    answer_int("missing", missing);
    answer_int("strange", strange);
}

DRIVE(elsewhere, "a program whose argv[0] is nonsense and whose working directory is / starts a function "
                 "that returns `number`")
{
    set(NUMBER, (int)driver_argument("number", 7));
    set(ROLE, STARTS_ELSEWHERE);
    pid_t pid = fork();
    if (pid == 0) {
        execl("/proc/self/exe", "no/such/program", (char *)NULL);
        _exit(DRIVER_BROKEN);
    }
    answer_int("status", wait_for(pid));
}

DRIVE(nested, "a spawned function spawns, and so on: `levels` processes in a row")
{
    int levels = (int)driver_argument("levels", 3);
    struct spawn spawn = {.function = "nest", .argument = &levels, .size = sizeof levels};
    answer_start(&spawn, spawn_start(&spawn));
    answer_status(&spawn);
}

DRIVE(unknown_name,
      "starts a function that the guard does not know, with an argument of `size` bytes; its "
      "name is long if `long`")
{
    static char argument[2 * MIB];
    static char name[1000];
    struct {
        struct spawn spawn;
        char behind[2 * sizeof name];
    } memory;
    memset(name, 'z', sizeof name - 1);
    memset(memory.behind, 0, sizeof memory.behind);
    memory.spawn =
        order(driver_argument("long", 0) ? name : "ones", argument, (size_t)driver_argument("size", 0));
    int before = driver_open_descriptors();
    answer_start(&memory.spawn, spawn_start(&memory.spawn));
    answer_int("descriptors_left", driver_open_descriptors() - before);
    answer_int("shows_name", memmem(memory.spawn.message, SPAWN_MESSAGE_SIZE, "zzzzzzzz", 8) != NULL);
    size_t written = 0;
    for (size_t i = 0; i < sizeof memory.behind; i++)
        written += memory.behind[i] != 0;
    answer_int("written_behind", (int64_t)written);
}

// Whether the message tells the way in which a process ended.
static bool tells_end(const char *message, int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", abs(number));
    return strstr(message, digits) != NULL ||
           (number < 0 && (strcasestr(message, strsignal(-number)) != NULL ||
                           strstr(message, sigabbrev_np(-number)) != NULL));
}

DRIVE(early_end, "the new process ends before it calls guard_main(): with status `number`, or by the "
                 "signal -`number`; the argument has `size` bytes")
{
    static char argument[2 * MIB];
    int number = (int)driver_argument("number", 3);
    set(NUMBER, number);
    set(ROLE, driver_argument("hides", 0) ? HIDES : ENDS);
    struct spawn spawn = order("return_number", argument, (size_t)driver_argument("size", 0));
    int before = driver_open_descriptors();
    answer_start(&spawn, spawn_start(&spawn));
    answer_int("descriptors_left", driver_open_descriptors() - before);
    struct sigaction pipe_action;
    sigaction(SIGPIPE, NULL, &pipe_action);
    answer_int("sigpipe_changed", pipe_action.sa_handler != SIG_DFL);
    answer_int("tells_end", memchr(spawn.message, '\0', sizeof spawn.message) != NULL &&
                                tells_end(spawn.message, number));
}

DRIVE(child_left,
      "the new process forks, and ends with status `number` before it calls guard_main(); its "
      "child lives on; the argument has `size` bytes")
{
    static char argument[2 * MIB];
    struct scene scene = make_scene();
    struct spawn spawn = order_to_scene("return_number", argument, (size_t)driver_argument("size", 0));
    set(NUMBER, (int)driver_argument("number", 3));
    set(ROLE, LEAVES_CHILD);
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
        driver_broken("prctl");
    int before = driver_open_descriptors();
    answer_start(&spawn, spawn_start(&spawn));
    answer_int("descriptors_left", driver_open_descriptors() - before);
    gate_open(&scene.gate);
    while (wait(NULL) > 0 || errno == EINTR) // its child has come to us
        continue;
}

static volatile sig_atomic_t childs_status;

static void note_status(int signal_number, siginfo_t *info, void *context)
{
    (void)signal_number, (void)context;
    childs_status = info->si_code == CLD_EXITED ? info->si_status : -info->si_status;
}

DRIVE(forgotten_guard, "main has no guard, so the new process comes to spawn_start(), too; the argument "
                       "has `size` bytes")
{
    static char argument[2 * MIB];
    struct sigaction action = {.sa_sigaction = note_status, .sa_flags = SA_SIGINFO | SA_RESTART};
    struct scene scene = make_scene();
    struct spawn spawn = order_to_scene("return_number", argument, (size_t)driver_argument("size", 0));
    int copies[3];
    char said[1024] = "";
    set(ROLE, FORGETS);
    if (sigaction(SIGCHLD, &action, NULL) == -1)
        driver_broken("sigaction");
    int before = driver_open_descriptors();
    close_streams(1 << STDERR_FILENO, copies);
    if (dup2(REPORT_AT, STDERR_FILENO) == -1)
        driver_broken("dup2");
    int result = spawn_start(&spawn);
    int error = errno;
    bring_streams_back(copies);
    errno = error;
    answer_start(&spawn, result);
    answer_int("descriptors_left", driver_open_descriptors() - before);
    if (spawn.pid > 0)
        wait_for(spawn.pid);
    read_report(&scene, said, sizeof said - 1);
    fprintf(stderr, "on standard error: %s\n", said);
    answer_int("said", strstr(said, "guard") != NULL);
    answer_int("child_status", childs_status);
}

// The name of a variable that the new process has, and this one has not.
static const char *variable_of_the_module(void)
{
    struct scene scene = make_scene();
    struct spawn spawn = order_to_scene("return_number", NULL, 0);
    set(ROLE, TELLS);
    if (spawn_start(&spawn) == 0)
        wait_for(spawn.pid);
    const struct surroundings *seen = read_surroundings(&scene);
    unsetenv(ROLE);
    const char *text = seen->text + strlen(seen->text) + 1; // behind the working directory
    for (; text < seen->text + seen->size; text += strlen(text) + 1)
        if (!is_of_the_drive(text) && strncmp(text, ROLE, strlen(ROLE)) != 0 && !is_in_environment(text))
            return text;
    return NULL;
}

// Calls guard_main() here, in an ordinary process, with a variable that nobody has set for it.
static bool call_with(const char *variable, const char *value)
{
    int number = 9;
    char name[128];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(variable, "="), variable);
    fprintf(stderr, "an ordinary process calls guard_main() with %s=%s\n", name, value);
    if (setenv(name, value, 1) == -1)
        driver_broken("setenv");
    guard_main(functions, FUNCTIONS);
    struct spawn spawn = {.function = "return_number", .argument = &number, .size = sizeof number};
    if (spawn_start(&spawn) == 0)
        return wait_for(spawn.pid) == number;
    fprintf(stderr, "message: %.255s\n", spawn.message);
    return false;
}

DRIVE(ordinary,
      "calls guard_main() in a process that nobody has spawned, also with leftovers of others in "
      "the environment")
{
    guard_main(functions, FUNCTIONS);
    guard_main(NULL, 0);
    const char *variable = variable_of_the_module();
    int wrong = 0;
    if (variable != NULL) {
        const char *left = variable + strcspn(variable, "=") + 1; // names a process that is gone
        int number = atoi(left);
        const char *values[] = {"", "nonsense", "-1", "999999999999", left};
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            wrong += !call_with(variable, values[i]);
        int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (file != -1 && number > 3 && number != file && fcntl(number, F_GETFD) == -1)
            move_to(file, number);
        wrong += !call_with(variable, left);
    }
    answer_int("wrong", wrong);
}

DRIVE(misuse, "makes every mistake that the header names")
{
    struct scene scene = make_scene();
    int lowest = fcntl(scene.report, F_DUPFD_CLOEXEC, 0); // would be the module's own
    int next = fcntl(scene.report, F_DUPFD_CLOEXEC, 0);
    close(lowest);
    close(next);
    const struct {
        const char *name;
        const char *function;
        const void *argument;
        int descriptor;
    } mistakes[] = {
        {"no_name", NULL, "", REPORT_AT},
        {"no_argument", "return_number", NULL, REPORT_AT},
        {"no_descriptors", "return_number", "", REPORT_AT},
        {"closed", "return_number", "", 77},
        {"lowest", "return_number", "", lowest},
        {"next", "return_number", "", next},
        {"negative", "return_number", "", -1},
        {"huge", "return_number", "", 1 << 30},
    };
    int stale = 0, silent = 0;
    int before = driver_open_descriptors();
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        int descriptors[] = {REPORT_AT, mistakes[i].descriptor};
        struct spawn spawn = order(mistakes[i].function, mistakes[i].argument, 1);
        spawn.descriptor_count = 2;
        spawn.descriptors = strcmp(mistakes[i].name, "no_descriptors") == 0 ? NULL : descriptors;
        answer_result(mistakes[i].name, spawn_start(&spawn));
        if (spawn.pid > 0 && spawn.pid != 12345)
            wait_for(spawn.pid);
        fprintf(stderr, "message: %.255s\n", spawn.message);
        stale += spawn.pid != 0;
        silent += mistakes[i].function != NULL && strstr(spawn.message, mistakes[i].function) == NULL;
    }
    answer_int("stale", stale);
    answer_int("silent", silent);
    answer_int("descriptors_left", driver_open_descriptors() - before);
}

DRIVE(failing_call,
      "posix_spawn or fork fails (`which` = 0), or socketpair does (1); then it is tried again")
{
    int number = 8;
    int which = (int)driver_argument("which", 0);
    struct spawn spawn = order_to_scene("return_number", &number, sizeof number);
    make_scene();
    if (which == 0)
        faults_fail(FAULTS_FORK, 1, EAGAIN); // for those who do it on foot
    faults_fail(which == 0 ? FAULTS_SPAWN : FAULTS_SOCKETPAIR, 1, which == 0 ? EAGAIN : ENFILE);
    int before = driver_open_descriptors();
    errno = 0;
    answer_start(&spawn, spawn_start(&spawn));
    answer_int("descriptors_left", driver_open_descriptors() - before);
    answer_int("called", faults_count(FAULTS_SOCKETPAIR) > 0 || which == 0);
    if (spawn.pid > 0)
        wait_for(spawn.pid);
    faults_fail(FAULTS_FORK, 0, 0);
    answer_result("again", spawn_start(&spawn));
    answer_status(&spawn);
}

DRIVE(few_descriptors,
      "starts a function when there is hardly room for a descriptor, then for one more, and so on; "
      "standard streams in the mask `closed` are closed")
{
    enum { MOST = 40 };
    int number = 8;
    int copies[3];
    int wrong = 0, left = 0, tries = 0, result = -1;
    struct rlimit limit;
    struct spawn spawn = {.function = "return_number"};
    close_streams((int)driver_argument("closed", 0), copies);
    getrlimit(RLIMIT_NOFILE, &limit);
    rlim_t usual = limit.rlim_cur;
    for (limit.rlim_cur = 4; result == -1 && tries < MOST; tries++, limit.rlim_cur++) {
        spawn = order("return_number", &number, sizeof number);
        struct table before = look_at_table();
        if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
            break;
        result = spawn_start(&spawn);
        int error = errno;
        struct table after = look_at_table();
        left += memcmp(&before, &after, sizeof before) != 0;
        if (result == -1 && (spawn.pid != 0 || strstr(spawn.message, "return_number") == NULL ||
                             (error != EMFILE && error != ECANCELED))) {
            if (wrong++ == 0)
                fprintf(stderr, "with descriptors up to %d: %s, pid %d, message: %.255s\n",
                        (int)limit.rlim_cur - 1, strerrorname_np(error), (int)spawn.pid, spawn.message);
        }
    }
    limit.rlim_cur = usual;
    setrlimit(RLIMIT_NOFILE, &limit);
    bring_streams_back(copies);
    answer_int("tries", tries);
    answer_int("wrong", wrong);
    answer_int("left", left);
    answer_int("status", result == 0 ? wait_for(spawn.pid) : NO_STATUS);
}

DRIVE(disturbed, "calls are interrupted `times` times each, and move `most` bytes at a time, here and in "
                 "the new process")
{
    static unsigned char argument[16 * 1024];
    int most = (int)driver_argument("most", 5);
    struct scene scene = make_scene();
    struct digest sent, got = {0};
    for (size_t i = 0; i < sizeof argument; i++)
        argument[i] = (unsigned char)(i * i >> 3);
    sent = (struct digest){sizeof argument, digest_of(argument, sizeof argument)};
    set(NUMBER, most);
    set(ROLE, DISTURBED);
    gate_open(&scene.gate);
    faults_shorten((size_t)most);
    faults_interrupt((int)driver_argument("times", 2));
    struct spawn spawn = order_to_scene("digest", argument, sizeof argument);
    answer_start(&spawn, spawn_start(&spawn));
    struct spawn unknown = order_to_scene("ones", argument, sizeof argument);
    answer_result("unknown", spawn_start(&unknown));
    set(ROLE, ENDS);
    struct spawn ends = order_to_scene("digest", argument, sizeof argument);
    answer_result("ends", spawn_start(&ends));
    answer_int("ran", read_report(&scene, &got, sizeof got) == sizeof got);
    answer_int("same", got.size == sent.size && got.digest == sent.digest);
    answer_status(&spawn);
}

DRIVE(lost_parent,
      "a process that starts a function is killed before the new process calls guard_main(); "
      "the argument has `size` bytes")
{
    static char argument[2 * MIB];
    struct scene scene = make_scene();
    struct spawn spawn =
        order_to_scene("arrive_and_wait", argument, (size_t)driver_argument("size", MIB));
    char arrivals[8] = "";
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1)
        driver_broken("prctl");
    set(ROLE, HELD);
    pid_t starter = fork();
    if (starter == 0)
        _exit(spawn_start(&spawn) == 0 ? 0 : 1);
    struct pollfd held = {.fd = scene.report, .events = POLLIN};
    close(REPORT_AT);
    while (poll(&held, 1, -1) == -1 && errno == EINTR)
        continue;
    kill(starter, SIGKILL);
    answer_int("starter", wait_for(starter));
    gate_open(&scene.gate);
    size_t arrived = read_report(&scene, arrivals, sizeof arrivals);
    answer_int("held", memchr(arrivals, 'h', arrived) != NULL);
    answer_int("ran", memchr(arrivals, 'x', arrived) != NULL);
    while (wait(NULL) > 0 || errno == EINTR) // the new process has come to us
        continue;
}
