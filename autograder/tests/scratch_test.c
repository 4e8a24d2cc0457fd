// What scratch.h promises: a temporary folder for us and for other users, and nothing left of it, in the
// end also of those whose processes were killed.
#define _GNU_SOURCE // pipe2
#include "../sandbox/scratch.h"
#include "support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(scratch, .init = folder_make, .fini = folder_remove);

static void make(char path[SCRATCH_PATH_SIZE])
{
    cr_assert(scratch_make(path) == 0, "scratch_make: %s", strerror(errno));
}

Test(scratch, is_made_below_tmpdir)
{
    char path[SCRATCH_PATH_SIZE];
    const char *parent = in_folder("");
    setenv("TMPDIR", parent, 1);
    make(path);
    cr_expect(strncmp(path, parent, strlen(parent)) == 0, "TMPDIR is %s, but it was made as %s", parent,
              path);
    scratch_remove(path);
}

Test(scratch, is_made_below_tmp_if_tmpdir_is_none_or_no_absolute_path)
{
    static const char *const useless[] = {NULL, "", "relative/path"};
    char path[SCRATCH_PATH_SIZE];
    for (size_t i = 0; i < sizeof useless / sizeof *useless; i++) {
        if (useless[i] == NULL)
            unsetenv("TMPDIR");
        else
            setenv("TMPDIR", useless[i], 1);
        make(path);
        cr_expect(strncmp(path, "/tmp/", 5) == 0, "it was made as %s, expected it below /tmp", path);
        scratch_remove(path);
    }
}

Test(scratch, may_be_entered_by_all_and_changed_by_us_only)
{
    char path[SCRATCH_PATH_SIZE];
    struct stat status;
    umask(077);
    make(path);
    cr_assert(stat(path, &status) == 0, "stat %s: %s", path, strerror(errno));
    cr_expect((status.st_mode & 07777) == 0755, "its mode is %o, expected 755", status.st_mode & 07777U);
    cr_expect(status.st_uid == geteuid(), "it belongs to user %d", (int)status.st_uid);
    scratch_remove(path);
}

Test(scratch, is_another_one_each_time)
{
    char first[SCRATCH_PATH_SIZE], second[SCRATCH_PATH_SIZE];
    make(first);
    make(second);
    cr_expect(strcmp(first, second) != 0, "two folders have the same name, %s", first);
    scratch_remove(first);
    scratch_remove(second);
}

Test(scratch, that_cannot_be_made_is_an_error)
{
    char path[SCRATCH_PATH_SIZE];
    setenv("TMPDIR", in_folder("missing"), 1);
    cr_expect(scratch_make(path) == -1 && errno == ENOENT,
              "in a folder that does not exist it did not fail with ENOENT but with: %s",
              strerror(errno));
    setenv("TMPDIR", text_of("/%0*d", SCRATCH_PATH_SIZE, 1), 1);
    cr_expect(scratch_make(path) == -1 && errno == ENAMETOOLONG,
              "with too long a name it did not fail with ENAMETOOLONG but with: %s", strerror(errno));
}

Test(scratch, is_removed_with_all_that_is_in_it)
{
    char path[SCRATCH_PATH_SIZE];
    make(path);
    make_folder(text_of("%s/-rf", path));
    write_text(text_of("%s/-rf/a file", path), "text");
    cr_assert(symlink(in_folder(""), text_of("%s/link", path)) == 0, "symlink: %s", strerror(errno));
    write_text(in_folder("bystander"), "text");
    cr_expect(scratch_remove(path) == 0, "scratch_remove() says that something is left");
    cr_expect(access(path, F_OK) == -1, "%s is still there", path);
    cr_expect(access(in_folder("bystander"), F_OK) == 0, "what a link in it leads to was removed, too");
}

// The depth is more than a path can have, and more than there are descriptors.
Test(scratch, is_removed_however_deep_and_locked_it_is)
{
    enum { DEPTH = 6000 };
    char path[SCRATCH_PATH_SIZE];
    make(path);
    cr_assert(chdir(path) == 0, "chdir: %s", strerror(errno));
    for (int i = 0; i < DEPTH; i++)
        cr_assert(mkdir("a", 0700) == 0 && chdir("a") == 0, "depth %d: %s", i, strerror(errno));
    write_text("file", "text");
    for (int i = 0; i < DEPTH; i++)
        cr_assert(chdir("..") == 0 && chmod("a", 0) == 0, "depth %d: %s", i, strerror(errno));
    make_folder("moved up 0"); // as the removal may call others
    make_folder("-rf \n");
    write_text("-rf \n/\x1b[2J", "text");
    cr_assert(chdir("/") == 0 && chmod(path, 0) == 0, "chmod: %s", strerror(errno));
    cr_expect(scratch_remove(path) == 0, "scratch_remove() says that something is left: %s",
              strerror(errno));
    cr_expect(access(path, F_OK) == -1, "%s is still there", path);
}

Test(scratch, follows_no_link_when_it_removes)
{
    char path[SCRATCH_PATH_SIZE];
    struct stat status;
    make_folder(in_folder("bystander"));
    write_text(in_folder("bystander/file"), "text");
    make(path);
    cr_assert(symlink(in_folder("bystander"), text_of("%s/link", path)) == 0, "symlink");
    cr_expect(scratch_remove(path) == 0, "scratch_remove() says that something is left");
    cr_assert(stat(in_folder("bystander"), &status) == 0, "what the link leads to is gone");
    cr_expect((status.st_mode & 0777) == 0755 && access(in_folder("bystander/file"), F_OK) == 0,
              "what the link leads to was changed");
    cr_assert(symlink(in_folder("bystander"), path) == 0, "symlink");
    cr_expect(scratch_remove(path) == -1, "a link in its place was taken for it");
    cr_expect(access(in_folder("bystander/file"), F_OK) == 0, "what the link leads to was emptied");
    unlink(path);
}

// --- Sweeping ------------------------------------------------------------------------------------

static char seen[SCRATCH_PATH_SIZE]; // by the last sweep
static int times_seen;
static bool was_gone; // what a sweep was about to remove

static void see(const char *path)
{
    snprintf(seen, sizeof seen, "%s", path);
    was_gone = was_gone || access(path, F_OK) == -1;
    times_seen++;
}

// Returns how many folders were swept.
static int sweep(void)
{
    times_seen = 0;
    scratch_sweep(see);
    return times_seen;
}

// A folder that was held and is not any more.
static void abandon(char path[SCRATCH_PATH_SIZE])
{
    make(path);
    int held = scratch_hold(path);
    cr_assert(held != -1, "scratch_hold: %s", strerror(errno));
    close(held);
}

Test(scratch, of_a_killed_process_is_swept)
{
    int ends[2];
    char path[SCRATCH_PATH_SIZE];
    setenv("TMPDIR", in_folder(""), 1);
    cr_assert(pipe(ends) == 0, "pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        if (scratch_make(path) == 0 && scratch_hold(path) != -1 &&
            mkdir(text_of("%s/folder", path), 0700) == 0 &&
            write(ends[1], path, sizeof path) == sizeof path)
            pause();
        _exit(1);
    }
    cr_assert(read(ends[0], path, sizeof path) == sizeof path, "no path: %s", strerror(errno));
    cr_expect(sweep() == 0 && access(text_of("%s/folder", path), F_OK) == 0,
              "it was swept while it is held");
    cr_assert(kill(pid, SIGKILL) == 0 && wait_for(pid) == -SIGKILL);
    cr_expect(sweep() == 1, "%d folders were swept, expected 1", times_seen);
    cr_expect_str_eq(seen, path);
    cr_expect(access(path, F_OK) == -1, "%s is still there", path);
}

Test(scratch, is_held_by_what_its_holder_executes)
{
    int to[2], from[2];
    char path[SCRATCH_PATH_SIZE], byte;
    setenv("TMPDIR", in_folder(""), 1);
    make(path);
    int held = scratch_hold(path);
    cr_assert(pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0, "pipe2: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        execlp("cat", "cat", (char *)NULL);
        _exit(127);
    }
    close(held);
    cr_assert(write(to[1], "x", 1) == 1 && read(from[0], &byte, 1) == 1 && byte == 'x',
              "cat does not run");
    cr_expect(sweep() == 0, "it was swept, but a program that inherited it runs");
    close(to[1]);
    cr_assert(wait_for(pid) == 0, "cat has not ended well");
    cr_expect(sweep() == 1, "%d folders were swept, expected 1", times_seen);
}

Test(scratch, that_is_not_surely_deserted_is_not_swept)
{
    static const char *const names[] = {
        "workbook-abcde", "workbook-abcdefg", "workbook-abcdef.old", "workbook-abc.ef",
        "workbook-",      "workbook_abcdef",  "Workbook-abcdef",     "other-workbook-abcdef"};
    char path[SCRATCH_PATH_SIZE], elsewhere[SCRATCH_PATH_SIZE];
    setenv("TMPDIR", in_folder("elsewhere"), 1);
    make_folder(in_folder("elsewhere"));
    abandon(elsewhere);
    setenv("TMPDIR", in_folder("swept"), 1);
    make_folder(in_folder("swept"));
    make(path); // never held: as in the first moment, or as a program of before makes it
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) { // never ours
        abandon(path);
        cr_assert(rename(path, in_folder(text_of("swept/%s", names[i]))) == 0, "rename: %s",
                  strerror(errno));
    }
    cr_assert(symlink(elsewhere, in_folder("swept/workbook-abcdef")) == 0, "symlink: %s",
              strerror(errno));
    write_text(in_folder("swept/workbook-ABCDEF"), "text");
    cr_assert(chmod(in_folder("swept/workbook-ABCDEF"), 01755) == 0, "chmod: %s", strerror(errno));
    int names_before = count_names(in_folder("swept"));
    cr_expect(sweep() == 0, "%s was swept", seen);
    cr_expect(count_names(in_folder("swept")) == names_before && access(elsewhere, F_OK) == 0,
              "something was removed");
    cr_assert(unlink(in_folder("swept/workbook-ABCDEF")) == 0);
    cr_assert(rename(in_folder("swept/workbook-abcde"), in_folder("swept/workbook-ABCDEF")) == 0);
    cr_expect(sweep() == 1, "the attempt is none"); // but for its name it was one to be swept
}

Test(scratch, of_another_user_is_not_swept)
{
    char path[SCRATCH_PATH_SIZE];
    if (geteuid() != 0)
        cr_skip_test("only root can make one");
    setenv("TMPDIR", in_folder(""), 1);
    abandon(path);
    cr_assert(chown(path, 61000, 61000) == 0, "chown: %s", strerror(errno));
    cr_expect(sweep() == 0 && access(path, F_OK) == 0, "it was swept");
    cr_assert(chown(path, 0, 0) == 0, "chown: %s", strerror(errno));
    cr_expect(sweep() == 1, "the attempt is none");
}

Test(scratch, no_sweep_takes_long)
{
    enum { COUNT = SCRATCH_SWEEP_MOST + 3 };
    char path[SCRATCH_PATH_SIZE];
    setenv("TMPDIR", in_folder(""), 1);
    for (int i = 0; i < COUNT; i++)
        abandon(path);
    cr_expect(sweep() == SCRATCH_SWEEP_MOST, "%d of %d were swept, expected %d", times_seen, COUNT,
              SCRATCH_SWEEP_MOST);
    cr_expect(sweep() == 3, "then %d were swept, expected 3", times_seen);
}

// Holds one, in which nobody else may touch a folder, and sweeps; now and then abandons it. Returns
// whether all went well.
static bool live_and_sweep(int round)
{
    char path[SCRATCH_PATH_SIZE];
    if (scratch_make(path) == -1)
        return false;
    int held = scratch_hold(path);
    bool good = held != -1 && mkdir(text_of("%s/folder", path), 0700) == 0;
    sweep();
    good = good && access(text_of("%s/folder", path), F_OK) == 0 && !was_gone;
    if (round % 3 != 0)
        good = scratch_remove(path) == 0 && good;
    close(held);
    return good;
}

Test(scratch, is_made_held_swept_and_removed_by_many_at_a_time)
{
    enum { PROCESSES = 6, ROUNDS = 100 };
    pid_t pids[PROCESSES];
    make_folder(in_folder("tmp"));
    setenv("TMPDIR", in_folder("tmp"), 1);
    for (int i = 0; i < PROCESSES; i++) {
        pids[i] = fork();
        if (pids[i] != 0)
            continue;
        int round = 0;
        while (round < ROUNDS && live_and_sweep(round))
            round++;
        _exit(round == ROUNDS ? 0 : 1);
    }
    for (int i = 0; i < PROCESSES; i++)
        cr_expect(
            wait_for(pids[i]) == 0,
            "process %d lost its folder, or could not remove it, or was about to remove what is gone", i);
    while (sweep() > 0)
        continue;
    cr_expect(count_names(in_folder("tmp")) == 0, "%d names are left", count_names(in_folder("tmp")));
}
