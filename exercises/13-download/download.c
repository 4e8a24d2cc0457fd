// Downloads over HTTP into files, one after the other.
#include "download.h"
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SUFFIX = 16, PAUSE_MS = 500, REDIRECTIONS = 5 };

struct download_session {
    CURL *curl;
    int timeout_ms;
    int attempts;
};

// --- Sessions ------------------------------------------------------------------------------------------

struct download_session *download_session_create(const struct download_options *options)
{
    static const struct download_options none = {0};
    if (options == NULL)
        options = &none;
    if (options->timeout_ms < 0 || options->attempts < 0) {
        errno = EINVAL;
        return NULL;
    }
    struct download_session *session = malloc(sizeof *session);
    CURL *curl = curl_easy_init();
    if (session == NULL || curl == NULL) {
        free(session);
        curl_easy_cleanup(curl);
        errno = ENOMEM;
        return NULL;
    }
    *session = (struct download_session){
        .curl = curl,
        .timeout_ms = options->timeout_ms == 0 ? 60000 : options->timeout_ms,
        .attempts = options->attempts == 0 ? 3 : options->attempts,
    };
    return session;
}

void download_session_release(struct download_session *session)
{
    if (session == NULL)
        return;
    curl_easy_cleanup(session->curl);
    free(session);
}

// --- Names ---------------------------------------------------------------------------------------------

// The directory may appear at the same moment by somebody else's hand, so we try, and do not look before.
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
    char *part = strdup(path);
    if (part == NULL)
        return -1;
    int result = 0;
    for (char *slash = part; result == 0 && *slash != '\0' && (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = '\0';
        result = make_directory(part);
        *slash = '/';
    }
    int error = errno;
    free(part);
    errno = error;
    return result == 0 ? make_directory(path) : -1;
}

// Where a name's suffix begins; its end, if it has none that is worth keeping.
static const char *suffix_of(const char *name)
{
    const char *end = name + strlen(name), *dot = strrchr(name, '.');
    return dot == NULL || dot == name || end - dot > MOST_SUFFIX ? end : dot;
}

// Puts `stem` (so much of it as there is room for), `number` and `suffix` together.
static void join_name(char name[DOWNLOAD_NAME_SIZE], const char *stem, size_t length, const char *number,
                      const char *suffix)
{
    size_t room = DOWNLOAD_NAME_SIZE - 1 - strlen(number) - strlen(suffix);
    length = length < room ? length : room;
    memcpy(name, stem, length);
    stpcpy(stpcpy(name + length, number), suffix);
}

// What stands behind the last '/' of the link's path, decoded: `*size` bytes, for the caller to
// curl_free(). NULL: it is no link.
static char *last_segment(const char *link, int *size)
{
    char *path = NULL, *decoded = NULL;
    CURLU *url = curl_url();
    if (url != NULL &&
        curl_url_set(url, CURLUPART_URL, link, CURLU_GUESS_SCHEME | CURLU_PATH_AS_IS) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_PATH, &path, 0) == CURLUE_OK)
        decoded = curl_easy_unescape(NULL, strrchr(path, '/') + 1, 0, size);
    curl_free(path);
    curl_url_cleanup(url);
    return decoded;
}

void download_name(const char *link, char name[DOWNLOAD_NAME_SIZE])
{
    int size = 0;
    char *segment = last_segment(link, &size);
    for (int i = 0; i < size; i++) {
        unsigned char c = (unsigned char)segment[i];
        if (c < 32 || c == 127 || c == '/' || (i == 0 && (c == '.' || c == '-')))
            segment[i] = '_';
    }
    const char *stem = size == 0 ? "unnamed" : segment, *suffix = suffix_of(stem);
    join_name(name, stem, (size_t)(suffix - stem), "", suffix);
    curl_free(segment);
}

static bool is_taken(const struct download downloads[], size_t count, size_t own, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (i != own && strcmp(downloads[i].name, name) == 0)
            return true;
    return false;
}

void download_names(struct download downloads[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (downloads[i].name[0] != '\0')
            continue;
        char first[DOWNLOAD_NAME_SIZE], name[DOWNLOAD_NAME_SIZE], number[24];
        download_name(downloads[i].link, first);
        strcpy(name, first);
        for (size_t n = 2; is_taken(downloads, count, i, name); n++) {
            const char *suffix = suffix_of(first);
            snprintf(number, sizeof number, "-%zu", n);
            join_name(name, first, (size_t)(suffix - first), number, suffix);
        }
        strcpy(downloads[i].name, name);
    }
}

// --- What has become of a download
// -----------------------------------------------------------------------

// Returns 0 if there is no error, and -1 with errno set if there is one.
__attribute__((format(printf, 3, 4))) static int finish(struct download *download, int error,
                                                        const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(download->message, sizeof download->message, format, values);
    va_end(values);
    download->error = error;
    errno = error;
    return error == 0 ? 0 : -1;
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

static int error_of_curl(CURL *curl, CURLcode code)
{
    long system = 0; // errno of a connection that failed
    curl_easy_getinfo(curl, CURLINFO_OS_ERRNO, &system);
    switch (code) {
    case CURLE_OK:
        return 0;
    case CURLE_OUT_OF_MEMORY:
        return ENOMEM;
    case CURLE_OPERATION_TIMEDOUT:
        return ETIMEDOUT;
    case CURLE_TOO_MANY_REDIRECTS:
        return ELOOP;
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return EPROTONOSUPPORT;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return EHOSTUNREACH;
    case CURLE_COULDNT_CONNECT:
        return system != 0 ? (int)system : EHOSTUNREACH;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return system != 0 ? (int)system : ECONNRESET;
    default:
        return EPROTO; // it breaks off, or is no HTTP
    }
}

// --- One transfer
// ----------------------------------------------------------------------------------------

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
    return kept;
}

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void pause_until(long long when_ms)
{
    const struct timespec when = {when_ms / 1000, when_ms % 1000 * 1000000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL) == EINTR)
        continue;
}

static void prepare(CURL *curl, const char *link, const struct curl_slist *headers, char *error,
                    struct sink *sink)
{
    curl_easy_reset(curl); // the options, not the connection
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, sink);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTIONS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); // signals are the program's, not a library's
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https"); // file:///etc/passwd is a link, too
#else
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

// The time at which to try again, or -1: not at all.
static long long next_attempt(const struct download_session *session, const struct download *download,
                              long long deadline)
{
    curl_off_t asked_s = 0;
    curl_easy_getinfo(session->curl, CURLINFO_RETRY_AFTER, &asked_s);
    long long next = now_ms() + (asked_s > 0 ? asked_s * 1000 : PAUSE_MS);
    return download->status == 503 && download->attempts < session->attempts && next < deadline ? next
                                                                                                : -1;
}

// Tries once, until `deadline` at most. Returns and sets what finish() does.
static int attempt(struct download_session *session, struct download *download,
                   const struct curl_slist *headers, FILE *file, long long deadline)
{
    char text[CURL_ERROR_SIZE] = "";
    struct sink sink = {.file = file};
    prepare(session->curl, download->link, headers, text, &sink);
    long long left = deadline - now_ms();
    curl_easy_setopt(session->curl, CURLOPT_TIMEOUT_MS, left > 0 ? (long)left : 1L);
    CURLcode code = curl_easy_perform(session->curl);
    curl_easy_setopt(session->curl, CURLOPT_ERRORBUFFER, NULL); // it ends with this function
    curl_easy_getinfo(session->curl, CURLINFO_RESPONSE_CODE, &download->status);
    if (code == CURLE_OK && fflush(file) == EOF)
        sink.error = errno;
    if (sink.error != 0)
        return finish(download, sink.error, "cannot write: %s", strerror(sink.error));
    if (code != CURLE_OK)
        return finish(download, error_of_curl(session->curl, code), "%s",
                      text[0] != '\0' ? text : curl_easy_strerror(code));
    if (error_of_status(download->status) != 0)
        return finish(download, error_of_status(download->status), "the server says %ld",
                      download->status);
    curl_off_t size = 0;
    curl_easy_getinfo(session->curl, CURLINFO_SIZE_DOWNLOAD_T, &size);
    download->size = size;
    return finish(download, 0, "%s", "");
}

// Writes what the link leads to into `file`, with as many attempts as there may be.
static int transfer(struct download_session *session, struct download *download,
                    const struct curl_slist *headers, FILE *file)
{
    long long deadline = now_ms() + session->timeout_ms, next;
    for (;;) {
        download->attempts++;
        if (attempt(session, download, headers, file, deadline) == 0)
            return 0;
        if ((next = next_attempt(session, download, deadline)) == -1) {
            errno = download->error;
            return -1;
        }
        rewind(file); // throws away what came with the error
        if (ftruncate(fileno(file), 0) == -1)
            return finish(download, errno, "cannot write: %s", strerror(errno));
        pause_until(next);
    }
}

static void begin(struct download *download)
{
    download->error = download->attempts = 0;
    download->status = 0;
    download->size = 0;
}

// --- One file
// --------------------------------------------------------------------------------------------

// A new file in the directory, under a name that no download has: it begins with '.'. `path` gets it.
static FILE *open_part(const char *directory, char path[PATH_MAX])
{
    int file = -1;
    errno = EEXIST;
    for (unsigned n = 0; file == -1 && errno == EEXIST; n++) {
        int length = snprintf(path, PATH_MAX, "%s/.download-%ld-%u", directory, (long)getpid(), n);
        if (length >= PATH_MAX) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    }
    return file == -1 ? NULL : fdopen(file, "w");
}

// Gives the part its name. The last errors of writing show at fclose().
static int take_over(FILE *file, const char *part, const char *directory, struct download *download)
{
    char path[PATH_MAX];
    if (fclose(file) == EOF)
        return finish(download, errno, "cannot write: %s", strerror(errno));
    if (snprintf(path, sizeof path, "%s/%s", directory, download->name) >= (int)sizeof path)
        return finish(download, ENAMETOOLONG, "%s", strerror(ENAMETOOLONG));
    if (rename(part, path) == -1)
        return finish(download, errno, "cannot rename to %s: %s", download->name, strerror(errno));
    return 0;
}

int download_link(struct download_session *session, const char *directory, struct download *download)
{
    char part[PATH_MAX];
    begin(download);
    if (download->name[0] == '\0')
        download_name(download->link, download->name);
    FILE *file = open_part(directory, part);
    if (file == NULL)
        return finish(download, errno, "cannot write into %.80s: %s", directory, strerror(errno));
    int result = transfer(session, download, NULL, file);
    if (result == -1)
        fclose(file);
    else
        result = take_over(file, part, directory, download);
    if (result == -1) {
        unlink(part);
        errno = download->error;
    }
    return result;
}

// --- The list
// --------------------------------------------------------------------------------------------

// The header that says who asks. NULL with errno EINVAL: with a line break in it, it would be two
// headers.
static struct curl_slist *authorization(const char *client_id)
{
    char header[512];
    errno = EINVAL;
    if (strpbrk(client_id, "\r\n") != NULL ||
        snprintf(header, sizeof header, "Authorization: Client-ID %s", client_id) >= (int)sizeof header)
        return NULL;
    errno = ENOMEM;
    return curl_slist_append(NULL, header);
}

// What the server says of its error, behind what we say.
static void add_reason(struct download *what, FILE *answer)
{
    rewind(answer);
    json_t *json = json_loadf(answer, 0, NULL);
    const char *reason = json_string_value(json_object_get(json_object_get(json, "data"), "error"));
    if (reason != NULL)
        finish(what, what->error, "the server says %ld: %s", what->status, reason);
    json_decref(json);
    errno = what->error;
}

// Makes downloads of the links in the JSON. NULL: it has no list of links, or (errno ENOMEM) no memory.
static struct download *read_list(const json_t *json, size_t *count)
{
    const json_t *data = json_object_get(json, "data"), *entry;
    size_t i;
    errno = EPROTO;
    if (!json_is_array(data))
        return NULL;
    *count = json_array_size(data);
    struct download *list = calloc(*count + 1, sizeof *list); // + 1: an empty list is no NULL
    json_array_foreach (list == NULL ? NULL : data, i, entry) {
        const char *link = json_string_value(json_object_get(entry, "link"));
        if (link == NULL || (list[i].link = strdup(link)) == NULL) {
            int error = link == NULL ? EPROTO : ENOMEM;
            download_list_free(list, i);
            errno = error;
            return NULL;
        }
    }
    return list;
}

// Reads the answer into `*downloads`.
static int read_answer(FILE *answer, struct download **downloads, size_t *count, struct download *what)
{
    json_error_t error;
    rewind(answer);
    json_t *json = json_loadf(answer, 0, &error);
    if (json == NULL)
        return finish(what, EPROTO, "the answer is no JSON: %s", error.text);
    *downloads = read_list(json, count);
    int reason = errno;
    json_decref(json);
    if (*downloads == NULL)
        return finish(what, reason, "%s",
                      reason == ENOMEM ? strerror(ENOMEM) : "the answer has no list of links");
    download_names(*downloads, *count);
    return 0;
}

int download_list(struct download_session *session, const char *url, const char *client_id,
                  struct download **downloads, size_t *count, struct download *what)
{
    *what = (struct download){.link = url};
    struct curl_slist *headers = authorization(client_id);
    if (headers == NULL)
        return finish(what, errno, "the client id cannot be sent: %s", strerror(errno));
    FILE *answer = tmpfile();
    int result = answer == NULL ? finish(what, errno, "no temporary file: %s", strerror(errno))
                                : transfer(session, what, headers, answer);
    if (result == 0)
        result = read_answer(answer, downloads, count, what);
    else if (what->status != 0)
        add_reason(what, answer);
    if (answer != NULL)
        fclose(answer);
    curl_slist_free_all(headers);
    errno = what->error;
    return result;
}

void download_list_free(struct download *downloads, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free((char *)downloads[i].link);
    free(downloads);
}

// --- All of them
// -----------------------------------------------------------------------------------------

int download_call(const struct download_partial *partial, struct download *download)
{
    if (partial->session != NULL)
        return download_link(partial->session, partial->directory, download);
    struct download_session *session = download_session_create(NULL);
    if (session == NULL) {
        begin(download);
        return finish(download, ENOMEM, "%s", strerror(ENOMEM));
    }
    int result = download_link(session, partial->directory, download);
    download_session_release(session);
    errno = download->error;
    return result;
}

static void tell(FILE *progress, bool terminal, const struct download *download, size_t done,
                 size_t count)
{
    if (terminal)
        fputs("\r\033[K", progress); // back to the beginning of the line, and erase it
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
