// The server's connections: one thread, any number of clients, each answered when and how its request
// wants it. HTTP itself is libmicrohttpd's.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct server;

struct server_options {
    uint16_t port; // 0: any that is free
    const char *client_id;
    int draw;          // so many pictures are drawn before anybody asks (site_draw())
    bool is_companion; // of a program that is examined: it cannot reset the counters
};

// Listens on 127.0.0.1. Returns the server, to be given to server_release(), or NULL with errno set
// (EADDRINUSE, EACCES, ENOMEM).
struct server *server_create(const struct server_options *options);

uint16_t server_port(const struct server *server);

// Serves until the descriptor `stop` is readable. Returns 0, or -1 with errno set.
int server_run(struct server *server, int stop);

// The counters, as one line of JSON.
void server_print_counters(const struct server *server, FILE *out);

void server_release(struct server *server);
