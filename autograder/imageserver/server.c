// The server's connections.
#include "server.h"
#include "site.h"
#include "timers.h"
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MOST_CONNECTIONS = 1000,
    IDLE_S = 10,           // after so many seconds without a byte a connection is closed
    MOST_HEAD = 64 * 1024, // bytes of memory for a connection: its buffers and the head of its request
    QUERY_MOST = 64,       // parts
    TICK_MS = 20,          // how often a slow body goes on
    STALL_LOOK_MS = 200,   // how often a stalled answer looks whether its client is still there
    DRIP_RATE = 10,        // bytes a second
    ENDLESS_RATE = 1000 * 1000, // bytes a second
    LONG_BY = 1000,             // bytes that FAULT_LONG promises and does not have
    MEET_LOOK_MS = 5,           // how often a request looks whether those that it wants to meet are here
    MEET_MOST_MS = 1500,
};

struct server {
    struct MHD_Daemon *daemon;
    struct site *site;
    struct counters *counters;
    struct timers *timers;
    uint64_t meeting; // requests that have come to meet others
    char address[32];
};

// A connection, and the request that it is busy with. libmicrohttpd does not tell the end of a request
// that it has found wrong before handle() was called; then we learn it from the next one, or from the
// connection's end.
struct client {
    struct exchange *exchange; // or NULL
};

// One request and its answer.
struct exchange {
    struct server *server;
    struct client *client;
    struct MHD_Connection *connection;
    char *target; // path and query, as they came
    size_t before;
    bool is_answered; // `answer` is there
    bool has_waited;  // for the conduct's delay
    uint64_t wanted; // of the server's `meeting`, before this request goes on; 0: it has not come to meet
    int64_t patience; // until when it waits for the others
    bool authorized;
    struct answer answer;
    int64_t begin; // of the body, by now_ms()
    size_t sent;   // bytes of the body
};

// --- Bodies --------------------------------------------------------------------------------------------

static void resume(void *exchange)
{
    MHD_resume_connection(((struct exchange *)exchange)->connection);
}

static int64_t now_ms(void)
{
    return timers_now() / 1000;
}

// Has the exchange sleep. If there is no memory for that, it goes on at once.
static void suspend(struct exchange *exchange, int ms)
{
    if (timers_add(exchange->server->timers, timers_now() + ms * INT64_C(1000), resume, exchange) == 0)
        MHD_suspend_connection(exchange->connection);
}

static int descriptor_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

static bool is_client_gone(struct MHD_Connection *connection)
{
    char byte;
    ssize_t seen = recv(descriptor_of(connection), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return seen == 0 || (seen == -1 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

// How many bytes of the body may have been sent by now, at most.
static uint64_t allowed_by_now(const struct exchange *exchange)
{
    const struct conduct *conduct = &exchange->answer.conduct;
    int64_t rate = conduct->fault == FAULT_DRIP                            ? DRIP_RATE
                   : conduct->fault == FAULT_ENDLESS && conduct->rate == 0 ? ENDLESS_RATE
                                                                           : conduct->rate;
    if (rate == 0)
        return UINT64_MAX;
    int64_t elapsed = now_ms() - exchange->begin + TICK_MS;
    return (uint64_t)(elapsed < INT64_MAX / rate ? elapsed * rate / 1000 : INT64_MAX);
}

// How many bytes there are to send until the answer goes wrong, or ends.
static uint64_t body_end(const struct exchange *exchange)
{
    switch (exchange->answer.conduct.fault) {
    case FAULT_CUT:
    case FAULT_STALL:
        return exchange->answer.size / 2;
    case FAULT_ENDLESS:
        return UINT64_MAX;
    default:
        return exchange->answer.size;
    }
}

// MHD_ContentReaderCallback.
static ssize_t read_body(void *argument, uint64_t position, char *buffer, size_t room)
{
    struct exchange *exchange = argument;
    const struct answer *answer = &exchange->answer;
    uint64_t end = body_end(exchange), allowed = allowed_by_now(exchange);
    if (position >= end && answer->conduct.fault != FAULT_STALL)
        return MHD_CONTENT_READER_END_WITH_ERROR; // a right answer has no more to read, so this one is
                                                  // cut
    if (position >= end || position >= allowed) {
        if (is_client_gone(exchange->connection))
            return MHD_CONTENT_READER_END_WITH_ERROR;
        suspend(exchange, position >= end ? STALL_LOOK_MS : TICK_MS);
        return 0;
    }
    uint64_t most = (end < allowed ? end : allowed) - position;
    size_t from = answer->size == 0 ? 0 : position % answer->size;
    size_t size = answer->size - from < room ? answer->size - from : room;
    size = size < most ? size : (size_t)most;
    memcpy(buffer, (const char *)answer->bytes + from, size);
    exchange->sent += size;
    return (ssize_t)size;
}

static struct MHD_Response *make_response(struct exchange *exchange)
{
    struct answer *answer = &exchange->answer;
    enum fault fault = answer->conduct.fault;
    bool plain = fault != FAULT_CUT && fault != FAULT_LONG && fault != FAULT_STALL &&
                 fault != FAULT_ENDLESS && fault != FAULT_DRIP && answer->conduct.rate == 0;
    if (plain || answer->size == 0) {
        exchange->sent = answer->size;
        return MHD_create_response_from_buffer(answer->size, (void *)answer->bytes,
                                               MHD_RESPMEM_PERSISTENT);
    }
    uint64_t size =
        fault == FAULT_ENDLESS ? MHD_SIZE_UNKNOWN : answer->size + (fault == FAULT_LONG ? LONG_BY : 0);
    return MHD_create_response_from_callback(size, 16 * 1024, read_body, exchange, NULL);
}

// --- Requests ------------------------------------------------------------------------------------------

struct query {
    struct query_part parts[QUERY_MOST];
    size_t size;
    bool is_too_long;
};

static enum MHD_Result note_part(void *argument, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
    struct query *query = argument;
    (void)kind;
    if (query->size == QUERY_MOST)
        query->is_too_long = true;
    else
        query->parts[query->size++] = (struct query_part){name, value};
    return query->is_too_long ? MHD_NO : MHD_YES;
}

static void make_answer(struct exchange *exchange, const char *method, const char *path)
{
    struct MHD_Connection *connection = exchange->connection;
    struct query query = {.size = 0};
    const char *authorization =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, note_part, &query);
    site_answer(
        exchange->server->site,
        &(struct request){
            .method = method,
            .path = path,
            .query = query.parts,
            .query_size = query.size,
            .is_too_long = query.is_too_long,
            .authorization = authorization,
            .host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST),
            .address = exchange->server->address,
            .before = exchange->before,
        },
        &exchange->answer);
    exchange->authorized = authorization != NULL;
    exchange->is_answered = true;
}

// Resets the connection: connect(2) with AF_UNSPEC dissolves it, and the client is sent an RST.
static enum MHD_Result reset_connection(struct exchange *exchange)
{
    struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    connect(descriptor_of(exchange->connection), &nobody, sizeof nobody);
    exchange->answer.status = 0;
    return MHD_NO; // closes what is left of it
}

static enum MHD_Result send_answer(struct exchange *exchange)
{
    struct answer *answer = &exchange->answer;
    char number[16];
    exchange->begin = now_ms();
    struct MHD_Response *response = make_response(exchange);
    if (response == NULL)
        return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
    if (answer->location != NULL)
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, answer->location);
    if (answer->allow != NULL)
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, answer->allow);
    if (answer->retry_after >= 0) {
        snprintf(number, sizeof number, "%d", answer->retry_after);
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, number);
    }
    enum MHD_Result result = MHD_queue_response(exchange->connection, answer->status, response);
    MHD_destroy_response(response); // it lives until it is sent
    return result;
}

// Waits for the conduct's others, look by look. Returns whether it has to wait on.
static bool is_waiting_for_others(struct exchange *exchange)
{
    struct server *server = exchange->server;
    uint64_t group = (uint64_t)exchange->answer.conduct.meet;
    if (group <= 1)
        return false;
    if (exchange->wanted == 0) {
        exchange->wanted = (server->meeting / group + 1) * group;
        exchange->patience = now_ms() + MEET_MOST_MS;
        server->meeting++;
    }
    return server->meeting < exchange->wanted && now_ms() < exchange->patience;
}

// MHD_AccessHandlerCallback: called when the head of a request is there, then for each part of a body
// that it may have, then once more; and again after each suspension.
static enum MHD_Result handle(void *argument, struct MHD_Connection *connection, const char *path,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **context)
{
    struct exchange *exchange = *context;
    (void)argument, (void)version, (void)upload;
    if (exchange == NULL)
        return MHD_NO; // there was no memory for it
    if (exchange->connection == NULL) {
        exchange->connection = connection;
        return MHD_YES;
    }
    if (*upload_size > 0) { // nothing here takes a body
        *upload_size = 0;
        return MHD_YES;
    }
    if (!exchange->is_answered)
        make_answer(exchange, method, path);
    if (is_waiting_for_others(exchange)) {
        suspend(exchange, MEET_LOOK_MS);
        return MHD_YES;
    }
    if (!exchange->has_waited && exchange->answer.conduct.delay_ms > 0) {
        exchange->has_waited = true;
        suspend(exchange, exchange->answer.conduct.delay_ms);
        return MHD_YES;
    }
    return exchange->answer.conduct.fault == FAULT_RESET ? reset_connection(exchange)
                                                         : send_answer(exchange);
}

static void finish(struct exchange *exchange)
{
    const struct answer *answer = &exchange->answer;
    counters_request_ended(
        exchange->server->counters, exchange->target,
        &(struct counted){
            .status = answer->status,
            .bytes = exchange->sent,
            .authorized = exchange->authorized,
            .next = answer->retry_after > 0 ? exchange->begin + answer->retry_after * INT64_C(1000) : 0});
    answer_release(&exchange->answer);
    exchange->client->exchange = NULL;
    free(exchange->target);
    free(exchange);
}

// Called with the first line of a request. What it returns becomes the request's context.
static void *begin_exchange(void *argument, const char *target, struct MHD_Connection *connection)
{
    struct server *server = argument;
    struct client *client =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (client == NULL || exchange == NULL || (exchange->target = strdup(target)) == NULL) {
        free(exchange);
        return NULL;
    }
    if (client->exchange != NULL)
        finish(client->exchange);
    client->exchange = exchange;
    exchange->client = client;
    exchange->server = server;
    exchange->before = counters_request_begun(server->counters, exchange->target, now_ms());
    return exchange;
}

static void end_exchange(void *argument, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    (void)argument, (void)connection, (void)code;
    if (*context != NULL)
        finish(*context);
    *context = NULL;
}

static void note_connection(void *argument, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode code)
{
    struct server *server = argument;
    struct client *client = *context;
    (void)connection;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *context = calloc(1, sizeof *client); // NULL: none of its requests is answered
        counters_connection_opened(server->counters);
        return;
    }
    if (client != NULL && client->exchange != NULL)
        finish(client->exchange);
    free(client);
    counters_connection_closed(server->counters);
}

// --- The server ----------------------------------------------------------------------------------------

// The time limit also ends what libmicrohttpd 0.9.75 leaves without an answer: a query of a thousand
// parts fills the connection's memory, and the error that it makes of that is never sent.
static struct MHD_Daemon *start(struct server *server, uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, port, NULL, NULL, handle, NULL,
                            MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                            (size_t)MOST_HEAD, MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_URI_LOG_CALLBACK,
                            begin_exchange, server, MHD_OPTION_NOTIFY_COMPLETED, end_exchange, server,
                            MHD_OPTION_NOTIFY_CONNECTION, note_connection, server,
                            MHD_OPTION_LISTEN_BACKLOG_SIZE, (unsigned)MOST_CONNECTIONS, MHD_OPTION_END);
}

struct server *server_create(const struct server_options *options)
{
    struct server *server = calloc(1, sizeof *server);
    if (server == NULL)
        return NULL;
    server->counters = counters_create();
    server->timers = timers_create();
    server->site = site_create(options->client_id, !options->is_companion, server->counters);
    errno = ENOMEM;
    if (server->counters != NULL && server->timers != NULL && server->site != NULL) {
        site_draw(server->site, options->draw);
        server->daemon = start(server, options->port);
    }
    if (server->daemon == NULL) {
        server_release(server);
        return NULL;
    }
    snprintf(server->address, sizeof server->address, "127.0.0.1:%u", server_port(server));
    return server;
}

uint16_t server_port(const struct server *server)
{
    return MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void server_print_counters(const struct server *server, FILE *out)
{
    json_t *counters = counters_json(server->counters);
    json_dumpf(counters, out, JSON_COMPACT);
    fputc('\n', out);
    json_decref(counters);
}

// How long libmicrohttpd lets us wait. -1: for ever.
static int may_wait_ms(const struct server *server)
{
    MHD_UNSIGNED_LONG_LONG ms;
    return MHD_get_timeout(server->daemon, &ms) != MHD_YES ? -1 : ms > 1000 ? 1000 : (int)ms;
}

int server_run(struct server *server, int stop)
{
    struct pollfd looks[] = {
        {.fd = stop, .events = POLLIN},
        {.fd = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, .events = POLLIN},
        {.fd = timers_alarm(server->timers), .events = POLLIN},
    };
    for (;;) {
        if (poll(looks, sizeof looks / sizeof *looks, may_wait_ms(server)) == -1 && errno != EINTR)
            return -1;
        if (looks[0].revents != 0)
            return 0;
        timers_run(server->timers);
        MHD_run(server->daemon);
    }
}

void server_release(struct server *server)
{
    if (server == NULL)
        return;
    int error = errno;
    if (server->daemon != NULL) {
        timers_run_all(server->timers); // a daemon with suspended connections must not be stopped
        MHD_stop_daemon(server->daemon);
    }
    site_release(server->site);
    timers_release(server->timers);
    counters_release(server->counters);
    free(server);
    errno = error;
}
