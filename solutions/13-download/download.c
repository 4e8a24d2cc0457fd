// Downloads over HTTP into files, one after the other.
#define _GNU_SOURCE // O_PATH, memrchr, asprintf
#include "download.h"
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SUFFIX = 16, MOST_REDIRECTIONS = 5, PART_NAME_SIZE = 48 };

// Times are in nanoseconds: a clock that is rounded down to milliseconds is early.
static const long long second = 1000000000, usual_pause = 500000000;

// --- What has become of a download ---------------------------------------------------------------------

// Puts `instead` in the place of each byte of a control character, for a terminal obeys them. `text` has
// `size` bytes and a NUL behind them.
static void replace_controls(char *text, size_t size, char instead)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i], next = (unsigned char)text[i + 1];
        if (c < 32 || c == 127)
            text[i] = instead;
        else if (c == 0xc2 && next >= 0x80 && next < 0xa0) // U+0080 to U+009F in UTF-8
            text[i] = text[i + 1] = instead;
    }
}

__attribute__((format(printf, 3, 4))) static void fail(struct download *download, int error,
                                                       const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(download->message, sizeof download->message, format, values);
    va_end(values);
    replace_controls(download->message, strlen(download->message), ' '); // a server's words may have them
    download->error = error;
    download->size = 0;
}

static void begin(struct download *download)
{
    download->error = download->attempts = 0;
    download->status = 0;
    download->size = 0;
    download->message[0] = '\0';
}

static int result_of(const struct download *download)
{
    if (download->error == 0)
        return 0;
    errno = download->error; // cleaning up may have changed it
    return -1;
}

static int error_of_status(long status)
{
    switch (status) {
    case 401:
    case 403:
        return EACCES;
    case 404:
    case 410:
        return ENOENT;
    case 503:
        return EBUSY;
    default:
        return status >= 200 && status < 300 ? 0 : EREMOTEIO;
    }
}

static bool is_web(const char *link)
{
    return link != NULL &&
           (strncasecmp(link, "http://", 7) == 0 || strncasecmp(link, "https://", 8) == 0);
}

static int error_of_curl(CURL *curl, CURLcode code)
{
    long system = 0; // errno of a connection that failed
    const char *led_to = NULL;
    curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &system);
    curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &led_to);
    switch (code) {
    case CURLE_OUT_OF_MEMORY:
        return ENOMEM;
    case CURLE_OPERATION_TIMEDOUT:
        return ETIMEDOUT;
    case CURLE_TOO_MANY_REDIRECTS:
        return ELOOP;
    case CURLE_URL_MALFORMAT:
        return EPROTONOSUPPORT;
    case CURLE_UNSUPPORTED_PROTOCOL: // also said of an answer that is no HTTP
        return is_web(led_to) ? EPROTO : EPROTONOSUPPORT;
    case CURLE_COULDNT_RESOLVE_HOST:
        return EHOSTUNREACH;
    case CURLE_COULDNT_CONNECT:
        return system != 0 ? (int)system : EHOSTUNREACH;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return system != 0 ? (int)system : ECONNRESET;
    default:
        return EPROTO;
    }
}

// --- Sessions ------------------------------------------------------------------------------------------

struct download_session {
    CURL *curl;
    int timeout_ms;
    int attempts;
    char text[CURL_ERROR_SIZE]; // libcurl's own words; it keeps the address
};

// Where the bytes of an answer go.
struct sink {
    FILE *file;
    int error; // of writing
};

static size_t keep(char *bytes, size_t one, size_t size, void *argument)
{
    struct sink *sink = argument;
    size_t kept = fwrite(bytes, one, size, sink->file);
    if (kept < size)
        sink->error = errno;
    return kept; // fewer: libcurl gives up
}

// What is the same for each transfer. file:///etc/passwd is a link, too, and a server may lead us there.
static CURLcode prepare(struct download_session *session)
{
    CURL *curl = session->curl;
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, session->text);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTIONS);
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

struct download_session *download_session_create(const struct download_options *options)
{
    static const struct download_options none = {0};
    if (options == NULL)
        options = &none;
    if (options->timeout_ms < 0 || options->attempts < 0) {
        errno = EINVAL;
        return NULL;
    }
    struct download_session *session = calloc(1, sizeof *session);
    if (session == NULL)
        return NULL;
    session->timeout_ms = options->timeout_ms == 0 ? 60000 : options->timeout_ms;
    session->attempts = options->attempts == 0 ? 3 : options->attempts;
    session->curl = curl_easy_init();
    if (session->curl == NULL || prepare(session) != CURLE_OK) {
        download_session_release(session);
        errno = ENOMEM;
        return NULL;
    }
    return session;
}

void download_session_release(struct download_session *session)
{
    if (session == NULL)
        return;
    curl_easy_cleanup(session->curl); // accepts NULL, and closes the connection
    free(session);
}

// --- Names ---------------------------------------------------------------------------------------------

// Somebody else may make the directory at the same moment, so we try first, and look afterwards.
static int make_directory(const char *path)
{
    struct stat status;
    if (mkdir(path, 0777) == 0)
        return 0;
    int error = errno;
    if (error == EEXIST && stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return 0;
    errno = error;
    return -1;
}

int download_directory(const char *path)
{
    size_t length = strlen(path); // of the path to the directory above
    while (length > 0 && path[length - 1] == '/')
        length--;
    while (length > 0 && path[length - 1] != '/')
        length--;
    if (make_directory(path) == 0)
        return 0;
    if (errno != ENOENT || length == 0)
        return -1;
    char *above = strndup(path, length);
    int result = above == NULL ? -1 : download_directory(above), error = errno;
    free(above);
    errno = error;
    return result == 0 ? make_directory(path) : -1;
}

// Where a name's suffix begins; its end, if it has none that is worth keeping.
static const char *suffix_of(const char *name)
{
    const char *end = name + strlen(name), *dot = strrchr(name, '.');
    return dot == NULL || dot == name || end - dot > MOST_SUFFIX ? end : dot;
}

// Makes `name` of `whole`, with `number` in front of its suffix. What there is no room for is left out in
// front of that, and no character of UTF-8 is cut in two.
static void make_name(char name[DOWNLOAD_NAME_SIZE], const char *whole, const char *number)
{
    const char *suffix = suffix_of(whole);
    size_t length = (size_t)(suffix - whole);
    size_t room = DOWNLOAD_NAME_SIZE - 1 - strlen(number) - strlen(suffix);
    if (length > room)
        for (length = room; length > room - 3 && (whole[length] & 0xc0) == 0x80;)
            length--;
    memcpy(name, whole, length);
    stpcpy(stpcpy(name + length, number), suffix);
}

// What stands behind the last '/' of the link's path, decoded: `*size` bytes, for the caller to
// curl_free(). NULL: nothing does.
static char *last_segment(const char *link, int *size)
{
    if (link == NULL)
        return NULL;
    const char *end = link + strcspn(link, "?#"), *scheme = strstr(link, "://");
    const char *host = scheme == NULL || scheme >= end ? link : scheme + strlen("://");
    const char *slash = memrchr(host, '/', (size_t)(end - host));
    if (slash == NULL || slash + 1 == end)
        return NULL;
    return curl_easy_unescape(NULL, slash + 1, (int)(end - slash - 1), size);
}

void download_name(const char *link, char name[DOWNLOAD_NAME_SIZE])
{
    int size = 0;
    char *segment = last_segment(link, &size);
    replace_controls(segment, (size_t)size, '_'); // not strlen(): %00 is a byte, too
    for (int i = 0; i < size; i++)
        if (segment[i] == '/' || (i == 0 && (segment[i] == '.' || segment[i] == '-')))
            segment[i] = '_';
    make_name(name, segment == NULL ? "unnamed" : segment, "");
    curl_free(segment);
}

static bool is_taken(const struct download downloads[], size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(downloads[i].name, name) == 0)
            return true;
    return false;
}

void download_names(struct download downloads[], size_t count)
{
    char first[DOWNLOAD_NAME_SIZE], last[DOWNLOAD_NAME_SIZE] = "", name[DOWNLOAD_NAME_SIZE], number[24];
    size_t n = 2;
    for (size_t i = 0; i < count; i++) {
        if (downloads[i].name[0] != '\0')
            continue;
        download_name(downloads[i].link, first);
        if (strcmp(first, last) != 0)
            n = 2; // else the smaller ones are taken: some sites call all pictures the same
        strcpy(last, first);
        strcpy(name, first);
        for (; is_taken(downloads, count, name); n++) {
            snprintf(number, sizeof number, "-%zu", n);
            make_name(name, first, number);
        }
        strcpy(downloads[i].name, name);
    }
}

// --- Transfers -----------------------------------------------------------------------------------------

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * second + time.tv_nsec;
}

static void sleep_until(long long when)
{
    const struct timespec time = {when / second, when % second};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR)
        continue;
}

static void fail_writing(struct download *download, int error)
{
    fail(download, error, "cannot write: %s", strerror(error));
}

// Tries once, for `left` nanoseconds at most.
static void attempt(struct download_session *session, struct download *download,
                    struct curl_slist *headers, FILE *file, long long left)
{
    CURL *curl = session->curl;
    struct sink sink = {.file = file};
    long left_ms = (long)(left / 1000000);
    download->error = 0;
    download->message[0] = session->text[0] = '\0';
    download->attempts++;
    CURLcode code = curl_easy_setopt(curl, CURLOPT_URL, download->link); // copies it
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);                 // NULL: not those of the last
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, left_ms > 0 ? left_ms : 1L); // 0: no limit
    if (code == CURLE_OK)
        code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &download->status);
    if (code == CURLE_OK && fflush(file) == EOF)
        sink.error = errno;
    download->size = ftello(file);
    if (sink.error != 0)
        fail_writing(download, sink.error);
    else if (code != CURLE_OK)
        fail(download, error_of_curl(curl, code), "%s",
             session->text[0] != '\0' ? session->text : curl_easy_strerror(code));
    else if (error_of_status(download->status) != 0)
        fail(download, error_of_status(download->status), "the server says %ld", download->status);
}

// How long to pause before the next attempt; -1: there is none.
static long long pause_before_next(const struct download_session *session,
                                   const struct download *download, long long left)
{
    curl_off_t asked_s = 0;
    curl_easy_getinfo(session->curl, CURLINFO_RETRY_AFTER, &asked_s);
    if (download->status != 503 || download->attempts >= session->attempts || asked_s > left / second)
        return -1;
    long long pause = asked_s > 0 ? asked_s * second : usual_pause;
    return pause < left ? pause : -1;
}

// Writes what the link leads to into `file`, with as many attempts as there may be.
static void transfer(struct download_session *session, struct download *download,
                     struct curl_slist *headers, FILE *file)
{
    if (download->link == NULL) {
        fail(download, EINVAL, "there is no link");
        return;
    }
    if (!is_web(download->link)) { // libcurl would guess what is meant
        fail(download, EPROTONOSUPPORT, "this is neither an http:// nor an https:// link");
        return;
    }
    long long deadline = now() + session->timeout_ms * 1000000LL;
    for (;;) {
        attempt(session, download, headers, file, deadline - now());
        long long answered = now();
        long long pause = pause_before_next(session, download, deadline - answered);
        if (pause == -1)
            return;
        rewind(file); // throws away the body that came with the error
        if (ftruncate(fileno(file), 0) == -1) {
            fail_writing(download, errno);
            return;
        }
        sleep_until(answered + pause);
    }
}

// --- One file ------------------------------------------------------------------------------------------

// Makes a file for what is not whole yet, under a name that no download has. NULL: errno says why.
static FILE *open_part(int directory, char name[PART_NAME_SIZE])
{
    unsigned number = 0;
    int descriptor;
    do {
        snprintf(name, PART_NAME_SIZE, ".download-%ld-%u", (long)getpid(), number++);
        descriptor = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor == -1 && errno == EEXIST); // somebody was killed, and had our process id
    FILE *file = descriptor == -1 ? NULL : fdopen(descriptor, "w");
    if (descriptor != -1 && file == NULL) {
        unlinkat(directory, name, 0);
        close(descriptor);
        errno = ENOMEM;
    }
    return file;
}

int download_link(struct download_session *session, const char *directory, struct download *download)
{
    char part[PART_NAME_SIZE];
    FILE *file = NULL;
    begin(download);
    if (download->name[0] == '\0')
        download_name(download->link, download->name);
    int place = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (place == -1 || (file = open_part(place, part)) == NULL)
        fail(download, errno, "cannot write into %.80s: %s", directory, strerror(errno));
    else {
        transfer(session, download, NULL, file);
        if (fclose(file) == EOF && download->error == 0)
            fail_writing(download, errno); // some file systems say so only now
        if (download->error == 0 && renameat(place, part, place, download->name) == -1)
            fail(download, errno, "cannot rename to %.80s: %s", download->name, strerror(errno));
        if (download->error != 0)
            unlinkat(place, part, 0);
    }
    if (place != -1)
        close(place);
    return result_of(download);
}

// --- The list ------------------------------------------------------------------------------------------

// The header that says who asks, or NULL with errno set. With a line break in it, it would be two.
static struct curl_slist *authorization(const char *client_id)
{
    char *header;
    errno = EINVAL;
    if (strpbrk(client_id, "\r\n") != NULL ||
        asprintf(&header, "Authorization: Client-ID %s", client_id) == -1)
        return NULL;
    struct curl_slist *headers = curl_slist_append(NULL, header); // copies it
    free(header);
    errno = ENOMEM;
    return headers;
}

// Makes a download of each link in `data`, which stays the caller's. Returns NULL with errno EPROTO (this
// is no list of links) or ENOMEM.
static struct download *make_downloads(const json_t *data)
{
    size_t count = json_array_size(data);                              // 0 if it is no array
    struct download *downloads = calloc(count + 1, sizeof *downloads); // + 1: an empty list is no NULL
    errno = downloads == NULL ? ENOMEM : EPROTO;
    if (downloads == NULL || !json_is_array(data)) {
        free(downloads);
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const char *link = json_string_value(json_object_get(json_array_get(data, i), "link"));
        downloads[i].link = link == NULL ? NULL : strdup(link); // the JSON's own goes with the JSON
        if (downloads[i].link == NULL) {
            int error = link == NULL ? EPROTO : ENOMEM;
            download_list_free(downloads, i);
            errno = error;
            return NULL;
        }
    }
    return downloads;
}

static void read_answer(FILE *answer, struct download **downloads, size_t *count, struct download *what)
{
    json_error_t wrong;
    rewind(answer);
    json_t *json = json_loadf(answer, 0, &wrong), *data = json_object_get(json, "data");
    const char *reason = json_string_value(json_object_get(data, "error"));
    if (what->error != 0) {
        if (what->status != 0 && reason != NULL)
            fail(what, what->error, "the server says %ld: %s", what->status, reason);
    } else if (json == NULL)
        fail(what, EPROTO, "the answer is no JSON: %s", wrong.text);
    else if ((*downloads = make_downloads(data)) == NULL)
        fail(what, errno, "no list of links: %s", strerror(errno));
    else {
        *count = json_array_size(data);
        download_names(*downloads, *count);
    }
    json_decref(json);
}

int download_list(struct download_session *session, const char *url, const char *client_id,
                  struct download **downloads, size_t *count, struct download *what)
{
    FILE *answer = NULL;
    *what = (struct download){.link = url};
    struct curl_slist *headers = authorization(client_id);
    if (headers == NULL)
        fail(what, errno, "the client id cannot be sent: %s", strerror(errno));
    else if ((answer = tmpfile()) == NULL)
        fail_writing(what, errno);
    else {
        transfer(session, what, headers, answer);
        read_answer(answer, downloads, count, what);
        fclose(answer);
    }
    curl_slist_free_all(headers);
    return result_of(what);
}

void download_list_free(struct download *downloads, size_t count)
{
    for (size_t i = 0; downloads != NULL && i < count; i++)
        free((char *)downloads[i].link);
    free(downloads);
}

// --- All of them ---------------------------------------------------------------------------------------

int download_call(const struct download_partial *partial, struct download *download)
{
    if (partial->session != NULL)
        return download_link(partial->session, partial->directory, download);
    struct download_session *session = download_session_create(NULL);
    if (session == NULL) {
        begin(download);
        fail(download, errno, "no session: %s", strerror(errno));
    } else
        download_link(session, partial->directory, download);
    download_session_release(session);
    return result_of(download);
}

static void tell(FILE *progress, bool terminal, const struct download *download, size_t done,
                 size_t count)
{
    if (terminal)
        fputs("\r\033[K", progress); // to the beginning of the line, which is erased
    if (download->error != 0)
        fprintf(progress, "%s: %s\n", download->name, download->message);
    else if (!terminal)
        fprintf(progress, "%s: %lld bytes\n", download->name, download->size);
    if (terminal)
        fprintf(progress, "%zu of %zu%s", done, count, done == count ? "\n" : "");
    fflush(progress);
}

size_t download_all(const struct download_partial *partial, struct download downloads[], size_t count,
                    FILE *progress)
{
    bool terminal = progress != NULL && isatty(fileno(progress));
    size_t failed = 0;
    download_names(downloads, count);
    for (size_t i = 0; i < count; i++) {
        failed += download_call(partial, &downloads[i]) == -1;
        if (progress != NULL)
            tell(progress, terminal, &downloads[i], i + 1, count);
    }
    return failed;
}
