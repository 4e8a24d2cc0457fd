// What grade/ground.h promises: which level suffices, who must be alone, and what goes with a ground.
#include "../grade/ground.h"
#include "../sandbox/scratch.h"
#include "support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const enum sandbox_level levels[] = {SANDBOX_ISOLATED, SANDBOX_ISOLATED_BY_OLD, SANDBOX_RESTRICTED,
                                            SANDBOX_BOUNDED};
enum { LEVELS = sizeof levels / sizeof *levels };

static void expect_suffices(enum sandbox_level level, const char *required)
{
    char refusal[GROUND_REFUSAL_SIZE];
    const struct ground ground = {.level = level, .holds = true, .level_reason = "the reason"};
    cr_expect(ground_suffices(&ground, '\0', refusal), "level %c does not suffice, but any does", level);
    for (const char *letter = "ABC"; *letter != '\0'; letter++) {
        bool suffices = ground_suffices(&ground, *letter, refusal);
        cr_expect(suffices == (strchr(required, *letter) != NULL), "level %c %s where %c is required",
                  level, suffices ? "suffices" : "does not suffice", *letter);
    }
}

Test(ground, suffices_if_it_is_as_good_as_required)
{
    expect_suffices(SANDBOX_ISOLATED, "ABC");
    expect_suffices(SANDBOX_ISOLATED_BY_OLD, "ABC");
    expect_suffices(SANDBOX_RESTRICTED, "BC");
    expect_suffices(SANDBOX_BOUNDED, "C");
}

Test(ground, says_why_it_does_not_suffice)
{
    char refusal[GROUND_REFUSAL_SIZE];
    struct ground ground = {.level = SANDBOX_BOUNDED, .holds = true};
    memset(ground.level_reason, 'x', sizeof ground.level_reason - 1);
    cr_expect(!ground_suffices(&ground, 'B', refusal));
    cr_expect(strncmp(refusal, "sandbox level B is required, but this would be level C: x", 57) == 0 &&
                  strlen(refusal) == 56 + sizeof ground.level_reason - 1,
              "it says %s", refusal);
    ground.level_reason[0] = '\0';
    cr_expect(!ground_suffices(&ground, 'A', refusal));
    cr_expect_str_eq(refusal, "sandbox level A is required, but this would be level C: it was asked for");
}

Test(ground, suffices_for_nothing_if_it_does_not_hold)
{
    char refusal[GROUND_REFUSAL_SIZE];
    const struct ground ground = {.level = SANDBOX_ISOLATED_BY_OLD, .level_reason = "the reason"};
    cr_expect(!ground_suffices(&ground, '\0', refusal) && !ground_suffices(&ground, 'C', refusal));
    cr_expect_str_eq(refusal, "the sandbox does not hold at level A here: the reason");
}

static void expect_alone(const char *alone)
{
    for (size_t i = 0; i < LEVELS; i++)
        cr_expect(ground_must_be_alone(levels[i]) == (strchr(alone, levels[i]) != NULL),
                  "to user %d at level %c it is the other way round", (int)geteuid(), levels[i]);
}

Test(ground, of_a_user_without_namespaces_must_be_alone)
{
    if (geteuid() == 0) {
        expect_alone("");
        cr_assert(seteuid(65534) == 0);
    }
    expect_alone("BC");
}

// --- What goes with it -----------------------------------------------------------------------------

static void use_folder(void)
{
    folder_make();
    make_folder(in_folder("tmp"));
    setenv("TMPDIR", in_folder("tmp"), 1);
}

TestSuite(ground_in_folder, .init = use_folder, .fini = folder_remove, .timeout = 60);

Test(ground_in_folder, holds_at_every_level_that_holds_here)
{
    make_folder(in_folder("alone"));
    copy(in_build("warden"), in_folder("alone/warden"));
    cr_assert(chmod(in_folder("alone/warden"), 0755) == 0, "chmod: %s", strerror(errno));
    for (const char *letter = "ABC"; *letter != '\0'; letter++) {
        char why[SANDBOX_WHY_SIZE];
        enum sandbox_level level;
        struct ground ground = {0};
        bool holds = sandbox_holds(*letter, in_folder("alone/warden"), &level, why);
        ground_make(&ground, *letter);
        cr_expect(ground.holds == holds, "level %c holds here: %s; it holds in a ground: %s (%s)",
                  *letter, holds ? "yes" : "no", ground.holds ? "yes" : "no", ground.level_reason);
        ground_remove(&ground);
    }
}

// Makes a socket where somebody listens until the descriptor that this returns is closed.
static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int end = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert(strlen(path) < sizeof address.sun_path);
    strcpy(address.sun_path, path);
    cr_assert(end != -1 && bind(end, (const struct sockaddr *)&address, sizeof address) == 0 &&
                  listen(end, 1) == 0,
              "no socket: %s", strerror(errno));
    return end;
}

// Makes three names outside, of which only "deserted" may go.
static void make_three(void)
{
    close(listen_at(in_folder("deserted")));
    listen_at(in_folder("in-use"));
    write_text(in_folder("file"), "text");
}

static void note_three(void)
{
    ground_note_socket(in_folder("deserted"));
    ground_note_socket(in_folder("in-use"));
    ground_note_socket(in_folder("file"));
}

static void expect_deserted_gone(void)
{
    cr_expect(access(in_folder("deserted"), F_OK) == -1, "a socket that was noted is left");
    cr_expect(access(in_folder("in-use"), F_OK) == 0, "a socket was removed at which somebody listens");
    cr_expect(access(in_folder("file"), F_OK) == 0, "a file was removed");
    cr_expect(count_names(in_folder("tmp")) == 0, "%d names are left", count_names(in_folder("tmp")));
}

Test(ground_in_folder, takes_the_sockets_with_it)
{
    struct ground ground = {0}, inner = {0};
    ground_make(&ground, 'C');
    ground_make_at(&inner, ground.level);
    make_three();
    note_three();
    ground_remove(&inner);
    cr_expect(access(in_folder("deserted"), F_OK) == 0, "a ground in it has taken them");
    ground_remove(&ground);
    expect_deserted_gone();
}

Test(ground_in_folder, takes_all_that_is_temporary_with_it)
{
    char path[SCRATCH_PATH_SIZE];
    struct ground ground = {0}, inner = {0};
    ground_make(&ground, 'C');
    ground_make_at(&inner, ground.level);
    cr_assert(scratch_make(path) == 0, "scratch_make: %s", strerror(errno));
    cr_expect(count_names(in_folder("tmp")) == 1, "%s or %s is not in %s", path, inner.scratch,
              ground.scratch);
    ground_remove(&ground);
    cr_expect_str_eq(getenv("TMPDIR"), in_folder("tmp"));
    cr_expect(count_names(in_folder("tmp")) == 0, "something is left");
}

Test(ground_in_folder, of_a_killed_run_is_taken_by_the_next)
{
    struct ground ground = {0};
    make_three();
    pid_t pid = fork();
    if (pid == 0) {
        struct ground inner = {0};
        ground_make(&ground, 'C');
        ground_make_at(&inner, ground.level);
        note_three();
        raise(SIGKILL);
    }
    cr_assert(wait_for(pid) == -SIGKILL);
    cr_assert(count_names(in_folder("tmp")) == 1, "the killed one has left nothing");
    ground_make(&ground, 'C');
    cr_expect(count_names(in_folder("tmp")) == 1, "what the killed one has left is still there");
    ground_remove(&ground);
    expect_deserted_gone();
}

// (Each in a process of its own: a sandbox ends all that is below its caller.)
Test(ground_in_folder, of_a_run_at_work_is_left_alone)
{
    int ends[2];
    char byte;
    struct ground ground = {0};
    cr_assert(pipe(ends) == 0, "pipe: %s", strerror(errno));
    pid_t at_work = fork();
    if (at_work == 0) {
        ground_make(&ground, 'C');
        if (write(ends[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    cr_assert(read(ends[0], &byte, 1) == 1, "read: %s", strerror(errno));
    pid_t next = fork();
    if (next == 0) {
        ground_make(&ground, 'C');
        ground_remove(&ground);
        _exit(0);
    }
    cr_expect(wait_for(next) == 0, "the next run has failed");
    cr_expect(count_names(in_folder("tmp")) == 1, "the folder of the run at work is gone");
    cr_assert(kill(at_work, SIGKILL) == 0 && wait_for(at_work) == -SIGKILL);
}
