// What download.h promises, sentence by sentence.
#define _GNU_SOURCE // memmem
#include "answer.h"
#include "download.h"
#include "examiner.h"
#include "kinds.h"
#include "served.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static int64_t part(const struct outcome *outcome, const char *name, const char *what)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, what);
    return answered(outcome, whole);
}

// What was answered as `name`, as a string that stays until the test ends.
static const char *text_of(const struct outcome *outcome, const char *name)
{
    const char *value;
    size_t size;
    expect_answer(outcome);
    cr_assert(answer_find(outcome, name, &value, &size), "The drive did not answer \"%s\".", name);
    char *text = malloc(size + 1);
    cr_assert(text != NULL);
    memcpy(text, value, size);
    text[size] = '\0';
    return text;
}

// A text of the submission's, as it can be printed; the middle of a long one is left out.
static const char *shown(const char *text)
{
    enum { BEGIN = 40, END = 40, ROOM = 1024 };
    size_t length = strlen(text);
    char *all = calloc(ROOM, 1), *end = all;
    cr_assert(all != NULL);
    for (size_t i = 0; i < length; i++) {
        if (length > 2 * (BEGIN + END) && i == BEGIN) {
            end += sprintf(end, "[...]");
            i = length - END;
        }
        end += text[i] >= 32 && text[i] < 127 ? sprintf(end, "%c", text[i])
                                              : sprintf(end, "\\x%02x", (unsigned char)text[i]);
    }
    return all;
}

static const char *numbered(const struct outcome *outcome, const char *name, size_t number)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%zu", name, number);
    return text_of(outcome, whole);
}

// Fails the test at once unless the drive ended by itself and answered; `tried` says what it was about.
static void expect_ended(const struct outcome *outcome, const char *tried)
{
    int status = outcome->report.wait_status;
    bool killed = outcome->limit == LIMIT_NONE && WIFSIGNALED(status);
    cr_assert(outcome->limit == LIMIT_NONE && !killed, "%s %s", tried, ending(outcome));
    expect_answer(outcome);
}

// Whether a control character of UTF-8 begins here that has two bytes.
static bool is_long_control(const char *text)
{
    return text[0] == '\xc2' && (text[1] & 0xe0) == 0x80;
}

static bool has_controls(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 32 || *text == 127 || is_long_control(text))
            return true;
    return false;
}

// Fails the test unless a call failed with this errno, and its `struct download` says so, too. `name` is
// that of the answer, `call` the function; `what` says what was the case, `hint` what to look at.
static void expect_failure(const struct outcome *outcome, const char *name, const char *call, int error,
                           const char *what, const char *hint)
{
    char message_name[64];
    snprintf(message_name, sizeof message_name, "%s_message", name);
    expect_ended(outcome, what);
    bool lost = answered(outcome, name) == -1 && part(outcome, name, "error") == error;
    cr_assert(failed_with(outcome, name, error), "%s %s() %s, expected -1 (%s). %s", what, call,
              result_text(outcome, name), error_name(error),
              lost ? "`error` of the struct download is right: set errno to it, after cleaning up."
                   : hint);
    cr_assert(
        part(outcome, name, "error") == error,
        "%s %s() set errno to %s, and `error` of the struct download to %s: both are the same number.",
        what, call, error_name(error), error_name(part(outcome, name, "error")));
    cr_assert(part(outcome, name, "size") == 0,
              "%s %s() failed, and `size` is %d, expected 0. (The struct was used before: set all that "
              "is not `link` and `name` anew.)",
              what, call, (int)part(outcome, name, "size"));
    const char *message = text_of(outcome, message_name);
    cr_assert(*message != '\0', "%s %s() set `error`, but left `message` empty.", what, call);
    cr_assert(!has_controls(message) && strcmp(message, "old") != 0,
              "%s `message` is \"%s\": it has to be one line of text without control characters, and "
              "about this error.",
              what, shown(message));
}

// Fails the test unless a call succeeded, and its `struct download` says so, too.
static void expect_success(const struct outcome *outcome, const char *name, const char *call,
                           const char *what)
{
    char message_name[64];
    snprintf(message_name, sizeof message_name, "%s_message", name);
    expect_ended(outcome, what);
    cr_assert(answered(outcome, name) == 0, "%s %s() %s, expected 0. Its message: \"%s\"", what, call,
              result_text(outcome, name), shown(text_of(outcome, message_name)));
    cr_assert(
        part(outcome, name, "error") == 0,
        "%s %s() gave 0, and `error` of the struct download is %s, expected 0. (The struct was used "
        "before: set all that is not `link` and `name` anew.)",
        what, call, error_name(part(outcome, name, "error")));
    cr_assert(*text_of(outcome, message_name) == '\0',
              "%s %s() gave 0, and `message` is \"%s\", expected none. (The struct was used before.)",
              what, call, shown(text_of(outcome, message_name)));
}

static void expect_no_part(const struct outcome *outcome, const char *what)
{
    cr_expect(answered(outcome, "hidden") == 0,
              "%s Afterwards %d files whose names begin with '.' were in the directory, expected none: "
              "unlink(2) the temporary file after every error, too.",
              what, (int)answered(outcome, "hidden"));
}

// --- Directories and names -----------------------------------------------------------------------------

GRADED(download, directories_are_made, 5, "a directory is made, and those above it that are missing")
{
    struct outcome outcome = drive("directory", (struct drive){0});
    expect_ended(&outcome, "Some directories were to be made.");
    const struct {
        const char *name, *call, *hint;
    } made[] = {
        {"one", "download_directory(\"one\")", "Start here: mkdir(2) makes one directory."},
        {"nested", "download_directory(\"two/three/four\")",
         "mkdir(2) makes one directory, and only where the one above it is there: make \"two\", "
         "\"two/three\" and \"two/three/four\", one after the other."},
        {"below", "download_directory(\"two/three/five\"), when \"two/three\" was there,",
         "That one above is there is no error."},
        {"slashes", "download_directory(\"two//six/\")", "The empty parts of a path are no directories."},
        {"absolute", "download_directory() with a path that begins with '/'",
         "The part in front of the first '/' is empty then: pass over it."},
    };
    for (size_t i = 0; i < sizeof made / sizeof *made; i++) {
        cr_assert(answered(&outcome, made[i].name) == 0, "%s %s, expected 0. %s", made[i].call,
                  result_text(&outcome, made[i].name), made[i].hint);
        cr_assert(part(&outcome, made[i].name, "there") == 1, "%s gave 0, but there is no directory. %s",
                  made[i].call, made[i].hint);
    }
    cr_expect(answered(&outcome, "again") == 0,
              "The directory was there already, and download_directory() %s, expected 0. mkdir(2) says "
              "EEXIST then.",
              result_text(&outcome, "again"));
    cr_expect(failed_with(&outcome, "in_the_way", EEXIST),
              "A file was in the way, and download_directory() %s, expected -1 (EEXIST). mkdir(2) says "
              "EEXIST for a file, too: stat(2) tells them apart.",
              result_text(&outcome, "in_the_way"));
    cr_expect(answered(&outcome, "kept") == 1, "A file was in the way, and it is not what it was.");
    cr_expect(failed_with(&outcome, "above", EEXIST) || failed_with(&outcome, "above", ENOTDIR),
              "\"file\" is a file, and download_directory(\"file/below\") %s, expected -1 (EEXIST, or "
              "ENOTDIR).",
              result_text(&outcome, "above"));
    cr_expect(
        failed_with(&outcome, "locked", EACCES),
        "The directory above may not be written, and download_directory() %s, expected -1 (EACCES), "
        "which is what mkdir(2) says.",
        result_text(&outcome, "locked"));
    cr_expect(failed_with(&outcome, "nothing", ENOENT),
              "download_directory(\"\") %s, expected -1 (ENOENT), which is what mkdir(2) says.",
              result_text(&outcome, "nothing"));
    expect_clean(&outcome);
}

#define AFTER(prerequisite, name, points, description)                                                   \
    GRADED_AFTER(prerequisite, download, name, points, description)
#define AFTER_LINK(name, points, description) AFTER("a_link_is_downloaded", name, points, description)

// Links and names for a drive, each closed by '\0'.
struct pairs {
    char bytes[16 * 1024];
    size_t size;
};

static void add_text(struct pairs *pairs, const char *text)
{
    size_t size = strlen(text) + 1;
    cr_assert(pairs->size + size <= sizeof pairs->bytes);
    memcpy(pairs->bytes + pairs->size, text, size);
    pairs->size += size;
}

static void add_pair(struct pairs *pairs, const char *link, const char *name)
{
    add_text(pairs, link);
    add_text(pairs, name);
}

static char *repeated(const char *text, int times, const char *end)
{
    char *all = calloc(strlen(text) * (size_t)times + strlen(end) + 1, 1);
    cr_assert(all != NULL);
    for (int i = 0; i < times; i++)
        strcat(all, text);
    return strcat(all, end);
}

struct naming {
    const char *link, *name, *hint;
};

// A random name, and the link that it comes from: encoded where it must be, and where it need not.
static struct naming random_naming(void)
{
    char *link = calloc(256, 1), *name = calloc(64, 1);
    cr_assert(link != NULL && name != NULL);
    char *end = link + sprintf(link, "http://127.0.0.1:%d/a%%20b/", (int)random_between(1, 65535));
    int length = (int)random_between(3, 30);
    for (int i = 0; i < length; i++) {
        int byte = (int)random_between(1, 255);
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        bool wrong = byte < 32 || byte == 127 || byte == '/' || (i == 0 && (byte == '.' || byte == '-'));
        name[i] = (char)(wrong ? '_' : byte);
        end +=
            plain && random_between(0, 1) == 0 ? sprintf(end, "%c", byte) : sprintf(end, "%%%02x", byte);
    }
    for (int i = 0; i < length; i++)
        if (is_long_control(name + i))
            name[i] = name[i + 1] = '_';
    if (random_between(0, 1) == 0)
        strcpy(end, "?q=/other.png");
    return (struct naming){link, name, "Decode %XX once, and then look at the bytes."};
}

enum { MOST_LONG_NAMES = 7 };

// Names that are too long, with what is to be left of them.
static size_t add_long_names(struct naming namings[])
{
    const char *begin = "http://h/";
    int more = (int)random_between(256, 400);
    char *plain = repeated("n", more, ""), *png = repeated("n", more, ".png");
    char *suffix = repeated("n", more, ".just-17-bytes-xx");
    char *most = repeated("n", more, ".exactly-16-byte");
    char *accents = repeated("%C3%A9", 200, ".png");
    const struct {
        const char *text, *name;
    } all[] = {
        {plain, repeated("n", 255, "")},
        {png, repeated("n", 251, ".png")},
        {suffix, repeated("n", 255, "")},
        {most, repeated("n", 239, ".exactly-16-byte")},
        {accents, repeated("\xc3\xa9", 125, ".png")}, // 251 bytes are not 125 characters and a half
        {repeated("n", 255, ""), repeated("n", 255, "")},
        {repeated("n", 256, ""), repeated("n", 255, "")},
    };
    size_t count = sizeof all / sizeof *all;
    cr_assert(count <= MOST_LONG_NAMES);
    for (size_t i = 0; i < count; i++) {
        char *link = calloc(strlen(all[i].text) + 16, 1);
        cr_assert(link != NULL);
        strcat(strcpy(link, begin), all[i].text);
        namings[i] = (struct naming){
            link, all[i].name,
            "At most 255 bytes: cut in front of the suffix, if that has at most 16 bytes with its '.', "
            "and "
            "not inside a character of UTF-8 (its second and further bytes are 0x80 to 0xbf)."};
    }
    return count;
}

static void expect_safe_names(const struct naming namings[], size_t count, const char *tried)
{
    struct pairs pairs = {.size = 0};
    for (size_t i = 0; i < count; i++)
        add_pair(&pairs, namings[i].link, "");
    struct outcome outcome =
        drive("name", (struct drive){.input = pairs.bytes, .input_size = pairs.size});
    expect_ended(&outcome, tried);
    for (size_t i = 0; i < count; i++) {
        const char *name = numbered(&outcome, "name", i);
        cr_assert(
            strcmp(name, namings[i].name) == 0,
            "download_name() made \"%s\" (%zu bytes) of the link %.90s%s, expected \"%s\" (%zu bytes). "
            "%s",
            shown(name), strlen(name), namings[i].link, strlen(namings[i].link) > 90 ? "..." : "",
            shown(namings[i].name), strlen(namings[i].name), namings[i].hint);
        char label[32];
        snprintf(label, sizeof label, "kept_%zu", i);
        cr_assert(answered(&outcome, label) == 1,
                  "download_name() has written behind the 256 bytes of `name`. The link was %.90s...",
                  namings[i].link);
    }
    expect_clean(&outcome);
}

AFTER("directories_are_made", names_are_safe, 6, "a link becomes one safe file name")
{
    const struct naming plain[] = {
        {"http://example.com/tile.png", "tile.png",
         "Start here: it is what stands behind the last '/' of the path."},
        {"http://example.com/a/b/tile.png", "tile.png", "Behind the last '/' of the path."},
        {"https://example.com/tile.png?size=7/8", "tile.png", "The path ends where '?' is."},
        {"http://example.com/tile.png#a/b", "tile.png", "The path ends where '#' is."},
        {"http://example.com/two%20words.png", "two words.png", "Decode: curl_easy_unescape(3)."},
        {"http://example.com/a%2520b.png", "a%20b.png", "%25 is '%'. Decode once."},
        {"http://example.com/100%.png", "100%.png", "A '%' without two digits stays what it is."},
        {"http://example.com/..%2F..%2Fetc%2Fpasswd", "_._.._etc_passwd",
         "Decode first, and then look for '/': %2F is one."},
        {"http://example.com/%2Fetc%2Fpasswd", "_etc_passwd", "%2F is a '/', too."},
        {"http://example.com/..", "_.", "A name must not begin with '.'."},
        {"http://example.com/.", "_", "A name must not begin with '.'."},
        {"http://example.com/a/../...", "_..", "A name must not begin with '.'."},
        {"http://example.com/.hidden.png", "_hidden.png", "A name must not begin with '.'."},
        {"http://example.com/%2ehidden", "_hidden", "%2e is a '.', too."},
        {"http://example.com/-rf", "_rf",
         "A name must not begin with '-': rm would take it for options."},
        {"http://example.com/a-b.c", "a-b.c", "'-' and '.' are forbidden at the beginning only."},
        {"http://example.com/a%0Ab%1b%7f.png", "a_b__.png", "Bytes below 32, and 127, become '_'."},
        {"http://example.com/a%00b.png", "a_b.png",
         "%00 is a byte of the name, too: curl_easy_unescape() tells how many bytes there are."},
        {"http://example.com/%00", "_", "%00 is a byte of the name, too."},
        {"http://example.com/%C3%A9t%c3%a9.png", "\xc3\xa9t\xc3\xa9.png", "Bytes above 127 stay."},
        {"http://example.com/a%C2%9B2J%c2%80%c2%9f.png", "a__2J____.png",
         "c2 80 to c2 9f are control characters, too: each of their bytes becomes '_'."},
        {"http://example.com/%c2%a0%C2%BF%9b%C2", "\xc2\xa0\xc2\xbf\x9b\xc2",
         "Of the bytes above 127, only the pairs c2 80 to c2 9f become '_'."},
        {"http://example.com/", "unnamed",
         "Nothing is left. (curl_easy_unescape() with the length 0 takes "
         "it to be strlen().)"},
        {"http://example.com", "unnamed", "The path is empty: the host is no part of it."},
        {"http://example.com/?a=b/c.png", "unnamed", "Nothing stands behind the last '/' of the path."},
        {"http://example.com?a=b/c.png", "unnamed", "The path is empty."},
    };
    struct naming random[9], long_ones[MOST_LONG_NAMES];
    for (size_t i = 0; i < sizeof random / sizeof *random; i++)
        random[i] = random_naming();
    // What writes behind `name` may end the drive without an answer: so short names come first.
    expect_safe_names(plain, sizeof plain / sizeof *plain,
                      "download_name() was called with short links.");
    expect_safe_names(
        random, sizeof random / sizeof *random,
        "download_name() was called with short links, whose names have bytes of all kinds.");
    expect_safe_names(long_ones, add_long_names(long_ones),
                      "download_name() was called with links whose last part has 255 bytes or more.");
}

static void expect_names(const struct naming namings[], size_t count)
{
    struct pairs pairs = {.size = 0};
    for (size_t i = 0; i < count; i++)
        add_pair(&pairs, namings[i].link, namings[i].hint);
    struct outcome outcome =
        drive("names", (struct drive){.input = pairs.bytes, .input_size = pairs.size});
    for (size_t i = 0; i < count; i++) {
        const char *name = numbered(&outcome, "name", i);
        cr_assert(
            strcmp(name, namings[i].name) == 0,
            "download_names() gave the name \"%s\" to download %zu (link %.40s%s, name before: \"%s\"), "
            "expected \"%s\". The first of several keeps its name; then comes -2, in front of the "
            "suffix; a name that is there before stays, and is taken.",
            shown(name), i, namings[i].link, strlen(namings[i].link) > 40 ? "..." : "", namings[i].hint,
            shown(namings[i].name));
    }
    expect_clean(&outcome);
}

AFTER("names_are_safe", names_differ, 4, "no two downloads get the same name")
{
    char *full = repeated("n", 251, ".png"), *cut = repeated("n", 249, "-2.png");
    char *link = repeated("n", 300, ".png"), long_link[400] = "http://h/";
    strcat(long_link, link);
    // The third string is the name that the download has already.
    const struct naming namings[] = {
        {"http://h/a/tile.png", "tile.png", ""},
        {"http://h/b/tile.png", "tile-2.png", ""},
        {"http://h/c/other.png", "other.png", ""},
        {"http://h/d/tile.png?n=3", "tile-4.png", ""}, // -3 is taken further down
        {"http://h/1", "mine.png", "mine.png"},
        {"http://h/2", "tile-3.png", "tile-3.png"},
        {"http://h/mine.png", "mine-2.png", ""},
        {"http://h/240", "240", ""},
        {"http://h/a/240", "240-2", ""},
        {"http://h/a.tar.gz", "a.tar.gz", ""},
        {"http://h/b/a.tar.gz", "a.tar-2.gz", ""},
        {"http://h/", "unnamed", ""},
        {"http://g/", "unnamed-2", ""},
        {"http://h/a%2Fb", "a_b", ""},
        {"http://h/a_b", "a_b-2", ""},
        {long_link, full, ""},
        {long_link, cut, ""},
    };
    expect_names(namings, sizeof namings / sizeof *namings);
    struct naming same[40];
    int count = (int)random_between(12, 40);
    for (int i = 0; i < count; i++) {
        char *name = calloc(32, 1);
        cr_assert(name != NULL);
        snprintf(name, 32, i == 0 ? "same.png" : "same-%d.png", i + 1);
        same[i] = (struct naming){"http://h/same.png", name, ""};
    }
    expect_names(same, (size_t)count);
}

// --- One link ------------------------------------------------------------------------------------------

AFTER("directories_are_made", a_link_is_downloaded, 9, "one link becomes one file, right byte for byte")
{
    int size = (int)random_between(1000, 9000), seed = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("picture", (struct drive){.arguments = arguments("seed=%d", seed), .find_leaks = true});
    expect_ended(&outcome, "A picture was downloaded, and the session was released.");
    cr_assert(answered(&outcome, "session") == 0,
              "download_session_create(NULL) gave NULL (%s), expected a session. Start here: allocate a "
              "struct download_session, and let curl_easy_init(3) make its handle.",
              error_name(answered(&outcome, "session_errno")));
    expect_success(&outcome, "link", "download_link", "A picture was to be downloaded.");
    cr_assert(
        answered(&outcome, "same") != -1,
        "download_link() gave 0, and there is no file of the directory's that is called tile.png, as "
        "the link says. `name` is \"%s\".",
        shown(text_of(&outcome, "link_name")));
    cr_assert(
        answered(&outcome, "same") == 1,
        "download_link() gave 0, but the file has %d bytes, and is not the picture of %d bytes that the "
        "server has. Write in the write callback what it gets, all of it: bytes, and no string. With "
        "stdio, close the file, too: until then the last bytes may be in memory only.",
        (int)answered(&outcome, "written"), (int)answered(&outcome, "fetched"));
    expect_clean(&outcome);

    outcome = drive("link", (struct drive){.arguments = arguments("size=%d seed=%d", size, seed),
                                           .find_leaks = true});
    expect_ended(&outcome, "A link was downloaded twice by one session.");
    expect_success(&outcome, "link", "download_link", "A link was to be downloaded.");
    cr_assert(answered(&outcome, "same") != -1,
              "The link .../some/tile.png?size=large was downloaded, and there is no file tile.png: what "
              "begins with '?' is no part of the name (download_name()). `name` is \"%s\".",
              shown(text_of(&outcome, "link_name")));
    cr_assert(
        answered(&outcome, "same") == 1,
        "A link was downloaded, whose server sends %d bytes of all kinds. download_link() gave 0, but "
        "the file has other bytes. (A write callback gets bytes, and no string.)",
        size);
    cr_expect(part(&outcome, "link", "status") == 200,
              "`status` is %d, expected 200: "
              "CURLINFO_RESPONSE_CODE, of curl_easy_getinfo(3), wants a long.",
              (int)part(&outcome, "link", "status"));
    cr_expect(part(&outcome, "link", "size") == size, "`size` is %d, expected %d.",
              (int)part(&outcome, "link", "size"), size);
    cr_expect(part(&outcome, "link", "attempts") == 1,
              "`attempts` is %d, expected 1. (The struct was used before: begin with 0.)",
              (int)part(&outcome, "link", "attempts"));
    cr_expect(strcmp(text_of(&outcome, "link_name"), "tile.png") == 0,
              "`name` was empty, and is \"%s\" now, expected \"tile.png\": download_name().",
              shown(text_of(&outcome, "link_name")));
    cr_expect(answered(&outcome, "requests") == 1, "The server got %d requests for one link, expected 1.",
              (int)answered(&outcome, "requests"));
    cr_expect(answered(&outcome, "files") == 1, "%d files are in the directory, expected 1.",
              (int)answered(&outcome, "files"));
    expect_no_part(&outcome, "A link was downloaded.");
    expect_success(&outcome, "given", "download_link", "The download had a name already.");
    cr_expect(answered(&outcome, "given_same") == 1 &&
                  strcmp(text_of(&outcome, "given_name"), "another name") == 0,
              "The download's name was \"another name\": the file has to have it.");
    expect_clean(&outcome);
}

static const char *session_text(const struct outcome *outcome, const char *name)
{
    return answered(outcome, name) == 0
               ? "gave a session"
               : arguments("gave NULL (%s)", error_name(part(outcome, name, "errno")));
}

AFTER_LINK(sessions_check_their_options, 2, "a negative number is refused, and 0 stands for a default")
{
    struct outcome outcome = drive("options", (struct drive){0});
    expect_ended(&outcome, "Sessions were made with negative numbers, which are to be refused.");
    cr_expect(failed_with(&outcome, "timeout", EINVAL),
              "download_session_create() with .timeout_ms = -1 %s, expected NULL (EINVAL).",
              session_text(&outcome, "timeout"));
    cr_expect(failed_with(&outcome, "attempts", EINVAL),
              "download_session_create() with .attempts = -1 %s, expected NULL (EINVAL).",
              session_text(&outcome, "attempts"));
    cr_expect(answered(&outcome, "zero") == 0,
              "download_session_create() with options that are all 0 gave NULL, expected a session.");
    expect_clean(&outcome);
}

AFTER_LINK(nothing_half_is_seen, 6, "a file with the final name is always whole, also after a SIGKILL")
{
    const char *after = "Half of a page had come. ";
    for (int killed = 0; killed < 2; killed++) {
        struct outcome outcome =
            drive("half", (struct drive){.arguments = arguments("kill=%d seed=%d", killed,
                                                                (int)random_between(1, 1000000))});
        expect_ended(&outcome, "The server looked at the directory when half of a page was sent.");
        cr_assert(answered(&outcome, "requests") == 1, "The server got %d requests for one link.",
                  (int)answered(&outcome, "requests"));
        cr_assert(
            answered(&outcome, "final") == 0,
            "%sThe file was there under its final name already: whoever looks now, or if the program "
            "is killed now, takes it for a whole one. Write to a file with another name, and "
            "rename(2) it when all is there.",
            after);
        cr_assert(
            answered(&outcome, "part") == 1,
            "%sNo file whose name begins with '.' was in the directory: the bytes have to go to such "
            "a file as they come.",
            after);
        if (killed == 0)
            cr_expect(answered(&outcome, "whole_afterwards") == 1 && answered(&outcome, "hidden") == 0,
                      "The other half came, too; afterwards the file has to be there under its name, and "
                      "no other one.");
        else
            cr_expect(answered(&outcome, "signal") == SIGKILL &&
                          answered(&outcome, "whole_afterwards") == -1,
                      "%sThe program was killed, and there is a file with the final name.", after);
        expect_clean(&outcome);
    }
}

enum { ANY_STATUS = -1 };

struct failure {
    enum kind kind;
    int error;
    int status; // of HTTP; ANY_STATUS: there may have been no time for it
    const char *what, *hint;
};

// Runs the failure, and fails the test unless all is as it has to be. `more` is further arguments.
static struct outcome expect_refused(const struct failure *failure, const char *more)
{
    char all[128];
    snprintf(all, sizeof all, "kind=%d %s", (int)failure->kind, more);
    struct outcome outcome = drive("failure", (struct drive){.arguments = all});
    expect_ended(&outcome, failure->what);
    expect_failure(&outcome, "link", "download_link", failure->error, failure->what, failure->hint);
    cr_expect(failure->status == ANY_STATUS || part(&outcome, "link", "status") == failure->status,
              "%s `status` is %d, expected %d: CURLINFO_RESPONSE_CODE, after errors, too.", failure->what,
              (int)part(&outcome, "link", "status"), failure->status);
    expect_no_part(&outcome, failure->what);
    return outcome;
}

static void expect_no_file(const struct outcome *outcome, const struct failure *failure)
{
    cr_expect(answered(outcome, "files") == 0, "%s download_link() failed, and left a file.",
              failure->what);
    expect_clean(outcome);
}

AFTER("what_breaks_off_is_an_error", an_older_file_survives, 4,
      "an older file is replaced when the new one is whole, and stays after an error")
{
    struct outcome outcome = drive("half", (struct drive){.arguments = "older=1"});
    expect_ended(&outcome, "The server looked at the directory when half of a page was sent.");
    cr_assert(answered(&outcome, "older") == 1,
              "A file with this name was there before. When half of the new page had come, it was %s: "
              "rename(2) replaces it in one step, so leave it alone until then.",
              answered(&outcome, "final") == 0 ? "gone" : "another one");
    cr_assert(answered(&outcome, "status") == 0 && answered(&outcome, "whole_afterwards") == 1,
              "A file with this name was there before. When all had come, it was not replaced.");
    expect_clean(&outcome);
    outcome = drive("half", (struct drive){.arguments = "older=1 kill=1"});
    expect_ended(&outcome, "The download was killed when half of a page was sent.");
    cr_expect(answered(&outcome, "older_afterwards") == 1,
              "The download was killed in the middle, and the older file with this name is not there any "
              "more as it was.");
    expect_clean(&outcome);
    const struct failure failures[] = {
        {KIND_STATUS, ENOENT, 404, "The server said 404.", ""},
        {KIND_CUT, EPROTO, 200, "The server closed the connection in the middle of the page.", ""},
        {KIND_RESET, ECONNRESET, 0, "The server reset the connection.", ""},
        {KIND_REFUSED, ECONNREFUSED, 0, "Nobody listened at the port.", ""},
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        outcome = expect_refused(&failures[i], "older=1 status=404");
        cr_expect(answered(&outcome, "older") == 1,
                  "%s A file with this name was there before: it is %s now, and should be as it was.",
                  failures[i].what, answered(&outcome, "older") == -1 ? "gone" : "another one");
        expect_clean(&outcome);
    }
}

// --- Errors --------------------------------------------------------------------------------------------

AFTER_LINK(a_status_is_an_error, 5, "what is not 2xx is an error, by its number, and is not tried again")
{
    static const int others[] = {400, 402, 405, 406, 409, 418, 429, 451, 500, 501, 502, 504, 507, 599};
    const struct {
        int status, error;
    } table[] = {
        {404, ENOENT},    {410, ENOENT},
        {401, EACCES},    {403, EACCES},
        {500, EREMOTEIO}, {others[random_between(0, sizeof others / sizeof *others - 1)], EREMOTEIO},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char what[64];
        snprintf(what, sizeof what, "The server said %d.", table[i].status);
        const struct failure failure = {
            KIND_STATUS, table[i].error, table[i].status, what,
            "libcurl is content with every answer (CURLE_OK): ask for CURLINFO_RESPONSE_CODE."};
        struct outcome outcome = expect_refused(&failure, arguments("status=%d", table[i].status));
        cr_expect(answered(&outcome, "requests") == 1 && part(&outcome, "link", "attempts") == 1,
                  "%s It was asked %d times, and `attempts` is %d, expected 1. Only 503 is tried again.",
                  what, (int)answered(&outcome, "requests"), (int)part(&outcome, "link", "attempts"));
        expect_no_file(&outcome, &failure);
    }
    struct outcome outcome = drive("failure", (struct drive){.arguments = "kind=0 status=203"});
    expect_success(&outcome, "link", "download_link", "The server said 203, which is one of 2xx.");
    expect_clean(&outcome);
}

AFTER("a_status_is_an_error", what_breaks_off_is_an_error, 5,
      "a connection that fails and an answer that breaks off are told by their numbers")
{
    const struct failure failures[] = {
        {KIND_CUT, EPROTO, 200, "The server promised 1000 bytes, and closed the connection after 500.",
         "libcurl says CURLE_PARTIAL_FILE: look at what curl_easy_perform() returns."},
        {KIND_CHUNK, EPROTO, 200, "The answer broke off in front of the last chunk.",
         "libcurl says so: look at what curl_easy_perform() returns."},
        {KIND_SILENCE, EPROTO, 0, "The server closed the connection without an answer.",
         "libcurl says CURLE_GOT_NOTHING."},
        {KIND_NO_HTTP, EPROTO, 0, "The server answered \"SSH-2.0-OpenSSH_9.2\", which is no HTTP.",
         "libcurl says CURLE_UNSUPPORTED_PROTOCOL, as it does for a link that is neither http:// nor "
         "https://. CURLINFO_EFFECTIVE_URL has the link that it was about."},
        {KIND_RESET, ECONNRESET, 0, "The server reset the connection.", "libcurl says CURLE_RECV_ERROR."},
        {KIND_REFUSED, ECONNREFUSED, 0, "Nobody listened at the port.",
         "libcurl says CURLE_COULDNT_CONNECT, and CURLINFO_OS_ERRNO is the errno of connect(2)."},
        {KIND_NO_HOST, EHOSTUNREACH, 0, "The link's host has a name that nobody can have.",
         "libcurl says CURLE_COULDNT_RESOLVE_HOST."},
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        struct outcome outcome = expect_refused(&failures[i], arguments("seed=%zu", i + 1));
        expect_no_file(&outcome, &failures[i]);
    }
}

AFTER("what_breaks_off_is_an_error", time_is_limited, 4,
      "timeout_ms is for a download with all its attempts and pauses")
{
    const struct failure failures[] = {
        {KIND_MUTE, ETIMEDOUT, ANY_STATUS, "The server never answered; .timeout_ms was 500.",
         "CURLOPT_TIMEOUT_MS; libcurl says CURLE_OPERATION_TIMEDOUT."},
        {KIND_STALL, ETIMEDOUT, ANY_STATUS,
         "The server sent half of a page and no more; .timeout_ms was 500.",
         "CURLOPT_TIMEOUT_MS; libcurl says CURLE_OPERATION_TIMEDOUT."},
        {KIND_DRIP, ETIMEDOUT, ANY_STATUS,
         "The server sent a byte now and then, for ever; .timeout_ms was 500.",
         "CURLOPT_TIMEOUT_MS is for all of it; CURLOPT_CONNECTTIMEOUT and a low speed are not enough."},
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        struct outcome outcome = expect_refused(&failures[i], "timeout=500");
        expect_no_file(&outcome, &failures[i]);
    }
    struct outcome outcome =
        drive("retry", (struct drive){.arguments = "times=1 delay=500 later_delay=900 timeout=1500"});
    expect_ended(&outcome, "The server said 503 after 500 ms, and the page after 900 ms more.");
    cr_expect(
        answered(&outcome, "link") == -1,
        "The server said 503 after 500 ms, a pause of 500 ms was due, and the second attempt took 900 "
        "ms: that is longer than the 1500 ms of .timeout_ms, and download_link() gave 0. The time is "
        "for all attempts together: give libcurl what is left of it.");
    expect_no_part(&outcome, "The time was over in the second attempt.");
    expect_clean(&outcome);
}

AFTER("what_breaks_off_is_an_error", only_http_is_spoken, 4,
      "a link, or where it leads, that is neither http nor https is refused")
{
    const char *hint =
        "CURLOPT_PROTOCOLS_STR (before libcurl 7.85: CURLOPT_PROTOCOLS) is for the link and "
        "for where it leads; libcurl says CURLE_UNSUPPORTED_PROTOCOL.";
    const struct failure failures[] = {
        {KIND_FILE, EPROTONOSUPPORT, 0, "The link was file:///proc/self/status.", hint},
        {KIND_FTP, EPROTONOSUPPORT, 0, "The link was ftp://127.0.0.1:PORT/tile.png.", hint},
        {KIND_TO_FILE, EPROTONOSUPPORT, 302, "The server led on to file:///proc/self/status.", hint},
        {KIND_TO_FTP, EPROTONOSUPPORT, 302, "The server led on to ftp://127.0.0.1:1/tile.png.", hint},
        {KIND_NO_LINK, EPROTONOSUPPORT, 0, "The link was \"http://\".",
         "libcurl says CURLE_URL_MALFORMAT."},
        {KIND_NO_SCHEME, EPROTONOSUPPORT, 0, "The link was \"127.0.0.1:PORT/tile.png\", without http://.",
         "libcurl guesses what is meant: look at the link's beginning before."},
        {KIND_NULL, EINVAL, 0, "The link was NULL, and there was no name.",
         "There is no link: look before you use it."},
    };
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        struct outcome outcome = expect_refused(&failures[i], "");
        int asked = failures[i].status == 0 ? 0 : 1;
        cr_expect(answered(&outcome, "requests") == asked, "%s The server got %d requests, expected %d.",
                  failures[i].what, (int)answered(&outcome, "requests"), asked);
        const char *name = text_of(&outcome, "link_name");
        const char *expected = failures[i].kind == KIND_NULL ? "unnamed" : "tile.png";
        cr_expect(strcmp(name, expected) == 0, "%s The name is \"%s\", expected \"%s\".",
                  failures[i].what, shown(name), expected);
        expect_no_file(&outcome, &failures[i]);
    }
}

AFTER("what_breaks_off_is_an_error", redirections_are_followed, 3,
      "up to five redirections are followed, and no more")
{
    for (int times = 1; times <= 5; times += 4) {
        int size = (int)random_between(1, 9000);
        struct outcome outcome = drive(
            "redirections", (struct drive){.arguments = arguments("times=%d size=%d", times, size)});
        const char *what = arguments("The server led on %d times, to other paths.", times);
        expect_success(&outcome, "link", "download_link", what);
        cr_expect(answered(&outcome, "same") == 1 && part(&outcome, "link", "size") == size,
                  "%s The page of %d bytes should be in the file that is called as the first link says; "
                  "`size` is %d. (What came with the redirections is no part of it.)",
                  what, size, (int)part(&outcome, "link", "size"));
        cr_expect(part(&outcome, "link", "status") == 200, "%s `status` is %d, expected 200.", what,
                  (int)part(&outcome, "link", "status"));
        expect_clean(&outcome);
    }
    struct outcome outcome = drive("redirections", (struct drive){.arguments = "times=6"});
    expect_failure(&outcome, "link", "download_link", ELOOP, "The server led on six times.",
                   "CURLOPT_MAXREDIRS; libcurl says CURLE_TOO_MANY_REDIRECTS.");
    cr_expect(answered(&outcome, "requests") == 6,
              "The server led on and on: it got %d requests, expected 6.",
              (int)answered(&outcome, "requests"));
    expect_no_part(&outcome, "The server led on six times.");
    expect_clean(&outcome);
    const struct failure loop = {KIND_LOOP, ELOOP, 302, "The server led on to the same link, for ever.",
                                 "CURLOPT_MAXREDIRS; libcurl says CURLE_TOO_MANY_REDIRECTS."};
    outcome = expect_refused(&loop, "");
    expect_no_file(&outcome, &loop);
}

AFTER("a_status_is_an_error", errors_of_the_file_are_told, 5,
      "what open, write and rename say is told, and nothing is left")
{
    // The numbers are those of driver.c's ways.
    const struct {
        const char *arguments;
        int error, files;
        const char *what, *hint;
    } ways[] = {
        {"way=0", ENOENT, 0, "The directory was not there.", "That is what open(2) says."},
        {"way=1", ENOTDIR, 0, "Where the directory should be, a file was.", "That is what open(2) says."},
        {"way=2", EACCES, 0, "The directory may not be written.", "That is what open(2) says."},
        {"way=3", EISDIR, 1, "A directory had the name of the file.",
         "That is what rename(2) says: look at what it returns."},
        {"way=4 limit=1000 size=100000", EFBIG, 0,
         "Files may not be larger than 1000 bytes, and the page had 100,000. (SIGXFSZ is ignored.)",
         "That is what write(2) says: note it in the write callback, before libcurl gives up by its own "
         "CURLE_WRITE_ERROR."},
        {"way=4 limit=100 size=200", EFBIG, 0,
         "Files may not be larger than 100 bytes, and the page had 200. (SIGXFSZ is ignored.)",
         "stdio keeps small files in its buffer, and says at fflush(3) or fclose(3) that they cannot be "
         "written; write(2) itself may first write a part."},
        {"way=5 size=3000", ENOSPC, 0, "The file system was full.",
         "stdio keeps small files in its buffer, and says at fflush(3) or fclose(3) that they cannot be "
         "written."},
        {"way=5 size=100000", ENOSPC, 0, "The file system was full.", "That is what write(2) says."},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct outcome outcome = drive("unwritable", (struct drive){.arguments = ways[i].arguments});
        expect_ended(&outcome, ways[i].what);
        if (answered(&outcome, "tried") == 0)
            continue; // without a small file system of our own, none is filled
        expect_failure(&outcome, "link", "download_link", ways[i].error, ways[i].what, ways[i].hint);
        cr_expect(answered(&outcome, "files") == ways[i].files,
                  "%s %d files are in the directory, expected "
                  "%d.",
                  ways[i].what, (int)answered(&outcome, "files"), ways[i].files);
        expect_no_part(&outcome, ways[i].what);
        expect_clean(&outcome);
    }
}

// --- Trying again --------------------------------------------------------------------------------------

AFTER("a_status_is_an_error", unavailable_is_tried_again, 5,
      "503 is tried again, after the time that the server asks for, and after half a second else")
{
    const struct {
        const char *arguments;
        int attempts, pause_ms;
        const char *what;
    } cases[] = {
        {"times=2 size=700", 3, 500, "The server said 503 twice, without Retry-After."},
        {"times=1 after=0", 2, 500, "The server said 503 with \"Retry-After: 0\"."},
        {"times=1 after=1", 2, 1000, "The server said 503 with \"Retry-After: 1\"."},
        {"times=1 after=1 signals=1", 2, 1000,
         "The server said 503 with \"Retry-After: 1\", and signals were caught during the pause."},
        {"times=3 attempts=4", 4, 500, "The server said 503 three times; .attempts was 4."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome = drive("retry", (struct drive){.arguments = cases[i].arguments});
        expect_ended(&outcome, cases[i].what);
        expect_success(&outcome, "link", "download_link", cases[i].what);
        cr_assert(part(&outcome, "link", "attempts") == cases[i].attempts &&
                      answered(&outcome, "requests") == cases[i].attempts,
                  "%s The server got %d requests, and `attempts` is %d, expected %d.", cases[i].what,
                  (int)answered(&outcome, "requests"), (int)part(&outcome, "link", "attempts"),
                  cases[i].attempts);
        cr_assert(
            answered(&outcome, "same") == 1,
            "%s Afterwards it sent the page, which is shorter than the text that came with 503: the "
            "file has to be the page, and no more.",
            cases[i].what);
        int least = (int)(answered(&outcome, "least_pause_us") / 1000);
        cr_assert(
            least >= cases[i].pause_ms - 5, // a clock in milliseconds may be rounded
            "%s It was asked again %d ms later, expected %d ms at least. (Retry-After is in seconds; "
            "a sleep that a signal interrupts has to go on.)",
            cases[i].what, least, cases[i].pause_ms);
        expect_no_part(&outcome, cases[i].what);
        expect_clean(&outcome);
    }
}

AFTER("unavailable_is_tried_again", trying_again_ends, 4,
      "not more attempts than allowed, and none for which there is no time")
{
    const struct {
        const char *arguments;
        int attempts;
        const char *what, *hint;
    } cases[] = {
        {"times=9 attempts=2", 2, "The server always said 503; .attempts was 2.", ""},
        {"times=9", 3, "The server always said 503; .attempts was 0, which stands for 3.", ""},
        {"times=1 after=5 timeout=1900", 1, "The server said \"Retry-After: 5\"; .timeout_ms was 1900.",
         "There is no time for another attempt: give up at once, with what the server has said."},
        {"times=1 after=3600", 1,
         "The server said \"Retry-After: 3600\"; .timeout_ms was 0, which stands "
         "for a minute.",
         "There is no time for another attempt: give up at once."},
        {"times=1 after=-2", 1, "The server said a Retry-After that is a date, in an hour.",
         "CURLINFO_RETRY_AFTER understands dates, too."},
        {"times=1 after=-3", 1, "The server said \"Retry-After: 9223372036854775807\".",
         "Compare with the seconds that are left before you multiply: the product is no number any "
         "more."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outcome outcome = drive("retry", (struct drive){.arguments = cases[i].arguments});
        expect_ended(&outcome, cases[i].what);
        expect_failure(&outcome, "link", "download_link", EBUSY, cases[i].what, cases[i].hint);
        cr_expect(answered(&outcome, "requests") == cases[i].attempts &&
                      part(&outcome, "link", "attempts") == cases[i].attempts,
                  "%s It got %d requests, and `attempts` is %d, expected %d. %s", cases[i].what,
                  (int)answered(&outcome, "requests"), (int)part(&outcome, "link", "attempts"),
                  cases[i].attempts, cases[i].hint);
        expect_no_part(&outcome, cases[i].what);
        expect_clean(&outcome);
    }
}

AFTER("a_status_is_an_error", a_session_keeps_its_connection, 4,
      "ten links of one server take one connection")
{
    for (int failing = 0; failing < 2; failing++) {
        struct outcome outcome =
            drive("connections", (struct drive){.arguments = arguments("failing=%d", failing)});
        expect_ended(&outcome, "Ten links were downloaded by one session.");
        cr_assert(answered(&outcome, "failed") == failing * 3,
                  "Ten links were downloaded%s, and %d failed, expected %d.",
                  failing ? ", of which three are not there (404)" : "",
                  (int)answered(&outcome, "failed"), failing * 3);
        cr_expect(served(&outcome, "connections") == 1,
                  "Ten links of one server%s were downloaded by one session, and the server saw %d "
                  "connections, expected 1. Keep the CURL handle in the session, and do not clean it up "
                  "between downloads.%s",
                  failing ? ", three of which were not there," : "", (int)served(&outcome, "connections"),
                  failing ? " (CURLOPT_FAILONERROR closes the connection after an error.)" : "");
        expect_clean(&outcome);
    }
}

// --- Lists ---------------------------------------------------------------------------------------------

AFTER_LINK(a_list_is_read, 4, "the gallery's list becomes an array of links with names")
{
    int images = (int)random_between(3, 12), seed = (int)random_between(1, 1000000);
    struct outcome outcome =
        drive("list", (struct drive){.arguments = arguments("images=%d seed=%d", images, seed),
                                     .find_leaks = true});
    expect_ended(&outcome, "The list of a gallery was asked for, and given back.");
    cr_assert(
        !failed_with(&outcome, "list", ENOSYS),
        "download_list() gave -1 (ENOSYS), expected 0. Start here: a transfer as for a link, with a "
        "header "
        "by CURLOPT_HTTPHEADER, into memory or into a tmpfile(3); then json_loadb(3) or json_loadf(3).");
    expect_success(&outcome, "list", "download_list", "The list of a gallery was asked for.");
    cr_assert(answered(&outcome, "count") == images, "The list has %d links, and `*count` is %d.", images,
              (int)answered(&outcome, "count"));
    for (int i = 0; i < images; i++) {
        const char *link = numbered(&outcome, "link", (size_t)i),
                   *name = numbered(&outcome, "name", (size_t)i);
        char path[64], expected[32];
        snprintf(path, sizeof path, "/images/%d/%d/320x240/tile-%03d.png", seed, i, i);
        snprintf(expected, sizeof expected, "tile-%03d.png", i);
        const char *found = strstr(link, path);
        cr_assert(
            strncmp(link, "http://", 7) == 0 && found != NULL && strcmp(found, path) == 0,
            "Link %d is \"%s\", expected http://ADDRESS%s. (Copy it with strdup(3): the string that "
            "jansson gives belongs to the JSON, and goes with it.)",
            i, shown(link), path);
        cr_assert(strcmp(name, expected) == 0,
                  "Download %d has the name \"%s\", expected \"%s\": "
                  "download_names().",
                  i, shown(name), expected);
    }
    expect_clean(&outcome);
    outcome = drive("list", (struct drive){.arguments = "images=13 odd=1"});
    expect_success(&outcome, "list", "download_list", "A list with odd links was asked for.");
    cr_expect(strcmp(numbered(&outcome, "name", 10), "same-2.png") == 0,
              "Two links end in \"same.png\", and the second has the name \"%s\": download_names().",
              shown(numbered(&outcome, "name", 10)));
    expect_clean(&outcome);
    outcome = drive("answers", (struct drive){0});
    expect_success(&outcome, "list", "download_list", "The list was {\"data\": []}, which has no links.");
    cr_expect(answered(&outcome, "count") == 0, "A list without links has a `*count` of %d.",
              (int)answered(&outcome, "count"));
    expect_clean(&outcome);
}

AFTER("a_list_is_read", a_wrong_list_is_refused, 4,
      "what is no list is refused, and what the server says of its error is in the message")
{
    const struct {
        const char *text;
        int status, error;
        const char *message; // is a part of it
    } cases[] = {
        {"this is no JSON", 200, EPROTO, ""},
        {"<html><body>Please log in to this network.</body></html>", 200, EPROTO, ""},
        {"", 200, EPROTO, ""},
        {"{\"data\": [{\"link\": \"http://h/a.png\"}", 200, EPROTO, ""},
        {"{}", 200, EPROTO, ""},
        {"[{\"link\": \"http://h/a.png\"}]", 200, EPROTO, ""},
        {"{\"data\": {\"link\": \"http://h/a.png\"}}", 200, EPROTO, ""},
        {"{\"data\": [{\"id\": 1}]}", 200, EPROTO, ""},
        {"{\"data\": [{\"link\": 5}]}", 200, EPROTO, ""},
        {"{\"data\": [\"http://h/a.png\"]}", 200, EPROTO, ""},
        {"{\"data\": [{\"link\": \"http://h/a.png\"}, {\"link\": null}]}", 200, EPROTO, ""},
        {"{\"data\": {\"error\": \"Come back on Monday.\"}}", 403, EACCES, "Come back on Monday."},
        {"{\"data\": {\"error\": \"Such a day.\\n\\u001b[2J\"}}", 500, EREMOTEIO, "Such a day."},
        {"{\"data\": {\"error\": \"Such a day.\\u009b2J\"}}", 500, EREMOTEIO, "Such a day."},
        {"<html>Not here.</html>", 404, ENOENT, ""},
        {"{\"data\": {\"error\": [1, 2]}}", 401, EACCES, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t size = strlen(cases[i].text);
        struct outcome outcome =
            drive("answers",
                  (struct drive){.arguments = arguments("status=%d empty=%d", cases[i].status, size == 0),
                                 .input = cases[i].text,
                                 .input_size = size,
                                 .find_leaks = true});
        const char *what = arguments("The server said %d, and instead of a list \"%s\".", cases[i].status,
                                     cases[i].text);
        expect_ended(&outcome, what);
        expect_failure(
            &outcome, "list", "download_list", cases[i].error, what,
            "Look at the type of each value: json_is_array(), json_string_value() ... accept NULL, "
            "too.");
        cr_expect(strstr(text_of(&outcome, "list_message"), cases[i].message) != NULL,
                  "%s `message` is \"%s\", and should have what the server says of its error: the string "
                  "\"error\" in \"data\".",
                  what, shown(text_of(&outcome, "list_message")));
        expect_clean(&outcome);
    }
    struct outcome outcome = drive("list", (struct drive){.arguments = "wrong=1"});
    expect_failure(&outcome, "list", "download_list", EACCES, "The gallery does not know this client id.",
                   "");
    cr_expect(strstr(text_of(&outcome, "list_message"), "This client id is not known here.") != NULL,
              "The server said \"This client id is not known here.\", and `message` is \"%s\".",
              shown(text_of(&outcome, "list_message")));
    expect_clean(&outcome);
}

AFTER("a_list_is_read", the_client_id_stays, 3, "the client id goes with the list, and with nothing else")
{
    int id = (int)random_between(1, 1000000);
    struct outcome outcome = drive("identity", (struct drive){.arguments = arguments("id=%d", id)});
    expect_ended(&outcome,
                 "A list was asked for, then a link, then a list whose server leads elsewhere.");
    cr_assert(answered(&outcome, "requests") == 3,
              "A list, a link and a list were asked for, by %d requests.",
              (int)answered(&outcome, "requests"));
    cr_assert(answered(&outcome, "list_sent") == 1,
              "A list was asked for without a header \"Authorization: Client-ID ...\".");
    char expected[64];
    snprintf(expected, sizeof expected, "Client-ID reader-%d", id);
    cr_expect(strcmp(text_of(&outcome, "list_value"), expected) == 0,
              "The header was \"Authorization: %s\", expected \"Authorization: %s\".",
              shown(text_of(&outcome, "list_value")), expected);
    cr_expect(
        answered(&outcome, "link_sent") == 0,
        "After a list, a link was asked for by the same session, and the client id was sent, too. The "
        "options of a handle stay: set CURLOPT_HTTPHEADER to NULL, or call curl_easy_reset(3).");
    cr_expect(answered(&outcome, "moved_sent") == 1,
              "After a link, a list was asked for by the same session, without the header.");
    cr_assert(answered(&outcome, "other_requests") == 1,
              "A list was asked for, and its server led on to another one, which got %d requests.",
              (int)answered(&outcome, "other_requests"));
    cr_expect(answered(&outcome, "other_sent") == 0,
              "A list was asked for, and its server led on to another one (another port), which got the "
              "client id, too: leave CURLOPT_UNRESTRICTED_AUTH alone.");
    expect_clean(&outcome);
    outcome = drive("answers", (struct drive){.arguments = "broken_id=1"});
    expect_failure(&outcome, "list", "download_list", EINVAL,
                   "The client id was \"me\\r\\nX-Evil: yes\", which makes another header.", "");
    cr_expect(answered(&outcome, "requests") == 0,
              "The client id has a line break in it, and a request was made all the same.");
    expect_clean(&outcome);
}

// --- All of them ---------------------------------------------------------------------------------------

AFTER("a_session_keeps_its_connection", a_partial_binds, 2,
      "a partial downloads by its session, or by one for each download")
{
    struct outcome outcome = drive("partial", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Partials with a session and without one were called.");
    cr_expect(
        answered(&outcome, "bound") == 1,
        "A partial with a session was called three times, and the server saw %d connections, expected "
        "1.",
        (int)answered(&outcome, "bound"));
    cr_expect(answered(&outcome, "alone") == 3,
              "A partial whose session is NULL was called three times, and the server saw %d more "
              "connections, expected 3: a session for each download alone.",
              (int)answered(&outcome, "alone"));
    cr_expect(answered(&outcome, "left") == 0,
              "A partial whose session is NULL was called three times; %d descriptors more were open "
              "afterwards: release the session.",
              (int)answered(&outcome, "left"));
    cr_expect(answered(&outcome, "same") == 1, "The file is not what the server has sent.");
    expect_failure(&outcome, "bound_wrong", "download_call", EPROTONOSUPPORT,
                   "A partial with a session was called for a file:// link.", "");
    expect_failure(&outcome, "alone_wrong", "download_call", EPROTONOSUPPORT,
                   "A partial without a session was called for a file:// link.", "");
    expect_clean(&outcome);
}

AFTER("a_status_is_an_error", one_failure_stops_nobody, 4,
      "all are tried, each has a name of its own, and those that failed are counted")
{
    int count = (int)random_between(4, 10), failing = (int)random_between(1, (1 << (count - 1)) - 1);
    struct outcome outcome = drive(
        "all", (struct drive){.arguments = arguments("count=%d failing=%d progress=0", count, failing)});
    expect_ended(&outcome,
                 "Some links were downloaded, of which some are not there; `progress` was NULL.");
    int failed = __builtin_popcount((unsigned)failing);
    cr_assert(answered(&outcome, "requests") == count,
              "%d of %d links are not there, and the server got %d requests, expected %d: one that fails "
              "does not stop the others.",
              failed, count, (int)answered(&outcome, "requests"), count);
    cr_expect(answered(&outcome, "failed") == failed,
              "%d of %d downloads failed, and download_all() gave %d.", failed, count,
              (int)answered(&outcome, "failed"));
    cr_expect(answered(&outcome, "files") == count - failed,
              "%d of %d downloads succeeded, and there are %d files. (All links end in \"tile.png\": "
              "download_names().)",
              count - failed, count, (int)answered(&outcome, "files"));
    for (int i = 0; i < count; i++) {
        int error = (failing >> i & 1) != 0 ? ENOENT : 0;
        char label[32];
        snprintf(label, sizeof label, "error_%d", i);
        cr_expect(answered(&outcome, label) == error, "`error` of download %d is %s, expected %s.", i,
                  error_name(answered(&outcome, label)), error_name(error));
    }
    expect_clean(&outcome);
    outcome = drive("all", (struct drive){.arguments = "count=0"});
    expect_ended(&outcome, "download_all() was called for no downloads.");
    cr_expect(answered(&outcome, "failed") == 0 && *text_of(&outcome, "progress") == '\0',
              "download_all() of no downloads gave %d, and told \"%s\".",
              (int)answered(&outcome, "failed"), shown(text_of(&outcome, "progress")));
    expect_clean(&outcome);
}

// The line that tells of download `i`.
static const char *line_of(const struct outcome *outcome, int i, int size)
{
    const char *name = numbered(outcome, "name", (size_t)i),
               *message = numbered(outcome, "message", (size_t)i);
    char *line = malloc(strlen(name) + strlen(message) + 64);
    cr_assert(line != NULL);
    if (*message != '\0')
        sprintf(line, "%s: %s", name, message);
    else
        sprintf(line, "%s: %d bytes", name, size + i);
    return line;
}

AFTER("one_failure_stops_nobody", each_download_is_told, 3,
      "a file is told a line for each download, as soon as it is over")
{
    int count = (int)random_between(3, 8), failing = (int)random_between(1, (1 << count) - 2);
    int size = (int)random_between(100, 2000);
    struct outcome outcome =
        drive("all", (struct drive){.arguments = arguments("count=%d failing=%d size=%d progress=1",
                                                           count, failing, size)});
    expect_ended(&outcome, "Some links were downloaded, and a file was told.");
    char expected[8192] = "";
    for (int i = 0; i < count; i++)
        strcat(strcat(expected, line_of(&outcome, i, size)), "\n");
    const char *told = text_of(&outcome, "progress");
    cr_expect(strcmp(told, expected) == 0,
              "After download_all() the file of the progress has \"%s\", expected \"%s\". (A file is no "
              "terminal: isatty(3). What is in stdio's buffer is not told yet: fflush(3).)",
              shown(told), shown(expected));
    cr_expect(
        answered(&outcome, "told_before_the_second") > 0,
        "When the second request came, nothing was told of the first download. fflush(3) each line.");
    expect_clean(&outcome);
}

// What a terminal shows: "\r", "\n" and "\033[K" are understood. Lines without blanks at their ends.
struct screen {
    char lines[32][256];
    int count;       // up to the last line that is not empty
    int row, column; // of the cursor
};

static struct screen show(const char *text)
{
    struct screen screen = {.count = 0};
    int row = 0, column = 0;
    for (; *text != '\0' && row < 31; text++)
        if (*text == '\n')
            row++, column = 0; // on a terminal, '\r' has come before
        else if (*text == '\r')
            column = 0;
        else if (strncmp(text, "\033[K", 3) == 0 || strncmp(text, "\033[2K", 4) == 0) {
            memset(screen.lines[row] + (text[2] == 'K' ? column : 0), 0,
                   sizeof screen.lines[row] - (size_t)(text[2] == 'K' ? column : 0));
            text += text[2] == 'K' ? 2 : 3;
        } else if (column < 255)
            screen.lines[row][column++] = *text;
    for (int i = 0; i < 32; i++) {
        char *line = screen.lines[i];
        for (size_t end = strlen(line); end > 0 && line[end - 1] == ' ';)
            line[--end] = '\0';
        if (*line != '\0')
            screen.count = i + 1;
    }
    screen.row = row;
    screen.column = column;
    return screen;
}

AFTER("each_download_is_told", a_terminal_has_a_counter, 2,
      "a terminal has a line for each that has failed, and a last one that counts")
{
    int count = (int)random_between(4, 8), failing = (int)random_between(1, (1 << count) - 2);
    struct outcome outcome = drive(
        "all", (struct drive){.arguments = arguments("count=%d failing=%d progress=2", count, failing)});
    expect_ended(&outcome, "Some links were downloaded, and a pseudo-terminal was told.");
    const char *told = text_of(&outcome, "progress");
    struct screen screen = show(told);
    int failed = __builtin_popcount((unsigned)failing), line = 0;
    cr_assert(screen.count == failed + 1,
              "%d of %d downloads failed, and the terminal shows %d lines at the end, expected %d: one "
              "for each "
              "that has failed, and \"%d of %d\". What was written: \"%s\"",
              failed, count, screen.count, failed + 1, count, count, shown(told));
    for (int i = 0; i < count; i++) {
        char counter[32];
        snprintf(counter, sizeof counter, "%d of %d", i + 1, count);
        cr_expect(strstr(told, counter) != NULL,
                  "The terminal was never told \"%s\". What was written: \"%s\"", counter, shown(told));
        if ((failing >> i & 1) == 0)
            continue;
        const char *expected = line_of(&outcome, i, 0);
        cr_expect(
            strncmp(screen.lines[line], expected, 255) == 0,
            "The terminal's line %d is \"%s\" at the end, expected \"%s\". Erase the counter before "
            "(\"\\r\" "
            "goes to the beginning of the line, \"\\033[K\" erases its rest). What was written: \"%s\"",
            line + 1, shown(screen.lines[line]), expected, shown(told));
        line++;
    }
    char last[32];
    snprintf(last, sizeof last, "%d of %d", count, count);
    cr_expect(strcmp(screen.lines[failed], last) == 0,
              "The terminal's last line is \"%s\", expected \"%s\". What was written: \"%s\"",
              shown(screen.lines[failed]), last, shown(told));
    cr_expect(
        screen.row == failed + 1 && screen.column == 0,
        "What is written next to the terminal stands behind \"%s\": when all are done, a line break "
        "(\"\\n\") ends the counter's line. What was written: \"%s\"",
        last, shown(told));
    expect_clean(&outcome);
}

AFTER("a_list_is_read", nothing_is_left, 3,
      "200 downloads and lists that mostly fail leave nothing behind")
{
    struct outcome outcome = drive("leftovers", (struct drive){.find_leaks = true});
    expect_ended(&outcome, "Links and lists were asked for 200 times; most of them failed.");
    cr_expect(
        answered(&outcome, "descriptors") == 0,
        "After 160 further downloads and lists, %d descriptors more were open. Close the file after "
        "errors, too.",
        (int)answered(&outcome, "descriptors"));
    cr_expect(
        answered(&outcome, "memory") < 6000,
        "After 160 further downloads and lists, %d bytes more of memory were in use. json_decref(3) "
        "belongs to each json_load...(3), curl_slist_free_all(3) to the headers, curl_free(3) to what "
        "was decoded; also after errors.",
        (int)answered(&outcome, "memory"));
    expect_no_part(&outcome, "200 downloads were tried.");
    expect_clean(&outcome);
}
