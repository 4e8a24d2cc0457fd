// What grade/gate.h promises: only a regular file of text is let in, and nothing can hold the gate up.
#include "../grade/gate.h"
#include "support.h"
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

TestSuite(gate, .init = folder_make, .fini = folder_remove, .timeout = 20);

static void expect_refused(const char *name, const char *why, bool missing)
{
    struct source source = gate_read(in_folder(""), name);
    cr_expect(source.text == NULL, "%s was let in", name);
    cr_expect(strstr(source.why, why) != NULL, "%s was refused with \"%s\", expected \"%s\" in it", name,
              source.why, why);
    cr_expect(source.missing == missing, "%s counts as %s", name, source.missing ? "missing" : "there");
    free(source.text);
}

static void write_spaces(const char *name, size_t size)
{
    char *bytes = malloc(size);
    memset(bytes, ' ', size);
    write_bytes(in_folder(name), bytes, size);
    free(bytes);
}

Test(gate, lets_a_regular_file_in)
{
    write_text(in_folder("good.c"), "int x;\n");
    struct source source = gate_read(in_folder(""), "good.c");
    cr_assert(source.text != NULL, "it was refused: %s", source.why);
    cr_expect(source.size == 7 && memcmp(source.text, "int x;\n", 7) == 0, "it was read as %zu bytes",
              source.size);
    cr_expect(source.why[0] == '\0' && !source.missing, "it was let in, but with \"%s\"", source.why);
    free(source.text);
}

Test(gate, lets_a_file_of_the_largest_size_in)
{
    write_spaces("largest.c", GATE_SIZE_MAX);
    struct source source = gate_read(in_folder(""), "largest.c");
    cr_assert(source.text != NULL, "%d bytes were refused: %s", GATE_SIZE_MAX, source.why);
    cr_expect(source.size == GATE_SIZE_MAX, "%d bytes were read as %zu", GATE_SIZE_MAX, source.size);
    free(source.text);
}

Test(gate, refuses_a_larger_file)
{
    write_spaces("larger.c", GATE_SIZE_MAX + 1);
    expect_refused("larger.c", "256 KiB", false);
    write_text(in_folder("huge.c"), "x");
    cr_assert(truncate(in_folder("huge.c"), 1L << 40) == 0, "truncate: %s", strerror(errno));
    expect_refused("huge.c", "256 KiB", false);
}

Test(gate, tells_a_missing_file)
{
    expect_refused("missing.c", "no such file", true);
    expect_refused("missing/missing.c", "no such file", true);
    write_text(in_folder("file"), "x");
    expect_refused("file/missing.c", "no such file", true);
}

Test(gate, refuses_an_empty_file)
{
    write_text(in_folder("empty.c"), "");
    expect_refused("empty.c", "empty", false);
}

Test(gate, refuses_nul_bytes)
{
    write_bytes(in_folder("nul.c"), "int x;\n\0", 8);
    expect_refused("nul.c", "NUL", false);
    write_bytes(in_folder("nul_only.c"), "\0", 1);
    expect_refused("nul_only.c", "NUL", false);
}

Test(gate, refuses_links)
{
    write_text(in_folder("target.c"), "int x;\n");
    cr_assert(symlink("target.c", in_folder("link.c")) == 0 &&
                  symlink("nowhere.c", in_folder("dangling.c")) == 0 &&
                  symlink("loop.c", in_folder("loop.c")) == 0,
              "symlink: %s", strerror(errno));
    expect_refused("link.c", "symbolic link", false);
    expect_refused("dangling.c", "symbolic link", false);
    expect_refused("loop.c", "symbolic link", false);
}

Test(gate, refuses_what_lies_behind_a_link)
{
    make_folder(in_folder("mine"));
    make_folder(in_folder("somebody_elses"));
    write_text(in_folder("somebody_elses/module.c"), "int x;\n");
    cr_assert(symlink("../somebody_elses", in_folder("mine/02-process")) == 0, "symlink: %s",
              strerror(errno));
    expect_refused("mine/02-process/module.c", "symbolic link", false);
    expect_refused("mine/02-process/none.c", "symbolic link", false);
    expect_refused("mine/none/module.c", "no such file", true);
    expect_refused("somebody_elses/module.c/module.c", "no such file", true);
}

Test(gate, follows_a_link_to_the_folder_itself)
{
    make_folder(in_folder("real"));
    write_text(in_folder("real/module.c"), "int x;\n");
    cr_assert(symlink("real", in_folder("link")) == 0, "symlink: %s", strerror(errno));
    struct source source = gate_read(in_folder("link"), "module.c");
    cr_expect(source.text != NULL, "it was refused: %s", source.why);
    free(source.text);
}

Test(gate, refuses_a_fifo_without_waiting_for_a_writer)
{
    cr_assert(mkfifo(in_folder("fifo.c"), 0644) == 0, "mkfifo: %s", strerror(errno));
    expect_refused("fifo.c", "not a regular file", false);
}

Test(gate, refuses_a_directory)
{
    make_folder(in_folder("directory.c"));
    expect_refused("directory.c", "not a regular file", false);
}

Test(gate, refuses_a_socket_and_a_device)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, in_folder("socket.c"), sizeof address.sun_path - 1);
    int end = socket(AF_UNIX, SOCK_STREAM, 0);
    cr_assert(bind(end, (struct sockaddr *)&address, sizeof address) == 0, "bind: %s", strerror(errno));
    expect_refused("socket.c", "cannot be opened", false);
    struct source device = gate_read("/dev", "zero");
    cr_expect(device.text == NULL && strstr(device.why, "not a regular file") != NULL,
              "/dev/zero was refused with \"%s\"", device.why);
}

Test(gate, refuses_a_file_that_it_may_not_read)
{
    write_text(in_folder("secret.c"), "int x;\n");
    cr_assert(chmod(in_folder("secret.c"), 0) == 0, "chmod: %s", strerror(errno));
    uid_t user = geteuid();
    cr_assert(user != 0 || seteuid(65534) == 0, "seteuid: %s", strerror(errno)); // root may read all
    expect_refused("secret.c", "cannot be opened", false);
    cr_assert(seteuid(user) == 0, "seteuid: %s", strerror(errno));
}
