// What scratch.h promises: a temporary folder for us and for other users, and nothing left of it.
#include "../sandbox/scratch.h"
#include "support.h"
#include <criterion/criterion.h>
#include <errno.h>
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
