// What batch/intake.h promises: what was handed in is taken as data, from where it belongs, and what is
// wrong with one submission costs no other.
#include "../batch/intake.h"
#include "support.h"
#include <archive.h>
#include <archive_entry.h>
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct ground ground;

static void prepare(void)
{
    folder_make();
    make_folder(in_folder("class"));
    ground_make(&ground, '\0');
    intake_prepare(&ground);
}

static void tidy(void)
{
    ground_remove(&ground);
    folder_remove();
}

TestSuite(intake, .init = prepare, .fini = tidy, .timeout = 60);

static const char *in_class(const char *name)
{
    return in_folder(text_of("class/%s", name));
}

// The submission of this entry.
static struct submission read_entry(const char *raw)
{
    size_t count;
    struct submission submission = {0};
    struct entry *entries = intake_list(in_folder("class"), NULL, &count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(entries[i].raw, raw) == 0) {
            cr_assert(entries[i].kind != INTAKE_NONE, "%s is no submission: %s", raw, entries[i].why);
            intake_read(&ground, in_folder("class"), &entries[i], &submission);
            return submission;
        }
    }
    cr_assert(false, "%s is not listed", raw);
    return submission;
}

// Expects one file of 02-process, with this text, from this place.
static void expect_file(const char *raw, const char *place, const char *text)
{
    struct submission submission = read_entry(raw);
    cr_assert(submission.count == 1, "%s has %zu files: %s", raw, submission.count, submission.why);
    const struct handed_in *file = &submission.files[0];
    cr_expect_str_eq(file->exercise->id, "02-process");
    cr_expect(strcmp(file->file, place) == 0, "it was found at %s, expected %s", file->file, place);
    cr_assert(file->source.text != NULL, "it was refused: %s", file->source.why);
    cr_expect(file->source.size == strlen(text) && memcmp(file->source.text, text, strlen(text)) == 0,
              "its text is \"%.*s\"", (int)file->source.size, file->source.text);
    intake_free(&submission);
}

static void expect_refused_file(const char *raw, const char *why)
{
    struct submission submission = read_entry(raw);
    cr_assert(submission.count == 1, "%s has %zu files: %s", raw, submission.count, submission.why);
    cr_expect(submission.files[0].source.text == NULL, "it was let in");
    cr_expect(strstr(submission.files[0].source.why, why) != NULL, "it was refused with \"%s\"",
              submission.files[0].source.why);
    intake_free(&submission);
}

static void expect_nothing(const char *raw, const char *why)
{
    struct submission submission = read_entry(raw);
    cr_expect(submission.count == 0, "%s has %zu files", raw, submission.count);
    cr_expect(why == NULL ? submission.why[0] == '\0' : strstr(submission.why, why) != NULL,
              "of %s it says \"%s\"", raw, submission.why);
    intake_free(&submission);
}

Test(intake, says_what_is_no_submission)
{
    size_t count;
    make_folder(in_class("alice"));
    make_folder(in_class("own"));
    make_folder(in_class(".hidden"));
    write_text(in_class("readme.txt"), "x");
    write_text(in_class("bob.tar.gz"), "x");
    write_text(in_class(".zip"), "x");
    cr_assert(symlink("/etc", in_class("link")) == 0 && mkfifo(in_class("pipe.zip"), 0644) == 0);
    struct entry *entries = intake_list(in_folder("class"), in_class("own"), &count);
    static const struct {
        const char *name;
        enum intake_kind kind;
    } expected[] = {{"alice", INTAKE_FOLDER}, {"bob", INTAKE_ARCHIVE},   {"link", INTAKE_NONE},
                    {"own", INTAKE_NONE},     {"pipe.zip", INTAKE_NONE}, {"readme.txt", INTAKE_NONE}};
    cr_assert(count == sizeof expected / sizeof *expected, "there are %zu entries", count);
    for (size_t i = 0; i < count; i++) {
        cr_expect(strcmp(entries[i].name, expected[i].name) == 0 && entries[i].kind == expected[i].kind,
                  "%s is of kind %d", entries[i].name, entries[i].kind);
        cr_expect((entries[i].why[0] != '\0') == (expected[i].kind == INTAKE_NONE),
                  "of %s it says \"%s\"", entries[i].name, entries[i].why);
    }
}

Test(intake, names_of_strangers_are_harmless)
{
    size_t count;
    make_folder(in_class("a\nb\033[31m\xff"));
    make_folder(in_class("-rf"));
    struct entry *entries = intake_list(in_folder("class"), NULL, &count);
    cr_assert(count == 2);
    cr_expect_str_eq(entries[0].name, "-rf");
    cr_expect_str_eq(entries[1].name, "a\\x0ab\\x1b[31m\\xff");
    struct submission submission = read_entry("a\nb\033[31m\xff");
    cr_expect_str_eq(submission.name, "a\\x0ab\\x1b[31m\\xff");
    cr_expect(submission.why[0] == '\0', "it cannot be read: %s", submission.why);
}

Test(intake, folders_are_read_where_files_belong)
{
    make_folder(in_class("a"));
    make_folder(in_class("a/02-process"));
    write_text(in_class("a/02-process/process.c"), "int a;");
    write_text(in_class("a/process.c"), "int no;");
    expect_file("a", "02-process/process.c", "int a;");
    make_folder(in_class("b"));
    write_text(in_class("b/process.c"), "int b;");
    expect_file("b", "process.c", "int b;");
    make_folder(in_class("c"));
    make_folder(in_class("c/homework"));
    make_folder(in_class("c/.idea"));
    make_folder(in_class("c/homework/exercises"));
    make_folder(in_class("c/homework/exercises/02-process"));
    write_text(in_class("c/homework/exercises/02-process/process.c"), "int c;");
    make_folder(in_class("c/homework/solutions"));
    make_folder(in_class("c/homework/solutions/02-process"));
    write_text(in_class("c/homework/solutions/02-process/process.c"), "int solution;");
    expect_file("c", "homework/exercises/02-process/process.c", "int c;");
}

Test(intake, what_lies_elsewhere_is_not_taken)
{
    make_folder(in_class("a"));
    make_folder(in_class("a/solutions"));
    make_folder(in_class("a/solutions/02-process"));
    make_folder(in_class("a/notes"));
    write_text(in_class("a/solutions/02-process/process.c"), "int no;");
    expect_nothing("a", NULL);
}

static void expect_instead(const char *raw, const char *sentence)
{
    struct submission submission = read_entry(raw);
    cr_expect_str_eq(submission.instead, sentence);
    intake_free(&submission);
}

// A wrong name, or a text beside the folder, is what most often makes a submission look empty.
Test(intake, tells_what_lies_where_nothing_was_found)
{
    make_folder(in_class("a"));
    write_text(in_class("a/.DS_Store"), "x");
    expect_instead("a", "It is empty.");
    write_text(in_class("a/mine\033.c"), "int a;");
    expect_instead("a", "There is: mine\\x1b.c");
    for (char name = 'b'; name <= 'h'; name++)
        make_folder(in_class(text_of("a/%c", name)));
    expect_instead("a", "There is: b, c, d, e, and 4 more");
    write_text(in_class("a/process.c"), "int a;");
    expect_instead("a", "");
}

Test(intake, links_are_not_followed)
{
    write_text(in_folder("secret.c"), "int secret;");
    make_folder(in_folder("secrets"));
    write_text(in_folder("secrets/process.c"), "int secret;");
    make_folder(in_class("a"));
    cr_assert(symlink(in_folder("secret.c"), in_class("a/process.c")) == 0);
    expect_refused_file("a", "symbolic link");
    make_folder(in_class("b"));
    cr_assert(symlink(in_folder("secrets"), in_class("b/02-process")) == 0);
    expect_nothing("b", NULL);
    make_folder(in_class("c"));
    cr_assert(symlink(in_folder("secrets"), in_class("c/leads")) == 0);
    expect_nothing("c", NULL);
}

Test(intake, what_is_no_file_does_not_hold_it_up)
{
    make_folder(in_class("a"));
    cr_assert(mkfifo(in_class("a/process.c"), 0644) == 0);
    expect_refused_file("a", "not a regular file");
    make_folder(in_class("b"));
    make_folder(in_class("b/process.c"));
    expect_refused_file("b", "not a regular file");
}

#define COMMIT "0123456789abcdef0123456789abcdef01234567"

static void make_clone(const char *head, const char *ref)
{
    make_folder(in_class("clone"));
    make_folder(in_class("clone/.git"));
    make_folder(in_class("clone/.git/refs"));
    make_folder(in_class("clone/.git/refs/heads"));
    write_text(in_class("clone/process.c"), "int x;");
    write_text(in_class("clone/.git/HEAD"), head);
    write_text(in_class("clone/.git/config"),
               text_of("[core]\n\tfsmonitor = touch %s\n\thooksPath = %s\n", in_folder("ran"),
                       in_folder("class")));
    if (ref != NULL)
        write_text(in_class("clone/.git/refs/heads/main"), ref);
}

static void expect_commit(const char *expected)
{
    struct submission submission = read_entry("clone");
    cr_expect(strcmp(submission.commit, expected) == 0, "the commit is \"%s\", expected \"%s\"",
              submission.commit, expected);
    cr_expect(submission.count == 1, "it has %zu files", submission.count);
    cr_expect(access(in_folder("ran"), F_OK) == -1, "the clone's configuration has run a program");
    intake_free(&submission);
}

Test(intake, the_commit_of_a_clone_is_noted)
{
    make_clone("ref: refs/heads/main\n", COMMIT "\n");
    expect_commit(COMMIT);
    write_text(in_class("clone/.git/HEAD"), COMMIT "\n"); // detached
    expect_commit(COMMIT);
}

Test(intake, the_commit_of_a_packed_ref_is_found)
{
    make_clone("ref: refs/heads/main\n", NULL);
    write_text(in_class("clone/.git/packed-refs"),
               "# pack-refs with: peeled\nffff refs/heads/main\n"
               "1111111111111111111111111111111111111111 refs/heads/main2\n" COMMIT " refs/heads/main\n");
    expect_commit(COMMIT);
}

Test(intake, a_hostile_clone_has_no_commit)
{
    static const char *const heads[] = {"",
                                        "ref: ",
                                        "ref: refs/heads/../../../../secret\n",
                                        "0123456789\n",
                                        "ref: /etc/passwd\n",
                                        "gitdir: /\n",
                                        "ref: refs/heads/link\n"};
    write_text(in_folder("secret"), COMMIT "\n");
    make_clone("", NULL);
    cr_assert(symlink(in_folder("secret"), in_class("clone/.git/refs/heads/link")) == 0);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        write_text(in_class("clone/.git/HEAD"), heads[i]);
        expect_commit("");
    }
}

// --- Archives ------------------------------------------------------------------------------------

struct member {
    const char *path;
    mode_t type;      // S_IFREG, ...
    const char *text; // or where a link leads
    size_t zeros;     // instead of a text: so many bytes
    bool hard;        // a hard link
};

static void add_member(struct archive *archive, const struct member *member)
{
    struct archive_entry *entry = archive_entry_new();
    bool file = member->type == S_IFREG && !member->hard;
    size_t size = !file ? 0 : member->zeros > 0 ? member->zeros : strlen(member->text);
    char *zeros = calloc(1, member->zeros + 1);
    archive_entry_set_pathname(entry, member->path);
    archive_entry_set_filetype(entry, (unsigned)member->type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)size);
    if (member->hard)
        archive_entry_set_hardlink(entry, member->text);
    else if (member->type == S_IFLNK)
        archive_entry_set_symlink(entry, member->text);
    cr_assert(archive_write_header(archive, entry) >= ARCHIVE_WARN, "%s", archive_error_string(archive));
    if (size > 0)
        archive_write_data(archive, member->zeros > 0 ? zeros : member->text, size);
    free(zeros);
    archive_entry_free(entry);
}

// By its name a zip, a tar or a tar.gz; the list ends with a member without a path.
static void write_archive(const char *name, const struct member *members)
{
    struct archive *archive = archive_write_new();
    if (strstr(name, ".zip") != NULL)
        archive_write_set_format_zip(archive);
    else
        archive_write_set_format_pax_restricted(archive);
    if (strstr(name, "gz") != NULL)
        archive_write_add_filter_gzip(archive);
    cr_assert(archive_write_open_filename(archive, in_class(name)) == ARCHIVE_OK, "cannot write %s: %s",
              name, archive_error_string(archive));
    for (; members->path != NULL; members++)
        add_member(archive, members);
    cr_assert(archive_write_close(archive) == ARCHIVE_OK, "%s", archive_error_string(archive));
    archive_write_free(archive);
}

#define MEMBERS(...) ((const struct member[]){__VA_ARGS__, {.path = NULL}})
#define FILE_OF(path_, text_)                                                                            \
    {                                                                                                    \
        .path = path_, .type = S_IFREG, .text = text_                                                    \
    }

Test(intake, archives_of_each_kind_are_read)
{
    static const char *const names[] = {"a.tar", "b.tar.gz", "c.tgz", "d.zip", "e.TAR.GZ"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        write_archive(names[i], MEMBERS(FILE_OF("02-process/process.c", "int x;"),
                                        FILE_OF("02-process/notes.txt", "hello")));
        expect_file(names[i], "02-process/process.c", "int x;");
    }
}

Test(intake, archives_are_read_where_files_belong)
{
    write_archive("a.zip",
                  MEMBERS(FILE_OF("__MACOSX/._process.c", "x"), FILE_OF("hw/process.c", "int a;")));
    expect_file("a.zip", "hw/process.c", "int a;");
    write_archive("b.tar", MEMBERS(FILE_OF("w/solutions/02-process/process.c", "int no;"),
                                   FILE_OF("w/exercises/02-process/process.c", "int b;"),
                                   FILE_OF("w/README.md", "x")));
    expect_file("b.tar", "w/exercises/02-process/process.c", "int b;");
    write_archive("c.tar", MEMBERS(FILE_OF("solutions/02-process/process.c", "int no;"),
                                   FILE_OF("README.md", "x")));
    expect_nothing("c.tar", NULL);
    write_archive("d.tar", MEMBERS(FILE_OF("process.c", "int old;"), FILE_OF("./process.c", "int new;")));
    expect_file("d.tar", "process.c", "int new;");
}

Test(intake, hostile_members_are_not_taken)
{
    write_archive("a.tar", MEMBERS(FILE_OF("/process.c", "int x;"), FILE_OF("../process.c", "int x;"),
                                   FILE_OF("a/../../process.c", "int x;")));
    expect_nothing("a.tar", NULL);
    write_archive("b.tar", MEMBERS({.path = "process.c", .type = S_IFLNK, .text = "/etc/passwd"}));
    expect_refused_file("b.tar", "symbolic link");
    write_archive("c.tar",
                  MEMBERS(FILE_OF("z.c", "x"),
                          {.path = "process.c", .type = S_IFREG, .text = "/etc/passwd", .hard = true}));
    expect_refused_file("c.tar", "not a regular file");
    write_archive("d.tar", MEMBERS({.path = "process.c", .type = S_IFIFO}));
    expect_refused_file("d.tar", "not a regular file");
    write_archive("e.tar", MEMBERS({.path = "process.c", .type = S_IFCHR}));
    expect_refused_file("e.tar", "not a regular file");
    write_archive("f.zip", MEMBERS(FILE_OF("hw\n/\033[31m/process.c", "int x;")));
    expect_file("f.zip", "hw\\x0a/\\x1b[31m/process.c", "int x;");
}

Test(intake, bombs_do_not_go_off)
{
    write_archive("file.zip", MEMBERS({.path = "process.c", .type = S_IFREG, .zeros = 64 << 20}));
    expect_refused_file("file.zip", "larger than 256 KiB");
    write_archive("tar.tgz", MEMBERS({.path = "x", .type = S_IFREG, .zeros = 300 << 20},
                                     FILE_OF("process.c", "int x;")));
    expect_nothing("tar.tgz", "unpacks to more than");
}

Test(intake, thousands_of_files_are_too_many)
{
    enum { COUNT = 60000 };
    struct member *members = calloc(COUNT + 1, sizeof *members);
    for (size_t i = 0; i < COUNT; i++)
        members[i] = (struct member)FILE_OF("x", "");
    write_archive("many.tgz", members);
    expect_nothing("many.tgz", "more than");
    free(members);
}

Test(intake, a_damaged_archive_costs_only_itself)
{
    struct stat status;
    write_text(in_class("text.zip"), "no archive at all");
    expect_nothing("text.zip", "neither a tar nor a zip");
    write_text(in_class("empty.tar"), "");
    expect_nothing("empty.tar", "empty");
    write_archive("cut.tgz", MEMBERS({.path = "x", .type = S_IFREG, .zeros = 1 << 20},
                                     FILE_OF("process.c", "int x;")));
    cr_assert(stat(in_class("cut.tgz"), &status) == 0);
    cr_assert(truncate(in_class("cut.tgz"), status.st_size / 2) == 0);
    struct submission cut = read_entry("cut.tgz");
    cr_expect(cut.why[0] != '\0' && cut.count == 0, "half an archive gave %zu files", cut.count);
    int file = truncate(in_class("text.zip"), (off_t)65 << 20);
    cr_assert(file == 0, "truncate: %s", strerror(errno));
    expect_nothing("text.zip", "larger than 64 MiB");
}
