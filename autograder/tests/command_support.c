// What the tests of the command share.
#define _GNU_SOURCE // posix_openpt and its kin
#include "command_support.h"
#include "../sandbox/tree.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

const char *in_its_workbook(const char *name)
{
    return in_folder(text_of("workbook/%s", name));
}

const char *grader(void)
{
    return in_its_workbook("build/grade");
}

static const char own_folder[] = "exercises/" PROCESS;

static void make_toy(void)
{
    make_folder(in_its_workbook("build/kit/" TOY));
    make_folder(in_its_workbook("exercises/" TOY));
    make_folder(in_its_workbook("lessons/" TOY));
    write_text(in_its_workbook("build/kit/" TOY "/compile.sh"), "cat >/dev/null; echo program >&3\n");
    write_text(in_its_workbook("exercises/" TOY "/toy.c"), "int toy;\n");
    write_text(in_its_workbook("lessons/" TOY "/lesson.md"), "---\ntitle: \"A toy\"\n---\n");
    write_examiner(
        "say '{\"expected\": [{\"suite\": \"toy\", \"name\": \"works\", \"description\": \"it works\","
        " \"max_points\": 10}]}'\n"
        "say '{\"suite\": \"toy\", \"name\": \"works\", \"status\": \"passed\"}'\n"
        "say '{\"end\": 1}'\n");
}

void workbook_make(void)
{
    static const char *const folders[] = {"",        "build",     "build/kit", "build/examiners",
                                          "lessons", "exercises", own_folder};
    folder_make();
    make_folder(in_folder("tmp"));
    setenv("TMPDIR", in_folder("tmp"), 1);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        make_folder(in_its_workbook(folders[i]));
    copy(in_build("grade"), grader());
    copy(in_build("warden"), in_its_workbook("build/warden"));
    copy(in_build("unpack"), in_its_workbook("build/unpack"));
    copy(in_build("reference"), in_its_workbook("build/reference"));
    copy(in_build("kit/" PROCESS), in_its_workbook("build/kit"));
    copy(in_build("examiners/" PROCESS), in_its_workbook("build/examiners"));
    copy(in_workbook("solutions/" PROCESS "/process.c"), in_its_workbook(own_folder));
    make_toy();
    prctl(PR_SET_CHILD_SUBREAPER, 1); // so that nothing can escape unseen
}

void write_examiner(const char *script)
{
    const char *path = in_its_workbook("build/examiners/" TOY);
    write_text(path, text_of("#!/bin/sh\nsay() { echo \"$1\" >>/proc/self/fd/$EXAMINER_VERDICTS; }\n%s",
                             script));
    cr_assert(chmod(path, 0755) == 0, "chmod: %s", strerror(errno));
}

// A new terminal; a program can have it by its name.
static int open_terminal(void)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    cr_assert(terminal != -1 && grantpt(terminal) == 0 && unlockpt(terminal) == 0, "no terminal: %s",
              strerror(errno));
    return terminal;
}

const char *on_a_terminal(int descriptor, const char *const *command)
{
    extern char **environ;
    static char text[65536];
    size_t used = 0;
    int terminal = open_terminal(), other = descriptor == STDOUT_FILENO ? STDERR_FILENO : STDOUT_FILENO;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, other, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, descriptor, ptsname(terminal), O_RDWR | O_NOCTTY, 0);
    pid_t pid;
    cr_assert(posix_spawn(&pid, command[0], &actions, NULL, (char **)command, environ) == 0,
              "cannot run it");
    posix_spawn_file_actions_destroy(&actions);
    for (ssize_t size = 1; size > 0; used += size > 0 ? (size_t)size : 0)
        size = read(terminal, text + used, sizeof text - 1 - used); // at its end: -1 with EIO
    text[used] = '\0';
    cr_expect(wait_for(pid) == 0, "on a terminal it failed: %s", text);
    close(terminal);
    return text;
}

void expect_nothing_left_behind(void)
{
    struct tree tree;
    cr_assert(tree_read(&tree) == 0, "tree_read: %s", strerror(errno));
    cr_expect(tree.count == 0, "%zu processes are left behind", tree.count);
    tree_free(&tree);
    cr_expect(count_names(in_folder("tmp")) == 0, "%d files are left behind in TMPDIR",
              count_names(in_folder("tmp")));
}

void expect_ran(const struct ran *ran, int status, const char *output, const char *errors)
{
    cr_expect(ran->status == status, "the exit status is %d, expected %d; output: %s; error output: %s",
              ran->status, status, ran->output, ran->errors);
    cr_expect(output == NULL || strstr(ran->output, output) != NULL,
              "the output is \"%s\", expected \"%s\" in it", ran->output, output);
    cr_expect(errors == NULL || strstr(ran->errors, errors) != NULL,
              "the error output is \"%s\", expected \"%s\" in it", ran->errors, errors);
    expect_nothing_left_behind();
}
