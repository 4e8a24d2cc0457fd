// The least that a pool with standing workers needs for downloads.
#define _GNU_SOURCE // memmem
#include "downloads_bare.h"
#include "memory.h"
#include "process.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_ANSWER = 1024 * 1024, PATH_SIZE = 512 };

struct crowd {
    const char *directory;
    const struct download *downloads;
    size_t count;
    _Atomic size_t *next; // that nobody has taken; shared
    int told[2];          // a byte from each that is there, and one from each that has nothing left
    int begin[2], end[2]; // their end says that it is time for it
};

// Connects to the link's server, and asks for it. Returns the connection, or -1.
static int ask(const char *link)
{
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    in_port_t port;
    int path;
    if (sscanf(link, "http://127.0.0.1:%hu%n", &port, &path) != 1)
        return -1;
    server.sin_port = htons(port);
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connection == -1 || connect(connection, (struct sockaddr *)&server, sizeof server) == -1 ||
        dprintf(connection, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                link + path) < 0)
        return -1;
    return connection;
}

static bool write_file(const char *directory, const char *name, const char *bytes, size_t size)
{
    char part[PATH_SIZE], path[PATH_SIZE];
    snprintf(part, sizeof part, "%s/.%s", directory, name);
    snprintf(path, sizeof path, "%s/%s", directory, name);
    int file = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    return file != -1 && write(file, bytes, size) == (ssize_t)size && close(file) == 0 &&
           rename(part, path) == 0;
}

static bool get(const char *directory, const struct download *download)
{
    static char answer[MOST_ANSWER];
    size_t size = 0;
    ssize_t part = 1;
    int connection = ask(download->link);
    if (connection == -1)
        return false;
    while (part > 0) {
        part = read(connection, answer + size, sizeof answer - size);
        size += part > 0 ? (size_t)part : 0;
    }
    close(connection);
    const char *body = memmem(answer, size, "\r\n\r\n", 4);
    if (body == NULL || strncmp(answer, "HTTP/1.1 200 ", 13) != 0)
        return false;
    body += 4;
    return write_file(directory, download->name, body, size - (size_t)(body - answer));
}

// In a process of the crowd.
static int take_links(void *argument)
{
    const struct crowd *crowd = argument;
    int status = EXIT_SUCCESS;
    char byte = 0;
    close(crowd->begin[1]);
    close(crowd->end[1]);
    if (write(crowd->told[1], &byte, 1) != 1 || read(crowd->begin[0], &byte, 1) != 0)
        return EXIT_FAILURE;
    for (size_t i; (i = atomic_fetch_add(crowd->next, 1)) < crowd->count;)
        if (!get(crowd->directory, &crowd->downloads[i]))
            status = EXIT_FAILURE;
    if (write(crowd->told[1], &byte, 1) != 1 || read(crowd->end[0], &byte, 1) != 0)
        return EXIT_FAILURE;
    return status;
}

// Waits until each has told, or has ended.
static void hear_all(const struct crowd *crowd, int workers)
{
    char byte;
    while (workers > 0 && read(crowd->told[0], &byte, 1) == 1)
        workers--;
}

ssize_t bare_download(const char *directory, const struct download downloads[], size_t count, int workers)
{
    struct process *processes[workers];
    struct crowd crowd = {.directory = directory, .downloads = downloads, .count = count};
    ssize_t failed = 0;
    crowd.next = memory_create(sizeof *crowd.next);
    if (crowd.next == NULL || pipe(crowd.told) == -1 || pipe(crowd.begin) == -1 || pipe(crowd.end) == -1)
        return -1;
    for (int i = 0; i < workers; i++) {
        processes[i] = process_create(take_links, &crowd);
        if (processes[i] == NULL || process_start(processes[i]) == -1)
            return -1; // the benchmark ends, and so do those that have been started
    }
    close(crowd.told[1]);
    hear_all(&crowd, workers);
    close(crowd.begin[1]);
    hear_all(&crowd, workers);
    close(crowd.end[1]);
    for (int i = 0; i < workers; i++) {
        failed += process_join(processes[i], -1) == -1 || process_exit_code(processes[i]) != 0;
        process_release(processes[i]);
    }
    close(crowd.told[0]);
    close(crowd.begin[0]);
    close(crowd.end[0]);
    memory_release(crowd.next);
    return failed;
}
