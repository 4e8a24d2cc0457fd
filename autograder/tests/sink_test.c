// What sink.h promises: a report is there as a whole or not at all, and nobody can lead it elsewhere.
#include "../grade/sink.h"
#include "support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

TestSuite(sink, .init = folder_make, .fini = folder_remove, .timeout = 60);

static void open_it(struct sink *sink, const char *path, bool append)
{
    cr_assert(sink_open(sink, path, "default.txt", append) == 0, "cannot open %s: %s", path,
              strerror(errno));
}

static void write_it(const char *path, bool append, const char *text)
{
    struct sink sink;
    open_it(&sink, path, append);
    cr_assert(sink_write(&sink, text) == 0, "cannot write %s: %s", path, strerror(errno));
    sink_close(&sink);
}

static void expect_content(const char *path, const char *text)
{
    char *content = read_text(path);
    cr_expect_str_eq(content, text);
    free(content);
}

static void expect_refused(const char *path, int error)
{
    struct sink sink;
    errno = 0;
    cr_expect(sink_open(&sink, path, "default.txt", false) == -1 && errno == error,
              "%s: errno is %d (%s), expected %s", path, errno, strerror(errno), strerror(error));
}

Test(sink, is_made_or_replaced)
{
    struct sink sink;
    open_it(&sink, in_folder("report"), false);
    cr_expect(count_names(in_folder("")) == 0, "to open it has made something");
    cr_expect(sink_write(&sink, "first") == 0 && sink_write(&sink, "2nd") == 0, "cannot write it");
    sink_close(&sink);
    expect_content(in_folder("report"), "2nd");
    cr_expect(count_names(in_folder("")) == 1, "something is left beside it");
}

// The grader has another umask while it works, so that the sandbox may read what is made for it.
Test(sink, is_as_private_as_the_umask_says)
{
    struct sink sink;
    struct stat status;
    umask(077);
    open_it(&sink, in_folder("report"), false);
    umask(022);
    cr_expect(sink_write(&sink, "mine") == 0, "cannot write it");
    sink_close(&sink);
    cr_assert(stat(in_folder("report"), &status) == 0);
    cr_expect((status.st_mode & 0777) == 0600, "its mode is %03o", (unsigned)status.st_mode & 0777);
}

Test(sink, in_a_folder_has_the_given_name)
{
    make_folder(in_folder("results"));
    write_it(in_folder("results/"), false, "one");
    expect_content(in_folder("results/default.txt"), "one");
    write_it(in_folder("results"), false, "two");
    expect_content(in_folder("results/default.txt"), "two");
    cr_assert(chdir(in_folder("results")) == 0, "chdir: %s", strerror(errno));
    write_it("other.txt", false, "three");
    expect_content(in_folder("results/other.txt"), "three");
    write_it(".", false, "four");
    expect_content(in_folder("results/default.txt"), "four");
}

Test(sink, keeps_its_folder_when_that_is_moved)
{
    struct sink sink;
    make_folder(in_folder("results"));
    open_it(&sink, in_folder("results/report"), false);
    cr_assert(rename(in_folder("results"), in_folder("moved")) == 0, "rename: %s", strerror(errno));
    cr_assert(symlink("/nowhere", in_folder("results")) == 0, "symlink: %s", strerror(errno));
    cr_expect(sink_write(&sink, "text") == 0, "cannot write it: %s", strerror(errno));
    expect_content(in_folder("moved/report"), "text");
    sink_close(&sink);
}

Test(sink, that_cannot_be_is_refused)
{
    expect_refused(in_folder("missing/report"), ENOENT);
    expect_refused("", ENOENT);
    write_text(in_folder("file"), "");
    expect_refused(in_folder("file/report"), ENOTDIR);
    make_folder(in_folder("results"));
    make_folder(in_folder("results/default.txt"));
    expect_refused(in_folder("results"), EISDIR);
    char name[NAME_MAX + 2];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    expect_refused(in_folder(name), ENAMETOOLONG);
}

// Root may write everywhere; everybody else is refused before anything is done.
Test(sink, that_nobody_may_write_is_refused)
{
    if (geteuid() == 0) {
        make_folder(in_folder("closed"));
        cr_assert(chmod(in_folder("closed"), 0755) == 0 && setegid(65534) == 0 && seteuid(65534) == 0);
        expect_refused(in_folder("closed/report"), EACCES);
        cr_assert(seteuid(0) == 0 && setegid(0) == 0);
    } else {
        expect_refused("/usr/report", EACCES);
    }
}

Test(sink, is_no_link)
{
    write_text(in_folder("target"), "precious");
    cr_assert(symlink("target", in_folder("link")) == 0 && symlink("missing", in_folder("broken")) == 0,
              "symlink: %s", strerror(errno));
    expect_refused(in_folder("link"), ELOOP);
    expect_refused(in_folder("broken"), ELOOP);
    struct sink sink;
    cr_expect(sink_open(&sink, in_folder("link"), "x", true) == -1 && errno == ELOOP,
              "a link is appended to");
    expect_content(in_folder("target"), "precious");
}

Test(sink, replaces_what_was_planted_meanwhile)
{
    struct sink sink;
    write_text(in_folder("target"), "precious");
    open_it(&sink, in_folder("report"), false);
    cr_assert(symlink("target", in_folder("report")) == 0, "symlink: %s", strerror(errno));
    cr_expect(sink_write(&sink, "text") == 0, "cannot write it: %s", strerror(errno));
    sink_close(&sink);
    expect_content(in_folder("target"), "precious");
    struct stat status;
    cr_expect(lstat(in_folder("report"), &status) == 0 && S_ISREG(status.st_mode), "it is no file");
    cr_assert(unlink(in_folder("report")) == 0 && link(in_folder("target"), in_folder("report")) == 0);
    write_it(in_folder("report"), false, "text");
    expect_content(in_folder("target"), "precious"); // which had a second name
}

Test(sink, to_append_to_keeps_what_is_there)
{
    write_text(in_folder("log"), "before\n");
    write_it(in_folder("log"), true, "one\n");
    write_it(in_folder("log"), true, "two\n");
    expect_content(in_folder("log"), "before\none\ntwo\n");
    write_it(in_folder("new"), true, "made\n");
    expect_content(in_folder("new"), "made\n");
}

Test(sink, that_is_a_device_stays_one)
{
    struct stat status;
    struct sink sink;
    write_it("/dev/null", false, "text");
    cr_expect(stat("/dev/null", &status) == 0 && S_ISCHR(status.st_mode),
              "/dev/null is no device any more");
    open_it(&sink, "/dev/full", false);
    cr_expect(sink_write(&sink, "text") == -1 && errno == ENOSPC, "a full device is no error");
    sink_close(&sink);
}

Test(sink, is_never_seen_half_written)
{
    enum { ROUNDS = 40, SIZE = 300000 };
    char *texts[2] = {malloc(SIZE + 1), malloc(SIZE + 1)};
    for (int i = 0; i < 2; i++) {
        memset(texts[i], 'a' + i, SIZE);
        texts[i][SIZE] = '\0';
    }
    write_it(in_folder("report"), false, texts[0]);
    pid_t writer = fork();
    if (writer == 0) {
        struct sink sink;
        bool done = sink_open(&sink, in_folder("report"), "", false) == 0;
        for (int i = 0; i < ROUNDS; i++)
            done = done && sink_write(&sink, texts[i % 2]) == 0;
        _exit(!done);
    }
    int status, seen = 0;
    pid_t ended;
    do {
        ended = waitpid(writer, &status, WNOHANG);
        char *text = read_text(in_folder("report"));
        cr_assert(strcmp(text, texts[0]) == 0 || strcmp(text, texts[1]) == 0,
                  "after %d looks %zu bytes are there", seen, strlen(text));
        free(text);
        seen++;
    } while (ended == 0);
    cr_expect(ended == writer && status == 0, "the writer failed");
}
