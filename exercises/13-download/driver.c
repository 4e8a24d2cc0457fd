// Drives: small programs that download by the module the way a user would. Where a drive has to look into
// a download that is under way, it downloads from a server of its own.
#define _GNU_SOURCE // memmem, mallinfo2
#include "driver.h"
#include "download.h"
#include "gallery.h"
#include "kinds.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PLACE "images" // where the downloads go
#define OLDER "This file was here before."

enum { MOST_REQUESTS = 64, MOST_CONNECTIONS = 64, HEAD_SIZE = 4096, MOST_BODY = 1024 * 1024 };

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

static void nap_ms(int ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

// --- A server of our own -------------------------------------------------------------------------------

// What it has seen, in memory that it shares with the drive.
struct seen {
    int connections, requests;
    struct {
        int64_t came_us, answered_us;
        char head[HEAD_SIZE]; // of the request
    } of[MOST_REQUESTS];
};

struct server {
    pid_t pid;
    int port;
    struct seen *seen;
};

static struct seen *mine; // in the server's process: what it has seen

// Answers request `number`, the first is 0. Returns whether the connection stays open.
typedef bool answer_to(int connection, int number);

static bool send_bytes(int connection, const void *bytes, size_t size)
{
    for (size_t sent = 0; sent < size;) {
        ssize_t part = send(connection, (const char *)bytes + sent, size - sent, MSG_NOSIGNAL);
        if (part == -1 && errno != EINTR)
            return false;
        sent += part > 0 ? (size_t)part : 0;
    }
    return true;
}

__attribute__((format(printf, 2, 3))) static bool say(int connection, const char *format, ...)
{
    char text[2048];
    va_list values;
    va_start(values, format);
    int length = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return send_bytes(connection, text, (size_t)length);
}

static bool say_page(int connection, int status, const char *headers, const void *body, size_t size)
{
    return say(connection, "HTTP/1.1 %d Said\r\nContent-Length: %zu\r\n%s\r\n", status, size, headers) &&
           send_bytes(connection, body, size);
}

// Reads the head of a request. Returns whether there was one.
static bool hear(int connection, char head[HEAD_SIZE])
{
    size_t size = 0;
    while (size < HEAD_SIZE - 1) {
        ssize_t part = recv(connection, head + size, HEAD_SIZE - 1 - size, 0);
        if (part <= 0)
            return false;
        head[size += (size_t)part] = '\0';
        if (strstr(head, "\r\n\r\n") != NULL)
            return true;
    }
    return false;
}

static bool serve_one(struct seen *seen, int connection, answer_to *answer)
{
    char head[HEAD_SIZE];
    if (!hear(connection, head))
        return false;
    int number = seen->requests < MOST_REQUESTS ? seen->requests : MOST_REQUESTS - 1;
    strcpy(seen->of[number].head, head);
    seen->of[number].came_us = now_us();
    return answer(connection, seen->requests++);
}

static _Noreturn void serve(struct seen *seen, int listener, answer_to *answer)
{
    struct pollfd looks[MOST_CONNECTIONS] = {{.fd = listener, .events = POLLIN}};
    nfds_t count = 1;
    mine = seen;
    for (;;) {
        if (poll(looks, count, -1) == -1)
            continue;
        if (looks[0].revents != 0 && count < MOST_CONNECTIONS) {
            looks[count] = (struct pollfd){.fd = accept(listener, NULL, NULL), .events = POLLIN};
            setsockopt(looks[count++].fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
            seen->connections++;
        }
        for (nfds_t i = count - 1; i > 0; i--)
            if (looks[i].revents != 0 && !serve_one(seen, looks[i].fd, answer)) {
                close(looks[i].fd);
                looks[i] = looks[--count];
            }
    }
}

// A socket of 127.0.0.1 with a port of its own.
static int own_socket(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener == -1 || bind(listener, (struct sockaddr *)&address, sizeof address) == -1 ||
        getsockname(listener, (struct sockaddr *)&address, &size) == -1)
        driver_broken("socket");
    *port = ntohs(address.sin_port);
    return listener;
}

static struct server start_server(answer_to *answer)
{
    struct server server = {.seen = driver_shared(sizeof(struct seen))};
    int listener = own_socket(&server.port);
    pid_t parent = getpid();
    if (listen(listener, MOST_CONNECTIONS) == -1)
        driver_broken("listen");
    server.pid = fork();
    if (server.pid == -1)
        driver_broken("fork");
    if (server.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        serve(server.seen, listener, answer);
    }
    close(listener);
    return server;
}

static void end_server(const struct server *server)
{
    kill(server->pid, SIGKILL);
    while (waitpid(server->pid, NULL, 0) == -1 && errno == EINTR)
        ;
}

static char *link_to(const struct server *server, const char *path)
{
    char *link;
    if (asprintf(&link, "http://127.0.0.1:%d%s", server->port, path) == -1)
        driver_broken("asprintf");
    return link;
}

// --- What is sent, and what has come -------------------------------------------------------------------

// Bytes of all kinds, the same for the same seed.
static unsigned char *make_bytes(int64_t seed, size_t size)
{
    unsigned char *bytes = malloc(size + 1);
    uint64_t state = (uint64_t)seed;
    if (bytes == NULL)
        driver_broken("malloc");
    for (size_t i = 0; i < size; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407); // Knuth's MMIX
        bytes[i] = (unsigned char)(state >> 56);
    }
    return bytes;
}

// Reads a file whole. Returns its size, or -1: it is not there.
static ssize_t read_file(const char *path, unsigned char *bytes, size_t room)
{
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return -1;
    size_t size = fread(bytes, 1, room, file);
    fclose(file);
    return (ssize_t)size;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    if (file == NULL || fputs(text, file) == EOF || fclose(file) == EOF)
        driver_broken(path);
}

// -1: the file is not there. Else whether it has these bytes and no others.
static int has_bytes(const char *path, const void *bytes, size_t size)
{
    static unsigned char room[MOST_BODY];
    ssize_t got = read_file(path, room, sizeof room);
    return got == -1 ? -1 : got == (ssize_t)size && memcmp(room, bytes, size) == 0;
}

static int has_text(const char *path, const char *text)
{
    return has_bytes(path, text, strlen(text));
}

// How many files a directory has whose names begin with '.' (`hidden`) or do not.
static int count_files(const char *path, bool hidden)
{
    int count = 0;
    const struct dirent *entry;
    DIR *directory = opendir(path);
    while (directory != NULL && (entry = readdir(directory)) != NULL)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                 (entry->d_name[0] == '.') == hidden;
    if (directory != NULL)
        closedir(directory);
    return count;
}

// Whether there is a file with bytes in it whose name begins with '.'.
static bool is_part_there(void)
{
    bool found = false;
    const struct dirent *entry;
    struct stat status;
    DIR *directory = opendir(PLACE);
    while (directory != NULL && (entry = readdir(directory)) != NULL)
        found |= entry->d_name[0] == '.' && fstatat(dirfd(directory), entry->d_name, &status, 0) == 0 &&
                 S_ISREG(status.st_mode) && status.st_size > 0;
    if (directory != NULL)
        closedir(directory);
    return found;
}

static void make_place(void)
{
    if (mkdir(PLACE, 0755) == -1)
        driver_broken("mkdir");
}

static struct download_session *make_session(const struct download_options *options)
{
    struct download_session *session = download_session_create(options);
    if (session != NULL)
        return session;
    fprintf(stderr, "download_session_create() gave NULL: %s\n", strerror(errno));
    exit(EXIT_FAILURE);
}

static void answer_part(const char *name, const char *part, int64_t value)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, part);
    answer_int(whole, value);
}

static void answer_text(const char *name, const char *part, const char *text, size_t size)
{
    char whole[64];
    snprintf(whole, sizeof whole, "%s_%s", name, part);
    answer_bytes(whole, text, strnlen(text, size));
}

static void answer_download(const char *name, int result, const struct download *download)
{
    answer_result(name, result);
    answer_part(name, "error", download->error);
    answer_part(name, "status", download->status);
    answer_part(name, "attempts", download->attempts);
    answer_part(name, "size", download->size);
    answer_text(name, "name", download->name, sizeof download->name);
    answer_text(name, "message", download->message, sizeof download->message);
}

// A download that was used before: what is not set anew, is wrong.
static struct download used_download(const char *link, const char *name)
{
    struct download download = {
        .link = link, .error = EXDEV, .status = 299, .attempts = 77, .size = 777, .message = "old"};
    snprintf(download.name, sizeof download.name, "%s", name);
    return download;
}

// --- Directories and names -----------------------------------------------------------------------------

static bool is_directory(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

DRIVE(directory, "makes directories: new ones, one that is there, one where a file is in the way")
{
    char absolute[4200], here[4096];
    if (getcwd(here, sizeof here) == NULL)
        driver_broken("getcwd");
    snprintf(absolute, sizeof absolute, "%s/whole/path", here);
    answer_result("one", download_directory("one"));
    answer_int("one_there", is_directory("one"));
    answer_result("nested", download_directory("two/three/four"));
    answer_int("nested_there", is_directory("two/three/four"));
    answer_result("again", download_directory("two/three/four"));
    answer_result("below", download_directory("two/three/five"));
    answer_int("below_there", is_directory("two/three/five"));
    answer_result("slashes", download_directory("two//six/"));
    answer_int("slashes_there", is_directory("two/six"));
    answer_result("absolute", download_directory(absolute));
    answer_int("absolute_there", is_directory("whole/path"));
    write_file("file", OLDER);
    answer_result("in_the_way", download_directory("file"));
    answer_int("kept", has_text("file", OLDER));
    answer_result("above", download_directory("file/below"));
    if (mkdir("read-only", 0555) == -1)
        driver_broken("mkdir");
    answer_result("locked", download_directory("read-only/below"));
    answer_result("nothing", download_directory(""));
}

// The input: links and names, each closed by '\0'. Returns how many pairs there were.
static size_t read_pairs(struct download downloads[], size_t most)
{
    static char input[64 * 1024];
    size_t size = driver_input(input, sizeof input - 1), count = 0;
    for (char *text = input; text < input + size && count < most; count++) {
        downloads[count].link = text;
        text += strlen(text) + 1;
        snprintf(downloads[count].name, sizeof downloads[count].name, "%s", text);
        text += strlen(text) + 1;
    }
    return count;
}

enum { MOST_NAMES = 64 };
static struct download named[MOST_NAMES];

DRIVE(name, "makes a file name of each link")
{
    size_t count = read_pairs(named, MOST_NAMES);
    char label[32];
    if (count == 0)
        named[count++].link = "http://example.com/a/tile%20one.png?size=7";
    for (size_t i = 0; i < count; i++) {
        char room[DOWNLOAD_NAME_SIZE + 16];
        memset(room, 'x', sizeof room);
        download_name(named[i].link, room);
        snprintf(label, sizeof label, "name_%zu", i);
        answer_bytes(label, room, strnlen(room, sizeof room));
        snprintf(label, sizeof label, "kept_%zu", i);
        answer_int(label, strspn(room + DOWNLOAD_NAME_SIZE, "x") >= 16);
    }
}

DRIVE(names, "names downloads, some of which have a name")
{
    size_t count = read_pairs(named, MOST_NAMES);
    char label[32];
    for (; count < 3; count++)
        named[count].link = "http://example.com/tile.png";
    download_names(named, count);
    for (size_t i = 0; i < count; i++) {
        snprintf(label, sizeof label, "name_%zu", i);
        answer_bytes(label, named[i].name, strnlen(named[i].name, sizeof named[i].name));
    }
}

// --- One link ------------------------------------------------------------------------------------------

static const unsigned char *page; // what our server has to give
static size_t page_size;

static void make_page(void)
{
    page_size = (size_t)driver_argument("size", 5000);
    page = make_bytes(driver_argument("seed", 1), page_size);
}

static bool answer_page(int connection, int number)
{
    (void)number;
    return say_page(connection, 200, "", page, page_size);
}

DRIVE(link, "downloads one link")
{
    make_page();
    make_place();
    struct server server = start_server(answer_page);
    struct download_session *session = make_session(NULL);
    struct download download = used_download(link_to(&server, "/some/tile.png?size=large"), "");
    answer_download("link", download_link(session, PLACE, &download), &download);
    answer_int("same", has_bytes(PLACE "/tile.png", page, page_size));
    answer_int("requests", server.seen->requests);
    answer_int("files", count_files(PLACE, false));
    answer_int("hidden", count_files(PLACE, true));
    struct download given = used_download(download.link, "another name");
    answer_download("given", download_link(session, PLACE, &given), &given);
    answer_int("given_same", has_bytes(PLACE "/another name", page, page_size));
    download_session_release(session);
    download_session_release(NULL);
    end_server(&server);
    free((char *)download.link);
    free((void *)page);
}

// Gets the page behind a link of the gallery past the module. Returns its size.
static size_t fetch(const char *link, unsigned char *bytes, size_t room)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const char *port = strrchr(gallery_address(), ':') + 1, *path = strstr(link, port) + strlen(port);
    address.sin_port = htons((uint16_t)atoi(port));
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection == -1 || connect(connection, (struct sockaddr *)&address, sizeof address) == -1)
        driver_broken("connect");
    say(connection, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    size_t size = 0;
    for (ssize_t part = 1; part > 0 && size<room; size += part> 0 ? (size_t)part : 0)
        part = recv(connection, bytes + size, room - size, 0);
    close(connection);
    const unsigned char *body = memmem(bytes, size, "\r\n\r\n", 4);
    if (body == NULL)
        driver_broken("the image server");
    size -= (size_t)(body + 4 - bytes);
    memmove(bytes, body + 4, size);
    return size;
}

DRIVE(picture, "downloads a picture of the gallery, and gets it another time past the module")
{
    static unsigned char bytes[MOST_BODY];
    struct stat file;
    make_place();
    struct download_session *session = download_session_create(NULL);
    answer_result("session", session == NULL ? -1 : 0);
    if (session == NULL)
        return;
    struct download download =
        used_download(gallery_link("/images/%d/3/64x48/tile.png", (int)driver_argument("seed", 1)), "");
    answer_download("link", download_link(session, PLACE, &download), &download);
    size_t size = fetch(download.link, bytes, sizeof bytes);
    answer_int("fetched", (int64_t)size);
    answer_int("written", stat(PLACE "/tile.png", &file) == 0 ? file.st_size : -1);
    answer_int("same", has_bytes(PLACE "/tile.png", bytes, size));
    download_session_release(session);
    free((char *)download.link);
}

DRIVE(options, "makes sessions with numbers that make no sense, and releases them")
{
    struct download_session *session =
        download_session_create(&(struct download_options){.timeout_ms = -1});
    answer_result("timeout", session == NULL ? -1 : 0);
    download_session_release(session);
    session = download_session_create(&(struct download_options){.attempts = -1});
    answer_result("attempts", session == NULL ? -1 : 0);
    download_session_release(session);
    session = download_session_create(&(struct download_options){0});
    answer_result("zero", session == NULL ? -1 : 0);
    download_session_release(session);
}

// --- Half a download -----------------------------------------------------------------------------------

// What the server saw when half of the page was sent, and more did not come yet.
struct half {
    pid_t downloader;
    bool kill;
    int part;  // a file that begins with '.' had bytes in it
    int final; // the final file was there
    int older; // it was the older one: 1; it was not: 0
};
static struct half *half;

static bool answer_halves(int connection, int number)
{
    size_t first = page_size / 2;
    (void)number;
    if (!say(connection, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n", page_size) ||
        !send_bytes(connection, page, first))
        return false;
    for (int i = 0; i < 1200 && !(half->part = is_part_there()); i++)
        nap_ms(5); // who keeps the bytes in memory never has one
    half->older = has_text(PLACE "/tile.png", OLDER);
    half->final = half->older != -1;
    if (half->kill)
        kill(half->downloader, SIGKILL);
    else
        send_bytes(connection, page + first, page_size - first);
    return !half->kill;
}

static _Noreturn void download_and_end(const char *link)
{
    struct download_session *session = make_session(NULL);
    struct download download = used_download(link, "tile.png");
    int result = download_link(session, PLACE, &download);
    download_session_release(session);
    _exit(result == 0 ? 0 : 1);
}

DRIVE(half, "looks at the directory when half of a page has come; kill=1 kills the download there")
{
    page_size = 400000;
    page = make_bytes(driver_argument("seed", 1), page_size);
    half = driver_shared(sizeof *half);
    half->kill = driver_argument("kill", 0) == 1;
    make_place();
    if (driver_argument("older", 0) == 1)
        write_file(PLACE "/tile.png", OLDER);
    struct server server = start_server(answer_halves);
    int gate[2], status;
    if (pipe(gate) == -1)
        driver_broken("pipe");
    char *link = link_to(&server, "/tile.png"), byte;
    pid_t downloader = fork();
    if (downloader == -1)
        driver_broken("fork");
    if (downloader == 0) {
        close(gate[1]);
        while (read(gate[0], &byte, 1) == -1 && errno == EINTR) // until the server can know the pid
            ;
        download_and_end(link);
    }
    half->downloader = downloader;
    close(gate[1]);
    while (waitpid(downloader, &status, 0) == -1 && errno == EINTR)
        ;
    answer_int("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    answer_int("status", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    answer_int("requests", server.seen->requests);
    answer_int("part", half->part);
    answer_int("final", half->final);
    answer_int("older", half->older);
    answer_int("whole_afterwards", has_bytes(PLACE "/tile.png", page, page_size));
    answer_int("older_afterwards", has_text(PLACE "/tile.png", OLDER));
    answer_int("hidden", count_files(PLACE, true));
    end_server(&server);
    free(link);
    close(gate[0]);
}

// --- What goes wrong at the server ---------------------------------------------------------------------

static enum kind kind;

static void drip(int connection)
{
    while (say(connection, "."))
        nap_ms(20);
}

static bool reset(int connection)
{
    struct linger hard = {.l_onoff = 1};
    setsockopt(connection, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    return false; // closing it sends an RST now
}

static bool answer_wrongly(int connection, int number)
{
    (void)number;
    switch (kind) {
    case KIND_STATUS:
        return say_page(connection, (int)driver_argument("status", 404), "", page, page_size);
    case KIND_CUT:
        say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n%0500d", 0);
        return false;
    case KIND_CHUNK:
        say(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        return false;
    case KIND_NO_HTTP:
        say(connection, "SSH-2.0-OpenSSH_9.2\r\n");
        return false;
    case KIND_RESET:
        return reset(connection);
    case KIND_LOOP:
        return say_page(connection, 302, "Location: /tile.png\r\n", "", 0);
    case KIND_STALL:
        return say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n%0500d", 0);
    case KIND_DRIP:
        say(connection, "HTTP/1.1 200 OK\r\n\r\n");
        drip(connection);
        return false;
    case KIND_MUTE:
        return true;
    case KIND_TO_FILE:
        return say_page(connection, 302, "Location: file:///proc/self/status\r\n", "", 0);
    case KIND_TO_FTP:
        return say_page(connection, 302, "Location: ftp://127.0.0.1:1/tile.png\r\n", "", 0);
    default:
        return false;
    }
}

static char *wrong_link(const struct server *server, int unused_port)
{
    char *link = NULL;
    switch (kind) {
    case KIND_REFUSED:
        if (asprintf(&link, "http://127.0.0.1:%d/tile.png", unused_port) == -1)
            driver_broken("asprintf");
        return link;
    case KIND_NO_HOST: // a label of a name has at most 63 bytes: nobody is asked for this one
        if (asprintf(&link, "http://%070d.invalid/tile.png", 0) == -1)
            driver_broken("asprintf");
        return link;
    case KIND_FILE:
        return strdup("file:///proc/self/status");
    case KIND_FTP:
        if (asprintf(&link, "ftp://127.0.0.1:%d/tile.png", server->port) == -1)
            driver_broken("asprintf");
        return link;
    case KIND_NO_LINK:
        return strdup("http://");
    case KIND_NO_SCHEME:
        if (asprintf(&link, "127.0.0.1:%d/tile.png", server->port) == -1)
            driver_broken("asprintf");
        return link;
    case KIND_NULL:
        return NULL;
    default:
        return link_to(server, "/tile.png");
    }
}

DRIVE(failure, "downloads what cannot be had: kind=0 to 18 says why, older=1 that a file is there before")
{
    int unused_port, unused = own_socket(&unused_port); // nobody listens there, and nobody else gets it
    make_page();
    make_place();
    kind = (enum kind)driver_argument("kind", KIND_STATUS);
    if (driver_argument("older", 0) == 1)
        write_file(PLACE "/tile.png", OLDER);
    struct server server = start_server(answer_wrongly);
    struct download_session *session =
        make_session(&(struct download_options){.timeout_ms = (int)driver_argument("timeout", 0),
                                                .attempts = (int)driver_argument("attempts", 3)});
    struct download download =
        used_download(wrong_link(&server, unused_port), kind == KIND_NULL ? "" : "tile.png");
    answer_download("link", download_link(session, PLACE, &download), &download);
    answer_int("older", has_text(PLACE "/tile.png", OLDER));
    answer_int("files", count_files(PLACE, false));
    answer_int("hidden", count_files(PLACE, true));
    answer_int("requests", server.seen->requests);
    download_session_release(session);
    end_server(&server);
    close(unused);
    free((char *)download.link);
}

static bool answer_redirections(int connection, int number)
{
    char location[64];
    snprintf(location, sizeof location, "Location: /next/%d/other.png\r\n", number);
    return number < driver_argument("times", 5)
               ? say_page(connection, 302, location, "It is elsewhere.", 16)
               : say_page(connection, 200, "", page, page_size);
}

DRIVE(redirections, "is led on `times` times")
{
    make_page();
    make_place();
    struct server server = start_server(answer_redirections);
    struct download_session *session = make_session(NULL);
    struct download download = used_download(link_to(&server, "/first.png"), "");
    answer_download("link", download_link(session, PLACE, &download), &download);
    answer_int("same", has_bytes(PLACE "/first.png", page, page_size));
    answer_int("files", count_files(PLACE, false));
    answer_int("hidden", count_files(PLACE, true));
    answer_int("requests", server.seen->requests);
    download_session_release(session);
    end_server(&server);
    free((char *)download.link);
}

// --- What goes wrong with the file ---------------------------------------------------------------------

// The ways: tests.c has the same list.
enum way { WAY_NO_DIRECTORY, WAY_FILE, WAY_LOCKED, WAY_DIRECTORY, WAY_LIMIT, WAY_FULL };

// Fills the file system of /dev/shm, if it is a small one, as at level A. Returns whether it is full.
static bool fill_shm(void)
{
    struct statvfs space;
    static const char zeros[4096];
    if (statvfs("/dev/shm", &space) == -1 || space.f_frsize * space.f_blocks > 8 << 20)
        return false;
    int file = open("/dev/shm/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file == -1 || mkdir("/dev/shm/" PLACE, 0755) == -1)
        driver_broken("/dev/shm");
    for (ssize_t size = sizeof zeros; size > 0;)
        size = write(file, zeros, (size_t)size);
    close(file);
    return statvfs("/dev/shm", &space) == 0 && space.f_bavail == 0;
}

static void limit_files(int64_t size)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = size == 0 ? limit.rlim_max : (rlim_t)size;
    if (setrlimit(RLIMIT_FSIZE, &limit) == -1)
        driver_broken("setrlimit");
}

DRIVE(unwritable, "downloads to where it cannot be written: way=0 to 5 says why")
{
    const char *place = PLACE;
    enum way way = (enum way)driver_argument("way", WAY_NO_DIRECTORY);
    signal(SIGXFSZ, SIG_IGN);
    bool tried = way != WAY_FULL || fill_shm();
    make_page();
    if (way == WAY_FILE)
        write_file(PLACE, OLDER);
    else if (way != WAY_NO_DIRECTORY)
        make_place();
    if (way == WAY_LOCKED && chmod(PLACE, 0555) == -1)
        driver_broken("chmod");
    if (way == WAY_DIRECTORY && mkdir(PLACE "/tile.png", 0755) == -1)
        driver_broken("mkdir");
    if (way == WAY_FULL && tried)
        place = "/dev/shm/" PLACE;
    struct server server = start_server(answer_page);
    struct download_session *session = make_session(NULL);
    struct download download = used_download(link_to(&server, "/tile.png"), "");
    if (way == WAY_LIMIT)
        limit_files(driver_argument("limit", 100));
    int result = download_link(session, place, &download);
    int error = errno;
    limit_files(0);
    errno = error;
    answer_download("link", result, &download);
    answer_int("tried", tried);
    answer_int("files", count_files(place, false));
    answer_int("hidden", count_files(place, true));
    download_session_release(session);
    end_server(&server);
    unlink("/dev/shm/filler");
    rmdir("/dev/shm/" PLACE);
    free((char *)download.link);
}

// --- Trying again --------------------------------------------------------------------------------------

// 503, `times` times, with a body that is longer than the page. after: seconds; -1: it is not said, -2: a
// date in an hour, -3: a number without measure.
static bool answer_later(int connection, int number)
{
    char later[128] = "";
    int64_t after = driver_argument("after", -1);
    time_t date = time(NULL) + 3600;
    if (after >= 0)
        snprintf(later, sizeof later, "Retry-After: %d\r\n", (int)after);
    if (after == -2)
        strftime(later, sizeof later, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime(&date));
    if (after == -3)
        strcpy(later, "Retry-After: 9223372036854775807\r\n");
    nap_ms((int)driver_argument(number == 0 ? "delay" : "later_delay", 0));
    if (number < MOST_REQUESTS)
        mine->of[number].answered_us = now_us();
    if (number >= driver_argument("times", 1))
        return say_page(connection, 200, "", page, page_size);
    char *excuse = (char *)make_bytes(9, page_size + 1000);
    bool said = say_page(connection, 503, later, excuse, page_size + 1000);
    free(excuse);
    return said;
}

static void ignore_alarm(int number)
{
    (void)number;
}

static void interrupt_often(bool begin)
{
    struct sigaction action = {.sa_handler = ignore_alarm}; // no SA_RESTART
    sigaction(SIGALRM, &action, NULL);
    struct itimerval often = {.it_interval.tv_usec = begin ? 20000 : 0,
                              .it_value.tv_usec = begin ? 20000 : 0};
    setitimer(ITIMER_REAL, &often, NULL);
}

DRIVE(retry, "downloads from a server that says 503 `times` times")
{
    make_page();
    make_place();
    int64_t least = INT64_MAX;
    struct server server = start_server(answer_later);
    struct download_session *session =
        make_session(&(struct download_options){.timeout_ms = (int)driver_argument("timeout", 0),
                                                .attempts = (int)driver_argument("attempts", 0)});
    struct download download = used_download(link_to(&server, "/tile.png"), "");
    if (driver_argument("signals", 0) == 1)
        interrupt_often(true);
    int result = download_link(session, PLACE, &download);
    int error = errno;
    interrupt_often(false);
    errno = error;
    answer_download("link", result, &download);
    for (int i = 1; i < server.seen->requests && i < MOST_REQUESTS; i++) {
        int64_t pause = server.seen->of[i].came_us - server.seen->of[i - 1].answered_us;
        least = pause < least ? pause : least;
    }
    answer_int("least_pause_us", least);
    answer_int("requests", server.seen->requests);
    answer_int("connections", server.seen->connections);
    answer_int("same", has_bytes(PLACE "/tile.png", page, page_size));
    answer_int("files", count_files(PLACE, false));
    answer_int("hidden", count_files(PLACE, true));
    download_session_release(session);
    end_server(&server);
    free((char *)download.link);
}

// --- Connections ---------------------------------------------------------------------------------------

DRIVE(connections, "downloads ten links of the gallery by one session; failing=1: some are not there")
{
    make_place();
    struct download_session *session = make_session(NULL);
    int failed = 0;
    for (int i = 0; i < 10; i++) {
        bool fails = driver_argument("failing", 0) == 1 && i % 3 == 1;
        struct download download =
            used_download(gallery_link("/pages/1/%d/2000%s", i, fails ? "?fault=404" : ""), "");
        snprintf(download.name, sizeof download.name, "page-%d", i);
        failed += download_link(session, PLACE, &download) == -1;
        free((char *)download.link);
    }
    answer_int("failed", failed);
    answer_int("files", count_files(PLACE, false));
    download_session_release(session);
}

DRIVE(partial, "calls three partials with a session, and three without")
{
    make_page();
    make_place();
    struct server server = start_server(answer_page);
    struct download_session *session = make_session(NULL);
    struct download download = used_download(link_to(&server, "/tile.png"), "");
    struct download_partial bound = {PLACE, session}, alone = {PLACE, NULL};
    for (int i = 0; i < 3; i++)
        download_call(&bound, &download);
    answer_int("bound", server.seen->connections);
    int descriptors = driver_open_descriptors();
    for (int i = 0; i < 3; i++)
        download_call(&alone, &download);
    answer_int("alone", server.seen->connections - 1);
    answer_int("left", driver_open_descriptors() - descriptors);
    answer_int("same", has_bytes(PLACE "/tile.png", page, page_size));
    free((char *)download.link);
    download = used_download(strdup("file:///proc/self/status"), "x");
    answer_download("bound_wrong", download_call(&bound, &download), &download);
    answer_download("alone_wrong", download_call(&alone, &download), &download);
    answer_int("requests", server.seen->requests);
    download_session_release(session);
    end_server(&server);
    free((char *)download.link);
}

// --- Lists ---------------------------------------------------------------------------------------------

static void answer_downloads(const struct download downloads[], size_t count)
{
    char label[32];
    for (size_t i = 0; i < count && i < MOST_NAMES; i++) {
        snprintf(label, sizeof label, "link_%zu", i);
        answer_bytes(label, downloads[i].link, strlen(downloads[i].link));
        snprintf(label, sizeof label, "name_%zu", i);
        answer_bytes(label, downloads[i].name, strnlen(downloads[i].name, DOWNLOAD_NAME_SIZE));
        snprintf(label, sizeof label, "error_%zu", i);
        answer_int(label, downloads[i].error);
        snprintf(label, sizeof label, "message_%zu", i);
        answer_bytes(label, downloads[i].message, strnlen(downloads[i].message, DOWNLOAD_MESSAGE_SIZE));
    }
}

static void answer_list(struct download_session *session, const char *url, const char *client_id)
{
    struct download *downloads = NULL, what = used_download("http://nobody", "x");
    size_t count = 0;
    int result = download_list(session, url, client_id, &downloads, &count, &what);
    answer_download("list", result, &what);
    answer_int("count", (int64_t)count);
    if (result != 0)
        return;
    answer_downloads(downloads, count);
    download_list_free(downloads, count);
}

DRIVE(list, "gets the gallery's list of images")
{
    struct download_session *session = make_session(NULL);
    char *url =
        gallery_link("/gallery?images=%d&seed=%d%s", (int)driver_argument("images", 5),
                     (int)driver_argument("seed", 1), driver_argument("odd", 0) == 1 ? "&names=odd" : "");
    answer_int("address", (int64_t)strlen(gallery_address()));
    answer_list(session, url, driver_argument("wrong", 0) == 1 ? "somebody" : GALLERY_CLIENT_ID);
    download_list_free(NULL, 0);
    download_session_release(session);
    free(url);
}

static char *said; // the body of the list
static size_t said_size;

static bool answer_said(int connection, int number)
{
    (void)number;
    return say_page(connection, (int)driver_argument("status", 200), "", said, said_size);
}

DRIVE(answers, "gets a list whose text is the input")
{
    static char text[8192] = "{\"data\": []}";
    said = text;
    size_t got = driver_input(text, sizeof text - 1);
    said_size = got == 0 && driver_argument("empty", 0) == 0 ? strlen(text) : got;
    struct server server = start_server(answer_said);
    struct download_session *session = make_session(&(struct download_options){.attempts = 1});
    char *url = link_to(&server, "/gallery");
    answer_list(session, url, driver_argument("broken_id", 0) == 1 ? "me\r\nX-Evil: yes" : "me");
    answer_int("requests", server.seen->requests);
    download_session_release(session);
    end_server(&server);
    free(url);
}

static int elsewhere; // a port

static bool answer_identity(int connection, int number)
{
    char location[64];
    snprintf(location, sizeof location, "Location: http://127.0.0.1:%d/gallery\r\n", elsewhere);
    return number == 2 ? say_page(connection, 302, location, "", 0)
                       : say_page(connection, 200, "", "{\"data\": []}", 12);
}

// The header of a request, from its name on, or NULL.
static const char *find_header(const char *head, const char *name)
{
    for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, name, strlen(name)) == 0)
            return line + 2 + strlen(name);
    return NULL;
}

static void answer_identities(const char *name, const struct seen *seen, int number)
{
    const char *value = find_header(seen->of[number].head, "Authorization:");
    answer_part(name, "sent", value != NULL);
    if (value == NULL)
        return;
    value += strspn(value, " ");
    answer_text(name, "value", value, strcspn(value, "\r"));
}

DRIVE(identity, "gets a list, then a link; then a list whose server leads to another one")
{
    char id[32], *url, *link;
    struct download *downloads = NULL, what;
    size_t count = 0;
    make_place();
    snprintf(id, sizeof id, "reader-%d", (int)driver_argument("id", 1));
    struct server other = start_server(answer_identity);
    elsewhere = other.port;
    struct server server = start_server(answer_identity);
    struct download_session *session = make_session(NULL);
    url = link_to(&server, "/gallery");
    link = link_to(&server, "/tile.png");
    for (int i = 0; i < 3; i++) {
        struct download download = used_download(link, "tile.png");
        if (i == 1)
            answer_result("link", download_link(session, PLACE, &download));
        else if (download_list(session, url, id, &downloads, &count, &what) == 0)
            download_list_free(downloads, count);
    }
    answer_int("requests", server.seen->requests);
    answer_int("other_requests", other.seen->requests);
    answer_identities("list", server.seen, 0);
    answer_identities("link", server.seen, 1);
    answer_identities("moved", server.seen, 2);
    answer_identities("other", other.seen, 0);
    download_session_release(session);
    end_server(&server);
    end_server(&other);
    free(url);
    free(link);
}

// --- All of them ---------------------------------------------------------------------------------------

enum { MOST_ALL = 16 };

static struct {
    off_t at[MOST_ALL]; // how long the progress file was at each request
} * watched;

static bool is_failing(int number)
{
    return (driver_argument("failing", 0) >> number & 1) != 0;
}

static bool answer_all(int connection, int number)
{
    struct stat status;
    if (number < MOST_ALL && stat("progress", &status) == 0)
        watched->at[number] = status.st_size;
    return is_failing(number) ? say_page(connection, 404, "", "none", 4)
                              : say_page(connection, 200, "", page, page_size + (size_t)number);
}

static FILE *open_terminal(int *master)
{
    *master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (*master == -1 || grantpt(*master) == -1 || unlockpt(*master) == -1)
        driver_broken("posix_openpt");
    int slave = open(ptsname(*master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    FILE *terminal = slave == -1 ? NULL : fdopen(slave, "w");
    if (terminal == NULL)
        driver_broken("pseudo-terminal");
    return terminal;
}

// Reads until the other end is closed: what is written to a terminal comes a moment later.
static void answer_terminal(int master)
{
    static char text[16 * 1024];
    ssize_t part = 1;
    size_t size = 0;
    while (size < sizeof text && part > 0) {
        part = read(master, text + size, sizeof text - size);
        size += part > 0 ? (size_t)part : 0;
    }
    answer_bytes("progress", text, size);
}

static void answer_progress(void)
{
    static unsigned char text[16 * 1024];
    ssize_t size = read_file("progress", text, sizeof text);
    answer_bytes("progress", text, size < 0 ? 0 : (size_t)size);
}

DRIVE(all,
      "downloads some links; failing: a bit for each that is not there; progress: 0, 1 file, 2 terminal")
{
    size_t count = (size_t)driver_argument("count", 4);
    int64_t mode = driver_argument("progress", 1);
    int master = -1;
    struct download downloads[MOST_ALL];
    page_size = (size_t)driver_argument("size", 100);
    page = make_bytes(1, page_size + MOST_ALL);
    watched = driver_shared(sizeof *watched);
    make_place();
    struct server server = start_server(answer_all); // it has no part in the terminal
    FILE *progress = mode == 0 ? NULL : mode == 1 ? fopen("progress", "we") : open_terminal(&master);
    for (size_t i = 0; i < count; i++)
        downloads[i] = used_download(link_to(&server, "/tile.png"), "");
    struct download_session *session = make_session(NULL);
    answer_int("failed", (int64_t)download_all(&(struct download_partial){PLACE, session}, downloads,
                                               count, progress));
    if (mode == 1)
        answer_progress(); // before fclose(): what has been told, and not what will be
    answer_downloads(downloads, count);
    answer_int("requests", server.seen->requests);
    answer_int("connections", server.seen->connections);
    answer_int("files", count_files(PLACE, false));
    answer_int("told_before_the_second", watched->at[1]);
    if (progress != NULL)
        fclose(progress);
    if (mode == 2)
        answer_terminal(master);
    if (master != -1)
        close(master);
    download_session_release(session);
    end_server(&server);
    for (size_t i = 0; i < count; i++)
        free((char *)downloads[i].link);
}

// --- What is left --------------------------------------------------------------------------------------

static bool answer_mixed(int connection, int number)
{
    switch (number % 4) {
    case 0:
        return say_page(connection, 404, "", "{\"data\": {\"error\": \"none\"}}", 27);
    case 1:
        say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\": [");
        return false;
    case 2:
        return say_page(connection, 200, "", "{\"data\": [{\"link\": \"http://h/a.png\"}]}", 38);
    default:
        return say_page(connection, 200, "", "{\"data\": [{\"link\": \"http://h/a.png\"}, {}]}", 42);
    }
}

static void work_badly(struct download_session *session, const char *link, int rounds)
{
    struct download *downloads, what;
    size_t count;
    for (int i = 0; i < rounds; i++) {
        struct download download = used_download(link, "tile.png");
        download_link(session, i % 2 == 0 ? PLACE : "nowhere", &download);
        if (download_list(session, link, "me", &downloads, &count, &what) == 0)
            download_list_free(downloads, count);
    }
}

DRIVE(leftovers, "does 200 rounds of downloads and lists that mostly fail, and counts what is left")
{
    make_place();
    struct server server = start_server(answer_mixed);
    char *link = link_to(&server, "/tile.png");
    struct download_session *session = make_session(NULL);
    work_badly(session, link, 40);
    int descriptors = driver_open_descriptors();
    size_t memory = mallinfo2().uordblks;
    work_badly(session, link, 160);
    answer_int("memory", (int64_t)mallinfo2().uordblks - (int64_t)memory);
    answer_int("descriptors", driver_open_descriptors() - descriptors);
    answer_int("requests", server.seen->requests);
    answer_int("hidden", count_files(PLACE, true));
    download_session_release(session);
    end_server(&server);
    free(link);
}
