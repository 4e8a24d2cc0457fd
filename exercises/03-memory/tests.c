// What memory.h promises, sentence by sentence.
#include "examiner.h"
#include "memory.h"
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static const char *const kinds[] = {"COUNTER_PRIVATE", "COUNTER_UNSAFE", "COUNTER_LOCKED",
                                    "COUNTER_ATOMIC"};
static const char *const worker_kinds[] = {"COUNTER_PROCESSES", "COUNTER_THREADS"};
static const char *const worker_names[] = {"processes", "threads"};

// For a function that returns a pointer: "gave NULL (EINVAL)", or "gave a block".
static const char *pointer_text(const struct outcome *outcome, const char *name, const char *what)
{
    static char text[64];
    char name_of_errno[64];
    snprintf(name_of_errno, sizeof name_of_errno, "%s_errno", name);
    if (answered(outcome, name) == 0)
        snprintf(text, sizeof text, "gave %s", what);
    else
        snprintf(text, sizeof text, "gave NULL (%s)", error_name(answered(outcome, name_of_errno)));
    return text;
}

// The signal that ended a child of the drive: "signal 11 (Segmentation fault)".
static const char *signal_of_child(const struct outcome *outcome)
{
    static char text[64];
    int number = (int)answered(outcome, "child_signal");
    snprintf(text, sizeof text, "signal %d (%s)", number, strsignal(number));
    return text;
}

static void expect_block(const struct outcome *outcome, int64_t size)
{
    cr_assert(answered(outcome, "create") == 0,
              "memory_create(%" PRId64
              ") %s, expected a block: zeroed memory from mmap() with MAP_SHARED "
              "| MAP_ANONYMOUS.",
              size, pointer_text(outcome, "create", "a block"));
}

static void expect_counter(const struct outcome *outcome, int kind)
{
    cr_assert(answered(outcome, "create") == 0,
              "counter_create(%s, ...) %s, expected a counter. Allocate a struct counter, and keep the "
              "kind, the pause and its argument in it.",
              kinds[kind], pointer_text(outcome, "create", "a counter"));
}

// Whether the drive had to be stopped: it slept for ever, or it never came to an end otherwise.
static bool never_ended(const struct outcome *outcome)
{
    int status = outcome->report.wait_status;
    return outcome->limit == LIMIT_STALL || outcome->limit == LIMIT_TIME ||
           (outcome->limit == LIMIT_NONE && WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU);
}

static bool crashed(const struct outcome *outcome)
{
    int status = outcome->report.wait_status;
    return outcome->reported && outcome->limit == LIMIT_NONE && WIFSIGNALED(status) &&
           WTERMSIG(status) != SIGXCPU;
}

// Fails the test at once if the drive, or the child of it that has answered, ended by SIGBUS.
static void expect_no_bus_error(const struct outcome *outcome)
{
    bool ended = outcome->reported && outcome->limit == LIMIT_NONE;
    int status = outcome->report.wait_status;
    cr_assert(
        !ended || !WIFSIGNALED(status) || WTERMSIG(status) != SIGBUS,
        "SIGBUS: a byte of the block has no memory behind it. A file has to be as large as what is "
        "mapped of it, your head in front of the block included: ftruncate() before mmap(). Or take "
        "MAP_ANONYMOUS, which needs no file.");
}

GRADED(memory, a_child_writes_and_its_parent_reads, 10,
       "what a child writes into a block, its parent reads")
{
    int number = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("first_block", (struct drive){.arguments = arguments("number=%d", number)});
    expect_no_bus_error(&outcome);
    expect_answer(&outcome);
    cr_assert(answered(&outcome, "create") == 0,
              "memory_create(4) %s, expected a block. Start here: ask mmap() for memory.",
              pointer_text(&outcome, "create", "a block"));
    cr_assert(answered(&outcome, "child_signal") == 0,
              "The child was ended by %s when it wrote into the block.", signal_of_child(&outcome));
    cr_assert(
        answered(&outcome, "read") == number,
        "The child wrote %d, and its parent read %d afterwards. A child gets a copy of its parent's "
        "memory, and writes into the copy, unless the memory was made to be shared: MAP_SHARED in "
        "mmap(2).",
        number, (int)answered(&outcome, "read"));
    expect_clean(&outcome);
}

// The first tests of memory and of counters come before all others of their part.
#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, memory, name, points, description)
#define AFTER_BLOCK(name, points, description)                                                           \
    AFTER("a_child_writes_and_its_parent_reads", name, points, description)

AFTER_BLOCK(every_byte_is_shared, 5,
            "parent, child and grandchild can write every byte, and read what the others wrote")
{
    const int64_t sizes[] = {
        1, 64, 4032, 4096, 4097, 65536, 2 * 1024 * 1024, random_between(100, 500000)};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct outcome outcome =
            drive("every_byte", (struct drive){.arguments = arguments("size=%" PRId64, sizes[i])});
        expect_no_bus_error(&outcome);
        expect_clean(&outcome);
        expect_block(&outcome, sizes[i]);
        cr_assert(answered(&outcome, "child_signal") == 0,
                  "A child was ended by %s when it used a block of %" PRId64 " bytes.",
                  signal_of_child(&outcome), sizes[i]);
        cr_assert(answered(&outcome, "not_seen_by_children") == 0,
                  "%d bytes of a block of %" PRId64
                  " were not what the parent, or the child's child, had "
                  "to read there: what was written after the fork is not shared.",
                  (int)answered(&outcome, "not_seen_by_children"), sizes[i]);
        cr_assert(answered(&outcome, "not_seen_by_parent") == 0,
                  "%d of the %" PRId64 " bytes that the child's child wrote were not seen by the first "
                  "process.",
                  (int)answered(&outcome, "not_seen_by_parent"), sizes[i]);
    }
}

AFTER_BLOCK(blocks_are_aligned, 2, "the address of a block is a multiple of 64")
{
    int64_t size = random_between(1, 10000);
    struct outcome outcome =
        drive("every_byte", (struct drive){.arguments = arguments("size=%" PRId64, size)});
    expect_answer(&outcome);
    expect_block(&outcome, size);
    cr_expect(answered(&outcome, "beyond_64") == 0,
              "The address of a block of %" PRId64
              " bytes is %d beyond a multiple of 64. mmap() gives the "
              "begin of a page; what you put in front of the block must be 64 bytes long, or 128, ...",
              size, (int)answered(&outcome, "beyond_64"));
}

AFTER_BLOCK(blocks_are_zero, 2, "all bytes of a new block are zero")
{
    int64_t size = random_between(5000, 50000);
    struct outcome outcome = drive("zero", (struct drive){.arguments = arguments("size=%" PRId64, size)});
    expect_no_bus_error(&outcome);
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "failed") == 0,
              "memory_create(%" PRId64 ") gave NULL %d times of 20; the block before had been released "
              "each time.",
              size, (int)answered(&outcome, "failed"));
    cr_expect(
        answered(&outcome, "not_zero") == 0,
        "%d bytes of new blocks were not zero. Blocks of the same size had been filled and released "
        "before: take new memory for each block, under a name of its own if it has one.",
        (int)answered(&outcome, "not_zero"));
}

AFTER_BLOCK(blocks_are_separate, 3, "no two blocks share a byte, whoever creates them")
{
    int64_t size = random_between(100, 10000);
    struct outcome outcome =
        drive("separate", (struct drive){.arguments = arguments("size=%" PRId64, size)});
    expect_no_bus_error(&outcome);
    expect_clean(&outcome);
    cr_assert(answered(&outcome, "created") == 1 && answered(&outcome, "wrong_in_childs") != -1,
              "memory_create(%" PRId64
              ") gave NULL while two or three other blocks were in use, expected "
              "a block.",
              size);
    cr_expect(answered(&outcome, "wrong_in_older") == 0,
              "Blocks overlap: %d bytes of the first two had changed when others were filled. Does each "
              "block have memory (and a name, if any) of its own?",
              (int)answered(&outcome, "wrong_in_older"));
    cr_expect(answered(&outcome, "wrong_in_childs") == 0,
              "A child made a block after the fork, and its parent made another. When the parent filled "
              "its own, %d bytes of the child's changed. What tells which memory is free must not be "
              "copied by fork(): a new mmap() for each block needs no such thing.",
              (int)answered(&outcome, "wrong_in_childs"));
}

AFTER_BLOCK(impossible_sizes_are_refused, 4,
            "a size of 0 is EINVAL, too much is ENOMEM, and nothing is left of it")
{
    const int64_t sizes[] = {0, -1, -63, -64, -65, -4096, -4097, INT64_MAX, INT64_MAX - 64};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int error = sizes[i] == 0 ? EINVAL : ENOMEM;
        struct outcome outcome =
            drive("refused", (struct drive){.arguments = arguments("size=%" PRId64, sizes[i])});
        char text[64];
        if (sizes[i] < 0) // as a size_t
            snprintf(text, sizeof text, "SIZE_MAX - %" PRId64, -(sizes[i] + 1));
        else
            snprintf(text, sizeof text, "%" PRId64, sizes[i]);
        expect_no_bus_error(&outcome);
        cr_assert(
            !crashed(&outcome),
            "memory_create(%s): %s It has to give NULL with errno %s. Is size + something too much "
            "for a size_t, so that it begins again at 0? Or has mmap() failed? It gives MAP_FAILED then, "
            "which is not NULL.",
            text, ending(&outcome), error_name(error));
        expect_clean(&outcome);
        cr_assert(failed_with(&outcome, "create", error), "memory_create(%s) %s, expected NULL (%s).%s",
                  text, pointer_text(&outcome, "create", "a block"), error_name(error),
                  sizes[i] == 0 || answered(&outcome, "create") == -1
                      ? ""
                      : " size + something was too much for a size_t, and began again at 0.");
        cr_assert(
            answered(&outcome, "descriptors_left") == 0,
            "After memory_create(%s) had failed 20 times, %d descriptors more were open. Close what "
            "you open, in every case.",
            text, (int)answered(&outcome, "descriptors_left"));
        cr_assert(answered(&outcome, "mappings_left") == 0,
                  "memory_create(%s) failed, and something stayed mapped each time.", text);
    }
}

AFTER_BLOCK(a_failed_mmap_is_told, 2, "if mmap() fails the error is ENOMEM, and nothing is left open")
{
    const int errors[] = {ENOMEM, EAGAIN};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        struct outcome outcome =
            drive("mmap_fails", (struct drive){.arguments = arguments("error=%d", errors[i])});
        cr_assert(!crashed(&outcome),
                  "mmap() failed (%s), and the program crashed: %s mmap() does not give NULL then, but "
                  "MAP_FAILED.",
                  error_name(errors[i]), ending(&outcome));
        expect_clean(&outcome);
        cr_assert(answered(&outcome, "calls") > 0, "memory_create() did not call mmap(2).");
        cr_assert(failed_with(&outcome, "create", ENOMEM),
                  "mmap() failed (%s) and memory_create() %s, expected NULL (ENOMEM).%s",
                  error_name(errors[i]), pointer_text(&outcome, "create", "a block"),
                  answered(&outcome, "create") == 0
                      ? " When it fails mmap() gives MAP_FAILED, which is not NULL."
                      : "");
        cr_assert(answered(&outcome, "descriptors_left") == 0,
                  "mmap() failed, and %d descriptors stayed open.",
                  (int)answered(&outcome, "descriptors_left"));
        cr_assert(answered(&outcome, "create_again") == 0,
                  "mmap() failed once; memory_create() %s afterwards, expected a block.",
                  pointer_text(&outcome, "create_again", "a block"));
    }
}

AFTER_BLOCK(nothing_can_be_left, 4, "a block has no name and needs no descriptor, also while it is used")
{
    struct outcome outcome = drive("in_use", (struct drive){0});
    expect_clean(&outcome);
    expect_block(&outcome, 10000);
    cr_expect(answered(&outcome, "named") == 0,
              "While the block was used, the file that it is mapped from had a name (the program wrote "
              "which). If the program were killed now, the file would stay for ever. shm_unlink() "
              "or unlink() it as soon as it is open, or take MAP_ANONYMOUS, which needs no name.");
    cr_expect(
        answered(&outcome, "descriptors") == 0,
        "While the block was used, %d descriptors more than before were open. A mapping needs none: "
        "close() the descriptor after mmap().",
        (int)answered(&outcome, "descriptors"));
}

AFTER_BLOCK(release_takes_the_whole_block, 4,
            "memory_release() takes the whole block out of this process and keeps errno")
{
    const int64_t sizes[] = {1, 4096, 8192, random_between(10000, 100000)};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct outcome outcome =
            drive("release", (struct drive){.arguments = arguments("size=%" PRId64, sizes[i])});
        cr_assert(!crashed(&outcome),
                  "The program crashed. %s It calls memory_release(block), then memory_release(NULL), "
                  "which is accepted and does nothing.",
                  ending(&outcome));
        expect_clean(&outcome);
        expect_block(&outcome, sizes[i]);
        cr_assert(
            answered(&outcome, "first_byte_left") == 0,
            "After memory_release() a block of %" PRId64 " bytes was still mapped. munmap(2) takes it "
            "out. It wants the address that mmap() gave, and fails with EINVAL for one that no page "
            "begins at.",
            sizes[i]);
        cr_assert(answered(&outcome, "last_byte_left") == 0,
                  "After memory_release() the last byte of a block of %" PRId64
                  " bytes was still mapped. "
                  "Give munmap() the length that you gave mmap(). Keep it in front of the block: Hint 1.",
                  sizes[i]);
        cr_assert(answered(&outcome, "errno_kept") == 1, "memory_release() changed errno.");
        cr_assert(answered(&outcome, "errno_kept_for_null") == 1,
                  "memory_release(NULL) changed errno. It has nothing to do.");
    }
    struct outcome outcome = drive("many_blocks", (struct drive){0});
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "made") == answered(&outcome, "wanted"),
              "Each of many blocks of 4 MiB was released before the next was made, and after %d of %d "
              "there was no room left.",
              (int)answered(&outcome, "made"), (int)answered(&outcome, "wanted"));
}

AFTER_BLOCK(release_leaves_the_others_theirs, 2,
            "after memory_release() the block stays as it is in other processes")
{
    int64_t size = random_between(5000, 50000);
    struct outcome outcome =
        drive("release", (struct drive){.arguments = arguments("size=%" PRId64, size)});
    expect_clean(&outcome);
    expect_block(&outcome, size);
    cr_expect(answered(&outcome, "child_signal") == 0,
              "When its parent had released the block, a child that went on using it was ended by %s. "
              "munmap(2) takes away only the caller's own view; ftruncate() takes it from all.",
              signal_of_child(&outcome));
    cr_expect(
        answered(&outcome, "wrong_in_child") == 0,
        "When its parent had released the block, %d bytes changed for a child that went on using it. "
        "Others may need what is in it: do not touch it before munmap().",
        (int)answered(&outcome, "wrong_in_child"));
}

AFTER_BLOCK(counters_count, 6, "each kind of counter begins at 0 and counts what one process adds")
{
    for (int kind = COUNTER_PRIVATE; kind <= COUNTER_ATOMIC; kind++) {
        int adds = (int)random_between(2, 30);
        struct outcome outcome =
            drive("adds", (struct drive){.arguments = arguments("kind=%d adds=%d look=0", kind, adds)});
        cr_assert(
            !never_ended(&outcome),
            "%s: one process alone added, and waited for ever. %s Is the lock given back after each "
            "addition? Its pause calls counter_value(), which must not wait.",
            kinds[kind], ending(&outcome));
        cr_assert(!crashed(&outcome),
                  "%s: the program crashed. %s It has two counters. The pause of one is NULL: is it "
                  "called all the same? In the end it releases both: has free() only what malloc() "
                  "gave, and memory_release() only what memory_create() gave?",
                  kinds[kind], ending(&outcome));
        expect_clean(&outcome);
        expect_counter(&outcome, kind);
        cr_assert(answered(&outcome, "value_before") == 0,
                  "A new counter (%s) stood at %" PRId64 ", expected 0.", kinds[kind],
                  answered(&outcome, "value_before"));
        cr_assert(answered(&outcome, "value_without_pause") == adds,
                  "After %d calls of counter_add() a counter (%s, its pause NULL) stood at %" PRId64 ".",
                  adds, kinds[kind], answered(&outcome, "value_without_pause"));
        cr_assert(answered(&outcome, "value") == adds,
                  "After %d calls of counter_add() a counter (%s, with a pause) stood at %" PRId64 ".",
                  adds, kinds[kind], answered(&outcome, "value"));
    }
}

#define AFTER_COUNTER(name, points, description) AFTER("counters_count", name, points, description)

AFTER_COUNTER(the_pause_comes_in_between, 4,
              "the pause is called by each addition between reading and writing; COUNTER_ATOMIC has none")
{
    for (int kind = COUNTER_PRIVATE; kind <= COUNTER_ATOMIC; kind++) {
        int adds = (int)random_between(2, 30);
        int pauses = kind == COUNTER_ATOMIC ? 0 : adds;
        struct outcome outcome =
            drive("adds", (struct drive){.arguments = arguments("kind=%d adds=%d", kind, adds)});
        cr_assert(
            !never_ended(&outcome),
            "%s: one process alone added, called counter_value() in the pause, and waited for ever. "
            "%s counter_value() must not wait for the lock.",
            kinds[kind], ending(&outcome));
        expect_clean(&outcome);
        cr_assert(answered(&outcome, "pauses") == pauses,
                  "%d calls of counter_add() (%s) called the pause %d times with its argument, expected "
                  "%d times.",
                  adds, kinds[kind], (int)answered(&outcome, "pauses"), pauses);
        cr_assert(pauses == 0 || answered(&outcome, "value_in_pause") == adds - 1,
                  "%s: in the pause of addition %d counter_value() gave %" PRId64 ", expected %d: the "
                  "pause comes after the reading and before the writing.",
                  kinds[kind], adds, answered(&outcome, "value_in_pause"), adds - 1);
    }
}

AFTER_COUNTER(private_and_shared, 3,
              "a child's additions are seen by its parent, unless the counter is COUNTER_PRIVATE")
{
    for (int kind = COUNTER_PRIVATE; kind <= COUNTER_ATOMIC; kind++) {
        int adds = (int)random_between(1, 30);
        int expected = kind == COUNTER_PRIVATE ? 2 : 2 + adds;
        struct outcome outcome =
            drive("child_adds", (struct drive){.arguments = arguments("kind=%d adds=%d", kind, adds)});
        expect_clean(&outcome);
        expect_counter(&outcome, kind);
        cr_assert(answered(&outcome, "seen_by_child") == 2 + adds,
                  "%s: a process added 2, then its child added %d; the child read %" PRId64
                  ", expected %d.",
                  kinds[kind], adds, answered(&outcome, "seen_by_child"), 2 + adds);
        cr_assert(answered(&outcome, "seen_by_parent") == expected,
                  "%s: a process added 2, then its child added %d; the parent read %" PRId64
                  " afterwards, expected %d: this kind %s.",
                  kinds[kind], adds, answered(&outcome, "seen_by_parent"), expected,
                  kind == COUNTER_PRIVATE ? "is not shared, so take malloc() for it"
                                          : "is shared, so take memory_create() for it");
    }
}

// A counter that should be shared and is not would fail these for that reason alone.
#define AFTER_SHARED(name, points, description) AFTER("private_and_shared", name, points, description)

AFTER_SHARED(unsafe_loses_what_others_add, 4, "COUNTER_UNSAFE loses what others have added in the pause")
{
    int adds = (int)random_between(1, 30);
    struct outcome outcome = drive("lost", (struct drive){.arguments = arguments("adds=%d", adds)});
    cr_assert(!never_ended(&outcome),
              "COUNTER_UNSAFE: while one process was in its pause, another one could not add. This kind "
              "takes no lock. %s",
              ending(&outcome));
    expect_clean(&outcome);
    expect_counter(&outcome, COUNTER_UNSAFE);
    cr_expect(answered(&outcome, "seen_in_pause") == adds,
              "COUNTER_UNSAFE: while one process was in its pause, another one added %d; it then read "
              "%" PRId64 ".",
              adds, answered(&outcome, "seen_in_pause"));
    cr_expect(answered(&outcome, "value") == 1,
              "COUNTER_UNSAFE: a process had read 0 and was in its pause while another one added %d. It "
              "then wrote %" PRId64 ", expected 1: what it had read before the pause, and one more. Read "
              "into a variable, pause, then write that variable + 1.",
              adds, answered(&outcome, "value"));
}

AFTER_SHARED(locked_keeps_others_out, 5,
             "COUNTER_LOCKED: while one worker is in its pause, the others wait, and nothing is lost")
{
    for (int threads = 0; threads <= 1; threads++) {
        const char *others = threads ? "thread" : "process";
        struct outcome outcome =
            drive("pair", (struct drive){.arguments = arguments("threads=%d", threads)});
        cr_assert(
            !never_ended(&outcome),
            "COUNTER_LOCKED: one %s was in its pause, a second one came to add, and they never came "
            "to an end. %s Does the first give the lock back, and does that wake another %s? See "
            "pthread_mutexattr_setpshared(3).",
            others, ending(&outcome), others);
        expect_clean(&outcome);
        expect_counter(&outcome, COUNTER_LOCKED);
        cr_assert(
            answered(&outcome, "private_locks") == 0 || answered(&outcome, "shared_locks") > 0,
            "COUNTER_LOCKED: the mutex was made for the threads of one process. Between processes it "
            "may happen to work, and nobody promises it: see pthread_mutexattr_setpshared(3).");
        cr_assert(answered(&outcome, "value") == 2,
                  "COUNTER_LOCKED: two %s added 1 each, the second while the first was in its pause. The "
                  "value was %" PRId64 " afterwards, expected 2. The lock must be held from before the "
                  "reading until after the writing%s.",
                  worker_names[threads], answered(&outcome, "value"),
                  threads ? "" : ", and must lie in memory that both processes share");
    }
}

AFTER_SHARED(a_dead_holder_holds_up_nobody, 4,
             "COUNTER_LOCKED: a worker killed in its pause adds nothing, and the others go on")
{
    struct outcome outcome = drive("holder_dies", (struct drive){0});
    cr_assert(
        !never_ended(&outcome),
        "COUNTER_LOCKED: a process was killed in its pause, and those that came after it waited for "
        "ever for the lock that it had held. A mutex that is robust goes to the next one with "
        "EOWNERDEAD, which is not a failure: who gets it has the lock, and must not lock it again. See "
        "pthread_mutexattr_setrobust(3).");
    expect_clean(&outcome);
    expect_counter(&outcome, COUNTER_LOCKED);
    cr_expect(
        answered(&outcome, "after_death") == 1,
        "COUNTER_LOCKED: one process was killed in its pause while a second one waited to add 1. The "
        "value was %" PRId64 " afterwards, expected 1. Who gets EOWNERDEAD from pthread_mutex_lock() "
        "has the lock.",
        answered(&outcome, "after_death"));
    cr_expect(answered(&outcome, "after_next") == answered(&outcome, "after_death") + 1,
              "COUNTER_LOCKED: a process had been killed in its pause. The next addition made %" PRId64
              " of %" PRId64 ".",
              answered(&outcome, "after_next"), answered(&outcome, "after_death"));
    cr_expect(
        answered(&outcome, "after_pair") == answered(&outcome, "after_next") + 2,
        "COUNTER_LOCKED: a process had been killed in its pause. Of two that added at the same time "
        "afterwards one was lost: the lock was none any more. Who gets EOWNERDEAD must call "
        "pthread_mutex_consistent() before it unlocks.");
}

AFTER_SHARED(value_never_waits, 2, "counter_value() does not wait, whoever is in a pause")
{
    struct outcome outcome = drive("value_in_pause", (struct drive){0});
    cr_assert(!never_ended(&outcome),
              "COUNTER_LOCKED: while a process was in its pause, counter_value() waited in another. It "
              "needs no lock if the value is atomic: see atomic_load in <stdatomic.h>.");
    expect_clean(&outcome);
    expect_counter(&outcome, COUNTER_LOCKED);
    cr_expect(answered(&outcome, "value") == 0,
              "COUNTER_LOCKED: while the first addition was in its pause, counter_value() gave %" PRId64
              " in another process, expected 0.",
              answered(&outcome, "value"));
}

static void expect_nothing_lost(enum counter_kind kind, int turns, const char *hint)
{
    enum { MOST_ATTEMPTS = 3 };
    bool tried = false; // so that a mistake would have shown
    for (int attempt = 0; attempt < MOST_ATTEMPTS && !tried; attempt++) {
        struct outcome outcome =
            drive("rivals", (struct drive){.arguments = arguments("kind=%d turns=%d", (int)kind, turns)});
        expect_clean(&outcome);
        expect_counter(&outcome, (int)kind);
        int64_t added = answered(&outcome, "added");
        int64_t value = answered(&outcome, "value");
        cr_assert(value == added,
                  "%s: 8 processes added %" PRId64 " times together, at the same time, and the value was "
                  "%" PRId64 " afterwards: %" PRId64 " additions were lost. %s",
                  kinds[kind], added, value, added - value, hint);
        tried = answered(&outcome, "seen") >= turns || answered(&outcome, "processors") == 1;
    }
}

AFTER_SHARED(nothing_is_lost_at_full_speed, 4,
             "COUNTER_ATOMIC and COUNTER_LOCKED lose nothing when processes add as fast as they can")
{
    expect_nothing_lost(COUNTER_ATOMIC, 5000,
                        "counter++ of a plain variable, and a load followed by a store, are two steps: "
                        "see atomic_fetch_add in <stdatomic.h>.");
    expect_nothing_lost(COUNTER_LOCKED, 500, "Is the value read and written while the lock is held?");
}

AFTER_SHARED(counters_are_given_back, 3,
             "counter_release() gives the counter back in this process only, and keeps errno")
{
    struct outcome outcome = drive("release_counter", (struct drive){0});
    cr_assert(
        !never_ended(&outcome),
        "A counter was released by one process, and two others that went on adding to it never came "
        "to an end. %s",
        ending(&outcome));
    cr_assert(!crashed(&outcome),
              "The program crashed. %s It calls counter_release(counter), then counter_release(NULL), "
              "which is accepted and does nothing.",
              ending(&outcome));
    expect_clean(&outcome);
    expect_counter(&outcome, COUNTER_LOCKED);
    cr_expect(answered(&outcome, "errno_kept") == 1, "counter_release() changed errno.");
    cr_expect(answered(&outcome, "errno_kept_for_null") == 1, "counter_release(NULL) changed errno.");
    cr_expect(answered(&outcome, "value") == 2,
              "COUNTER_LOCKED: when one process had released the counter, two others added 1 each, and "
              "the value was %" PRId64 ", expected 2. Release only what is this process's own: a lock in "
              "shared memory is everybody's.",
              answered(&outcome, "value"));
    outcome = drive("many_counters", (struct drive){.find_leaks = true});
    expect_clean(&outcome);
    cr_expect(answered(&outcome, "made") == answered(&outcome, "wanted"),
              "%d of %d counters could be made; each was released before the next one.",
              (int)answered(&outcome, "made"), (int)answered(&outcome, "wanted"));
    cr_expect(answered(&outcome, "mappings_left") == 0,
              "Counters were created and released, and the shared memory of each stayed mapped: what "
              "memory_create() has given goes to memory_release().");
    cr_expect(answered(&outcome, "descriptors_left") == 0,
              "Counters were created and released, and %d descriptors stayed open.",
              (int)answered(&outcome, "descriptors_left"));
}

static const char *const waiting_calls[] = {"process_join() for a process",
                                            "pthread_join() for a thread"};

AFTER_SHARED(a_run_waits_for_all, 4, "counter_run() starts its workers and waits until all have ended")
{
    for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
        for (int held = 0; held < 4; held++) {
            struct outcome outcome = drive(
                "run_waits", (struct drive){.arguments = arguments("worker=%d held=%d interruptions=%d",
                                                                   worker, held, held)});
            const char *asked = worker_kinds[worker];
            expect_answer(&outcome);
            expect_one_answer(&outcome);
            expect_counter(&outcome, COUNTER_UNSAFE);
            cr_assert(answered(&outcome, "run") == 0 || answered(&outcome, "added") > 0,
                      "counter_run(counter, %s, 4, 1) %s and nobody has added, expected 0: start 4 "
                      "workers that call counter_add(), then wait for them. There is process.h for "
                      "processes, and pthread_create(3) for threads.",
                      asked, result_text(&outcome, "run"));
            cr_assert(answered(&outcome, "waited") == 1,
                      "counter_run(counter, %s, 4, 1) %s before all of its workers had ended. It has to "
                      "wait for each of them, and for nobody else: %s.%s",
                      asked, result_text(&outcome, "run"), waiting_calls[worker],
                      held == 0 ? "" : " Signals interrupted calls that wait (EINTR): call them again.");
            cr_assert(answered(&outcome, "run") == 0, "counter_run(counter, %s, 4, 1) %s, expected 0.%s",
                      asked, result_text(&outcome, "run"),
                      failed_with(&outcome, "run", ECANCELED)
                          ? " All four had finished. Is it in shared memory where they say so?"
                          : "");
            expect_clean(&outcome);
        }
    }
}

#define AFTER_WAITS(name, points, description) AFTER("a_run_waits_for_all", name, points, description)

AFTER_WAITS(workers_count, 3, "counter_run() has each worker add `rounds` times")
{
    for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
        int workers = (int)random_between(2, 5);
        int rounds = (int)random_between(1, 40);
        struct outcome outcome =
            drive("run", (struct drive){.arguments = arguments("kind=%d worker=%d workers=%d rounds=%d",
                                                               COUNTER_LOCKED, worker, workers, rounds),
                                        .find_leaks = true});
        cr_assert(!never_ended(&outcome), "counter_run(counter, %s, %d, %d) did not come back. %s",
                  worker_kinds[worker], workers, rounds, ending(&outcome));
        expect_clean(&outcome);
        expect_counter(&outcome, COUNTER_LOCKED);
        cr_assert(answered(&outcome, "run") == 0, "counter_run(counter, %s, %d, %d) %s, expected 0.",
                  worker_kinds[worker], workers, rounds, result_text(&outcome, "run"));
        cr_assert(answered(&outcome, "value") == workers * rounds,
                  "After counter_run(counter, %s, %d, %d) the value was %" PRId64 ", expected %d.",
                  worker_kinds[worker], workers, rounds, answered(&outcome, "value"), workers * rounds);
    }
}

#define AFTER_RUN(name, points, description) AFTER("workers_count", name, points, description)

AFTER_RUN(workers_are_what_was_asked_for, 4,
          "COUNTER_PROCESSES are processes of their own, COUNTER_THREADS threads of this one")
{
    for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
        int workers = (int)random_between(2, 5);
        int rounds = (int)random_between(1, 40);
        struct outcome outcome =
            drive("run", (struct drive){.arguments = arguments("kind=%d worker=%d workers=%d rounds=%d",
                                                               COUNTER_LOCKED, worker, workers, rounds)});
        expect_clean(&outcome);
        const char *asked = worker_kinds[worker];
        cr_assert(answered(&outcome, "in_starter") == 0,
                  "%s: the caller of counter_run() added %d times itself. It starts workers and waits.",
                  asked, (int)answered(&outcome, "in_starter"));
        int here = (int)answered(&outcome, "in_its_process");
        cr_assert(worker == COUNTER_THREADS ? here == answered(&outcome, "pauses") : here == 0,
                  "%s: of %d additions %d were made by the caller's own process, expected %s.", asked,
                  (int)answered(&outcome, "pauses"), here, worker == COUNTER_THREADS ? "all" : "none");
        cr_assert(answered(&outcome, "workers") == workers,
                  "%s: %d workers were asked for, and the number of those that added is %d.", asked,
                  workers, (int)answered(&outcome, "workers"));
        cr_assert(answered(&outcome, "fewest") == rounds && answered(&outcome, "most") == rounds,
                  "%s: one worker added %d times and another %d times, expected %d each.", asked,
                  (int)answered(&outcome, "fewest"), (int)answered(&outcome, "most"), rounds);
    }
}

AFTER_RUN(private_counters_part, 2,
          "processes leave their starter's COUNTER_PRIVATE at 0, and a thread counts with it")
{
    for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
        int rounds = (int)random_between(2, 40);
        int expected = worker == COUNTER_THREADS ? rounds : 0;
        struct outcome outcome =
            drive("run", (struct drive){.arguments = arguments("kind=%d worker=%d workers=1 rounds=%d",
                                                               COUNTER_PRIVATE, worker, rounds)});
        expect_clean(&outcome);
        expect_counter(&outcome, COUNTER_PRIVATE);
        cr_assert(answered(&outcome, "run") == 0 && answered(&outcome, "value") == expected,
                  "COUNTER_PRIVATE: counter_run(counter, %s, 1, %d) %s, and the value was %" PRId64
                  " afterwards, expected 0 and %d.",
                  worker_kinds[worker], rounds, result_text(&outcome, "run"), answered(&outcome, "value"),
                  expected);
    }
}

AFTER_RUN(workers_run_at_once, 4, "all workers of counter_run() run at the same time")
{
    for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
        int workers = (int)random_between(2, 6);
        struct outcome outcome =
            drive("run_at_once",
                  (struct drive){.arguments = arguments("worker=%d workers=%d", worker, workers)});
        cr_assert(!never_ended(&outcome),
                  "COUNTER_UNSAFE: each of %d %s waited in its pause until all were in theirs, and they "
                  "never were. Start all of them first, then wait for them. %s",
                  workers, worker_names[worker], ending(&outcome));
        expect_clean(&outcome);
        expect_counter(&outcome, COUNTER_UNSAFE);
        cr_assert(answered(&outcome, "run") == 0, "counter_run(counter, %s, %d, 1) %s, expected 0.",
                  worker_kinds[worker], workers, result_text(&outcome, "run"));
        cr_assert(answered(&outcome, "arrived") == workers, "%d of %d %s came into their pause.",
                  (int)answered(&outcome, "arrived"), workers, worker_names[worker]);
        cr_assert(answered(&outcome, "value") == 1,
                  "COUNTER_UNSAFE: %d %s were in their pauses at the same time, so each had read 0. The "
                  "value was %" PRId64 " afterwards, expected 1.",
                  workers, worker_names[worker], answered(&outcome, "value"));
    }
}

AFTER_RUN(a_failed_start_is_told, 3,
          "if a worker cannot be started the error is told, and the others count and are waited for")
{
    static const char *const calls[] = {"fork()", "pthread_create()"};
    for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
        for (int failing = 1; failing <= 4; failing++) {
            struct outcome outcome =
                drive("run_waits",
                      (struct drive){.arguments = arguments("worker=%d failing=%d", worker, failing)});
            cr_assert(!never_ended(&outcome) && !crashed(&outcome),
                      "%s failed for worker number %d of 4. %s Wait only for those that were started.",
                      calls[worker], failing, ending(&outcome));
            expect_answer(&outcome);
            expect_one_answer(&outcome);
            expect_counter(&outcome, COUNTER_UNSAFE);
            cr_assert(answered(&outcome, "starts") > 0, "counter_run(counter, %s, 4, 1) did not call %s.",
                      worker_kinds[worker], calls[worker]);
            cr_assert(answered(&outcome, "waited") == 1 || failing == 1,
                      "%s failed for worker number %d of 4, and counter_run() returned while others were "
                      "still counting: wait for those that were started.",
                      calls[worker], failing);
            cr_assert(failed_with(&outcome, "run", EAGAIN),
                      "%s failed (EAGAIN) for worker number %d of 4, and counter_run() %s, expected -1 "
                      "(EAGAIN).%s",
                      calls[worker], failing, result_text(&outcome, "run"),
                      worker == COUNTER_THREADS
                          ? " pthread_create() returns the error, and does not set errno."
                          : "");
            expect_clean(&outcome);
            int64_t added = answered(&outcome, "added");
            cr_assert(added == failing - 1 || added == 3,
                      "%s failed for worker number %d of 4, and %" PRId64
                      " workers added 1 each, expected "
                      "%d (those before it) or 3 (all others).",
                      calls[worker], failing, added, failing - 1);
        }
    }
}

AFTER_RUN(a_lost_worker_is_told, 3,
          "a worker that ends before it has finished is ECANCELED, and the others count on")
{
    const struct {
        enum counter_worker worker;
        int how; // enum first of the drives
        const char *what;
    } ends[] = {
        {COUNTER_PROCESSES, 3, "a process was killed (SIGKILL)"},
        {COUNTER_PROCESSES, 4, "a process called _exit(0)"},
        {COUNTER_THREADS, 5, "a thread called pthread_exit(NULL)"},
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        int rounds = (int)random_between(2, 40);
        struct outcome outcome =
            drive("run_loses_worker",
                  (struct drive){.arguments = arguments("worker=%d how=%d rounds=%d", (int)ends[i].worker,
                                                        ends[i].how, rounds)});
        cr_assert(
            !never_ended(&outcome),
            "In the first pause of 3 workers (COUNTER_LOCKED) %s, and the run never came to an end. "
            "%s",
            ends[i].what, ending(&outcome));
        expect_clean(&outcome);
        expect_counter(&outcome, COUNTER_LOCKED);
        cr_assert(
            failed_with(&outcome, "run", ECANCELED),
            "In the first pause of 3 workers %s, so it had not finished. counter_run() %s, expected "
            "-1 (ECANCELED). How a worker ended does not tell whether it has finished: let it say so "
            "itself.",
            ends[i].what, result_text(&outcome, "run"));
        cr_assert(answered(&outcome, "value") == 2 * rounds,
                  "In the first pause of 3 workers %s; the two others add %d times each. The value was "
                  "%" PRId64 ", expected %d.",
                  ends[i].what, rounds, answered(&outcome, "value"), 2 * rounds);
    }
}

AFTER_RUN(misuse_is_refused, 2, "each misuse that the header names is EINVAL, and nothing is printed")
{
    const int unknown[][2] = {{4, 2}, {-1, -1}};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct outcome outcome = drive(
            "counter_misuse",
            (struct drive){.arguments = arguments("kind=%d worker=%d", unknown[i][0], unknown[i][1])});
        expect_clean(&outcome);
        expect_counter(&outcome, COUNTER_ATOMIC);
        cr_assert(failed_with(&outcome, "unknown_kind", EINVAL),
                  "counter_create() with the kind %d, which there is not, %s, expected NULL (EINVAL).",
                  unknown[i][0], pointer_text(&outcome, "unknown_kind", "a counter"));
        for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
            const struct {
                const char *name;
                int workers, rounds;
            } refused[] = {{"no_worker", 0, 1}, {"negative_workers", -1, 1}, {"negative_rounds", 1, -1}};
            char name[64];
            for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
                snprintf(name, sizeof name, "%s_%d", refused[k].name, worker);
                cr_assert(failed_with(&outcome, name, EINVAL),
                          "counter_run(counter, %s, %d, %d) %s, expected -1 (EINVAL).",
                          worker_kinds[worker], refused[k].workers, refused[k].rounds,
                          result_text(&outcome, name));
            }
            snprintf(name, sizeof name, "no_rounds_%d", worker);
            cr_assert(answered(&outcome, name) == 0,
                      "counter_run(counter, %s, 2, 0) %s, expected 0: two workers with nothing to do.",
                      worker_kinds[worker], result_text(&outcome, name));
        }
        cr_assert(
            failed_with(&outcome, "unknown_worker", EINVAL) && answered(&outcome, "started") == 0,
            "counter_run() with the kind of worker %d, which there is not, %s and started %d workers, "
            "expected -1 (EINVAL) and none.",
            unknown[i][1], result_text(&outcome, "unknown_worker"), (int)answered(&outcome, "started"));
        cr_assert(answered(&outcome, "value") == 0,
                  "None of these calls may count, and the value was %" PRId64 ".",
                  answered(&outcome, "value"));
        cr_assert(outcome.output.total == 0, "The module has printed something: a module never prints.");
    }
}

AFTER_RUN(no_memory_is_told, 2, "a counter or a run for which there is no memory is ENOMEM")
{
    for (int worker = COUNTER_PROCESSES; worker <= COUNTER_THREADS; worker++) {
        struct outcome outcome =
            drive("counter_without_memory", (struct drive){.arguments = arguments("worker=%d", worker)});
        cr_assert(
            !crashed(&outcome),
            "mmap() failed once in counter_create(COUNTER_LOCKED, ...), then once in counter_run(), "
            "and the program crashed. %s",
            ending(&outcome));
        expect_clean(&outcome);
        cr_assert(answered(&outcome, "calls") == 0 || failed_with(&outcome, "create", ENOMEM),
                  "mmap() failed, and counter_create(COUNTER_LOCKED, ...) %s, expected NULL (ENOMEM).",
                  pointer_text(&outcome, "create", "a counter"));
        cr_assert(answered(&outcome, "run") == 0,
                  "counter_run(counter, %s, 2, 1) %s when there was memory again, expected 0.",
                  worker_kinds[worker], result_text(&outcome, "run"));
        cr_assert(
            answered(&outcome, "not_told") == 0,
            "counter_run(counter, %s, 2, 1) called mmap(), mmap() failed, and counter_run() did not "
            "give -1 (ENOMEM).",
            worker_kinds[worker]);
    }
}
