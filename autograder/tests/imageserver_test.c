// The image server as a program: what a client sees on the line.
#include "support.h"
#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <curl/curl.h>
#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static pid_t server;
static int port;

// Starts the server, and reads its address from its first line.
static void start_server(void)
{
    int ends[2];
    char line[64];
    folder_make();
    cr_assert_eq(pipe(ends), 0);
    server = fork();
    cr_assert_neq(server, -1);
    if (server == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        close(ends[1]);
        execl(in_build("imageserver"), "imageserver", "--with-parent", NULL);
        _exit(127);
    }
    close(ends[1]);
    FILE *output = fdopen(ends[0], "r");
    cr_assert_not_null(fgets(line, sizeof line, output), "the server has printed no address");
    fclose(output);
    cr_assert_eq(sscanf(line, "http://127.0.0.1:%d/", &port), 1, "the server has printed: %s", line);
}

static void stop_server(void)
{
    kill(server, SIGTERM);
    cr_expect_eq(wait_for(server), 0, "the server did not end in order");
    folder_remove();
}

TestSuite(imageserver, .init = start_server, .fini = stop_server, .timeout = 60);

// --- A client ------------------------------------------------------------------------------------------

struct got {
    CURLcode result;
    long status;
    char bytes[1 << 20];
    size_t size;
};

static size_t keep(char *bytes, size_t one, size_t size, void *argument)
{
    struct got *got = argument;
    size_t room = sizeof got->bytes - 1 - got->size;
    size = size * one < room ? size * one : room;
    memcpy(got->bytes + got->size, bytes, size);
    got->size += size;
    got->bytes[got->size] = '\0';
    return size;
}

static CURL *make_request(const char *path, struct got *got)
{
    CURL *curl = curl_easy_init();
    *got = (struct got){.status = 0};
    char *url = malloc(strlen(path) + 64);
    sprintf(url, "http://127.0.0.1:%d%s", port, path);
    curl_easy_setopt(curl, CURLOPT_URL, url); // copied
    free(url);
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, got);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    return curl;
}

static void get_with(const char *path, struct got *got, const char *header, long timeout_ms)
{
    CURL *curl = make_request(path, got);
    struct curl_slist *headers = header == NULL ? NULL : curl_slist_append(NULL, header);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    got->result = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &got->status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
}

static struct got got; // large

static void get(const char *path)
{
    get_with(path, &got, NULL, 0);
}

static json_int_t counter(const char *name)
{
    get("/counters");
    json_t *json = json_loads(got.bytes, 0, NULL);
    cr_assert_not_null(json, "the counters are no JSON: %s", got.bytes);
    json_int_t value = json_integer_value(json_object_get(json, name));
    json_decref(json);
    return value;
}

// --- What is right -------------------------------------------------------------------------------------

Test(imageserver, the_links_of_a_gallery_lead_to_pictures)
{
    get_with("/gallery?images=3&width=8&height=8", &got, "Authorization: Client-ID workbook", 0);
    cr_assert_eq(got.status, 200, "the gallery gave %ld: %s", got.status, got.bytes);
    json_t *json = json_loads(got.bytes, 0, NULL), *item;
    cr_assert_not_null(json);
    size_t i;
    cr_expect_eq(json_array_size(json_object_get(json, "data")), 3);
    json_array_foreach (json_object_get(json, "data"), i, item) {
        char *link = strdup(json_string_value(json_object_get(item, "link")));
        const char *path = strstr(link, "/images/");
        cr_assert_not_null(path, "a link is %s", link);
        get(path);
        cr_expect(got.status == 200 && got.size > 8 && memcmp(got.bytes, "\x89PNG", 4) == 0,
                  "%s gave %ld and %zu bytes", link, got.status, got.size);
        free(link);
    }
    json_decref(json);
}

Test(imageserver, without_the_client_id_there_is_no_gallery)
{
    get("/gallery");
    cr_expect_eq(got.status, 401);
    get_with("/gallery", &got, "Authorization: Client-ID other", 0);
    cr_expect_eq(got.status, 403);
}

Test(imageserver, a_sample_is_the_picture_of_its_number)
{
    static struct got listed;
    get_with("/images/1/2/40x30/a", &listed, NULL, 0);
    get("/40/30?random=2&delay=1");
    cr_expect(got.status == 200 && got.size == listed.size &&
                  memcmp(got.bytes, listed.bytes, got.size) == 0,
              "%ld: %zu bytes of %zu", got.status, got.size, listed.size);
    get("/40/30?random=x");
    cr_expect_eq(got.status, 404);
    get("/40/0");
    cr_expect_eq(got.status, 404);
}

Test(imageserver, a_rate_loses_no_byte)
{
    static struct got whole;
    get_with("/images/1/0/40x40/a", &whole, NULL, 0);
    get("/images/1/0/40x40/a?rate=60000");
    cr_expect(got.result == CURLE_OK && got.size == whole.size &&
                  memcmp(got.bytes, whole.bytes, got.size) == 0,
              "%s: %zu bytes of %zu", curl_easy_strerror(got.result), got.size, whole.size);
}

// --- What is wrong, as ordered -------------------------------------------------------------------------

static void expect_result(const char *query, CURLcode result, long status)
{
    char path[100];
    snprintf(path, sizeof path, "/pages/1/2/1000?%s", query);
    get(path);
    cr_expect(got.result == result && got.status == status,
              "%s gave \"%s\" and %ld, expected \"%s\" and %ld", query, curl_easy_strerror(got.result),
              got.status, curl_easy_strerror(result), status);
}

Test(imageserver, faults_come_on_demand)
{
    expect_result("fault=404", CURLE_OK, 404);
    expect_result("fault=500", CURLE_OK, 500);
    expect_result("fault=redirect", CURLE_OK, 200);
    expect_result("fault=loop", CURLE_TOO_MANY_REDIRECTS, 302);
    expect_result("fault=cut", CURLE_PARTIAL_FILE, 200);
    cr_expect_eq(got.size, 500, "half of the body was expected, and %zu bytes came", got.size);
    expect_result("fault=long", CURLE_PARTIAL_FILE, 200);
    cr_expect_eq(got.size, 1000, "all of the body was expected, and %zu bytes came", got.size);
    expect_result("fault=nonsense", CURLE_OK, 200);
    cr_expect_not_null(strstr(got.bytes, "<html>"));
    expect_result("fault=unknown", CURLE_OK, 400);
}

Test(imageserver, a_connection_is_reset_on_demand)
{
    get("/pages/1/2/1000?fault=reset");
    cr_expect(got.result == CURLE_RECV_ERROR, "%s", curl_easy_strerror(got.result));
    get("/pages/1/2/1000?fault=reset&delay=20");
    cr_expect(got.result == CURLE_RECV_ERROR, "after a delay: %s", curl_easy_strerror(got.result));
}

Test(imageserver, unavailable_at_first_and_then_there)
{
    expect_result("fault=503&times=2", CURLE_OK, 503);
    expect_result("fault=503&times=2", CURLE_OK, 503);
    expect_result("fault=503&times=2", CURLE_OK, 200);
}

Test(imageserver, what_never_ends_goes_on_until_the_client_goes)
{
    get_with("/pages/1/2/1000?fault=stall", &got, NULL, 300);
    cr_expect(got.result == CURLE_OPERATION_TIMEDOUT && got.size == 500, "stall: %s, %zu bytes",
              curl_easy_strerror(got.result), got.size);
    get_with("/pages/1/2/1000?fault=drip", &got, NULL, 300);
    cr_expect(got.result == CURLE_OPERATION_TIMEDOUT && got.size < 100, "drip: %s, %zu bytes",
              curl_easy_strerror(got.result), got.size);
    get_with("/pages/1/2/1000?fault=endless&rate=100000", &got, NULL, 300);
    cr_expect(got.result == CURLE_OPERATION_TIMEDOUT, "endless: %s, %zu bytes",
              curl_easy_strerror(got.result), got.size);
    get("/pages/1/2/10");
    cr_expect_eq(got.status, 200, "the server answers nothing any more");
}

// --- Many, and strange ---------------------------------------------------------------------------------

// Gets `count` paths at the same time, each by a connection of its own.
static void get_together(int count, const char *format, struct got all[])
{
    CURL *curls[count];
    CURLM *multi = curl_multi_init();
    int running;
    for (int i = 0; i < count; i++) {
        char path[64];
        snprintf(path, sizeof path, format, i);
        curls[i] = make_request(path, &all[i]);
        curl_easy_setopt(curls[i], CURLOPT_FORBID_REUSE, 1L);
        curl_multi_add_handle(multi, curls[i]);
    }
    do
        curl_multi_perform(multi, &running);
    while (running > 0 && curl_multi_poll(multi, NULL, 0, 1000, NULL) == CURLM_OK);
    for (int i = 0; i < count; i++) {
        curl_multi_remove_handle(multi, curls[i]);
        curl_easy_cleanup(curls[i]);
    }
    curl_multi_cleanup(multi);
}

static struct got all[256]; // large

Test(imageserver, has_many_connections_at_once)
{
    get_together(256, "/pages/1/%d/100?delay=1000", all);
    for (int i = 0; i < 256; i++)
        cr_expect_eq(all[i].size, 100, "client %d got %zu bytes", i, all[i].size);
    cr_expect_geq(counter("requests_at_once"), 128, "the delays did not overlap");
    cr_expect_geq(counter("connections"), 256);
}

Test(imageserver, requests_that_meet_are_answered_when_all_are_here)
{
    get_together(5, "/pages/1/%d/10?meet=5", all);
    for (int i = 0; i < 5; i++)
        cr_expect_eq(all[i].size, 10, "client %d got %zu bytes", i, all[i].size);
    cr_expect_eq(counter("requests_at_once"), 5);
}

Test(imageserver, a_request_that_nobody_meets_is_answered_all_the_same)
{
    get("/pages/1/1/10?meet=2");
    cr_expect_eq(got.size, 10);
}

// Sends bytes as they are, and looks shortly for an answer.
static void send_raw(const char *bytes, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    char answer[256];
    cr_assert_eq(connect(client, (struct sockaddr *)&address, sizeof address), 0, "connect: %s",
                 strerror(errno));
    send(client, bytes, size, MSG_NOSIGNAL);
    struct pollfd look = {.fd = client, .events = POLLIN}; // many get no answer: their heads have no end
    ssize_t answered = poll(&look, 1, 1) == 1 ? recv(client, answer, sizeof answer - 1, 0) : 0;
    if (answered > 12) {
        answer[answered] = '\0';
        int status = atoi(answer + 9);
        cr_expect(status < 500 || status == 505, "a strange request got %.40s", answer);
    }
    close(client);
}

// A request in which some bytes were replaced, removed or doubled.
static size_t spoil(char *bytes, size_t size, size_t room, unsigned *random)
{
    static const char strange[] = {'\0', '\r', '\n',   ' ',    '%', '/', '?', '&',
                                   '=',  ':',  '\x80', '\xff', '"', '@', '-', '9'};
    for (int changes = 1 + rand_r(random) % 6; changes > 0 && size > 1; changes--) {
        size_t at = (size_t)rand_r(random) % size;
        switch (rand_r(random) % 4) {
        case 0:
            bytes[at] = strange[(size_t)rand_r(random) % sizeof strange];
            break;
        case 1:
            memmove(bytes + at, bytes + at + 1, size - at - 1);
            size--;
            break;
        case 2:
            if (2 * (size - at) + at < room) {
                memcpy(bytes + size, bytes + at, size - at);
                size += size - at;
            }
            break;
        default:
            size = at + 1;
        }
    }
    return size;
}

Test(imageserver, survives_ten_thousand_strange_requests)
{
    static const char *const requests[] = {
        "GET /images/1/2/8x8/a.png?delay=0&fault=cut HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /gallery?images=3&fault=404@1&width=8&height=8&list_fault=nonsense HTTP/1.1\r\nHost: x\r\n"
        "Authorization: Client-ID workbook\r\n\r\n",
        "GET /?names=odd&images=4&width=4&height=4 HTTP/1.0\r\n\r\n",
        "POST /counters HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
        "DELETE /counters HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /pages/1/2/100 HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET /x "
        "HTTP/1.1\r\nHost: a\r\n\r\n",
        "HEAD /pages/1/2/100?rate=100000 HTTP/1.1\r\nHost: a\r\nRange: bytes=5-1\r\nExpect: "
        "100-continue\r\n\r\n",
    };
    unsigned random = 7;
    for (int i = 0; i < 10000; i++) {
        char bytes[2048];
        const char *request = requests[(size_t)i % (sizeof requests / sizeof *requests)];
        size_t size = strlen(request);
        memcpy(bytes, request, size);
        send_raw(bytes, spoil(bytes, size, sizeof bytes, &random));
    }
    get("/pages/1/2/10");
    cr_expect_eq(got.status, 200, "after them the server answers nothing any more");
}

Test(imageserver, a_head_without_end_is_refused)
{
    static char path[100000] = "/gallery?";
    for (size_t i = strlen(path); i < 90000; i++)
        path[i] = 'a';
    get(path);
    cr_expect(got.status == 414 || got.status == 431, "90,000 bytes: status %ld", got.status);
    strcpy(path, "/gallery?");
    for (int i = 0; i < 100; i++)
        strcat(path, "a=1&");
    get(path);
    cr_expect_eq(got.status, 400, "100 parts: status %ld", got.status);
}

static const char reset[] = "DELETE /counters HTTP/1.1\r\nHost: a\r\n\r\n";

// Expects that the server comes to believe that no request is going on but the one that asks for that. Of
// some clients it sees only by its time limit of ten seconds that they have gone.
static void expect_all_ended(void)
{
    json_int_t at_once = 0;
    for (int look = 0; look < 2000 && at_once != 1; look++) {
        send_raw(reset, strlen(reset));
        at_once = counter("requests_at_once");
        poll(NULL, 0, at_once == 1 ? 0 : 10);
    }
    cr_expect_eq(at_once, 1, "the server believes that %lld requests are going on besides this one",
                 (long long)at_once - 1);
}

// libmicrohttpd has no memory for so many parts and gives up before it asks for an answer; counted as
// begun, such a request must also be counted as ended.
Test(imageserver, a_request_that_gets_no_answer_is_not_forgotten)
{
    static char request[20000] = "GET /pages/1/2/10?";
    for (int i = 0; i < 2000; i++)
        strcat(request, "a=1&");
    strcat(request, " HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < 20; i++)
        send_raw(request, strlen(request));
    expect_all_ended();
}

// They are held when the counters are reset, and when their clients go.
Test(imageserver, survives_clients_that_go_while_they_meet)
{
    for (int i = 0; i < 300; i++) {
        char request[100];
        int size = snprintf(request, sizeof request,
                            "GET /8/8?random=%d&meet=%d HTTP/1.1\r\nHost: a\r\n\r\n", i % 5, 2 + i % 9);
        send_raw(request, (size_t)size);
        if (i % 7 == 0)
            send_raw(reset, strlen(reset));
    }
    expect_all_ended();
    get("/8/8?random=1");
    cr_expect_eq(got.status, 200, "after them the server answers nothing any more");
}

// --- The program ---------------------------------------------------------------------------------------

Test(imageserver, refuses_a_port_that_is_taken)
{
    struct ran ran = run(in_build("imageserver"), "--port", text_of("%d", port), NULL);
    cr_expect_eq(ran.status, 2);
    cr_expect_not_null(strstr(ran.errors, "cannot listen"), "it said: %s", ran.errors);
}

Test(imageserver, refuses_what_is_no_option)
{
    cr_expect_eq(run(in_build("imageserver"), "--port", "http", NULL).status, 2);
    cr_expect_eq(run(in_build("imageserver"), "--port", "70000", NULL).status, 2);
    cr_expect_eq(run(in_build("imageserver"), "8000", NULL).status, 2);
    cr_expect_eq(run(in_build("imageserver"), "--help", NULL).status, 0);
}

Test(imageserver, ends_with_its_parent)
{
    int ends[2];
    char byte;
    cr_assert_eq(pipe(ends), 0);
    pid_t parent = fork();
    if (parent == 0) { // the server's standard output keeps the pipe open as long as the server lives
        close(ends[0]);
        if (fork() == 0) {
            dup2(ends[1], 1);
            close(ends[1]);
            execl(in_build("imageserver"), "imageserver", "--with-parent", NULL);
            _exit(127);
        }
        pause();
    }
    close(ends[1]);
    while (read(ends[0], &byte, 1) == 1 && byte != '\n')
        continue;
    kill(parent, SIGKILL);
    wait_for(parent);
    cr_expect_eq(read(ends[0], &byte, 1), 0, "the server lives on after its parent");
    close(ends[0]);
}
