// What a drive needs: a drive is a small program that uses the learner's module the way a user would.
// It is linked with that module and runs in the sandbox; it never judges. The examiner gives it
// arguments and an input, and takes back one answer: named values.
//
// Where a call here fails for lack of something that programs use up, the drive ends with status
// DRIVER_EXHAUSTED. For any other reason the machine is to blame and not the learner: then it ends with
// DRIVER_BROKEN, which the examiner does not mark.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
    DRIVER_EXHAUSTED = 119, // exit status: no descriptor, process or memory was left for the drive
    DRIVER_BROKEN = 120,    // exit status: the drive itself failed
    DRIVER_SILENCED = 121,  // exit status: somebody has closed the descriptor of the answer
    DRIVER_UNKNOWN = 122,   // exit status: there is no such drive
};

// Defines the drive NAME. `make run E=... D=NAME` runs it by hand, so it must do something sensible
// without arguments, too. When the body returns, the answer is sent. (A child that returns into the
// body sends a second answer: so it is found out.)
#define DRIVE(name, description)                                                                         \
    static void drive_##name(void);                                                                      \
    __attribute__((constructor)) static void register_##name(void)                                       \
    {                                                                                                    \
        static struct driver_drive drive = {#name, description, drive_##name, NULL};                     \
        driver_register(&drive);                                                                         \
    }                                                                                                    \
    static void drive_##name(void)

// Defines what main does before anything else, in every process that runs this program: also in one that
// a drive has started anew by execve(2), which has neither drive nor answer. At most one in a program.
#define DRIVER_FIRST                                                                                     \
    static void driver_first_body(void);                                                                 \
    __attribute__((constructor)) static void register_first(void)                                        \
    {                                                                                                    \
        driver_first = driver_first_body;                                                                \
    }                                                                                                    \
    static void driver_first_body(void)
extern void (*driver_first)(void); // for DRIVER_FIRST

struct driver_drive {
    const char *name;
    const char *description;
    void (*body)(void);
    struct driver_drive *next;
};
void driver_register(struct driver_drive *drive); // for DRIVE()

// The number that was given as `name=NUMBER`, or `otherwise` if there is none.
int64_t driver_argument(const char *name, int64_t otherwise);

// The input: up to `size` bytes of it. Returns how many there were.
size_t driver_input(void *buffer, size_t size);

// Adds a value to the answer. Names are C identifiers, but not "end" and "broken"; a name may be answered
// once.
void answer_int(const char *name, int64_t value);
void answer_bytes(const char *name, const void *bytes, size_t size);

// Adds the result of a call under `name`, and its errno (0 unless the result is -1) under `name`_errno.
void answer_result(const char *name, int result);

// Zeroed memory that this process shares with all children that it starts afterwards.
void *driver_shared(size_t size);

// What is mapped at `address` of this process: NULL if nothing is, else the file as /proc/self/maps names
// it: "/dev/shm/NAME", "/memfd:NAME (deleted)", "/dev/zero (deleted)" for shared memory without a name,
// "" for memory of this process alone. Valid until the next call.
const char *driver_mapped_file(const void *address);

// How many bytes of shared memory this process has mapped, files included.
int64_t driver_shared_memory(void);

// How many descriptors this process has open.
int driver_open_descriptors(void);

// Ends the drive as broken: prints `what` and errno's text.
_Noreturn void driver_broken(const char *what);
