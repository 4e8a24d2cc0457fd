// Where the programs of these lessons download from: the workbook's own
// server, which they start beside themselves and end again; or, if the
// environment has a BASE_URL, that site.
#pragma once
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char gallery_base[256]; // "http://127.0.0.1:43210"
static pid_t gallery_owner, gallery_server;

static inline void gallery_stop(void)
{
    if (getpid() != gallery_owner)
        return; // a child that ends by exit() must not end its parent's
                // server
    kill(gallery_server, SIGTERM);
    while (waitpid(gallery_server, NULL, 0) == -1 && errno == EINTR)
        continue;
}

static inline _Noreturn void gallery_fail(const char *what)
{
    perror(what);
    exit(2);
}

// This program is BUILD/lessons/FOLDER/NAME, and the server is
// BUILD/imageserver: wherever the program has been started.
static inline void gallery_find(char path[], size_t size)
{
    static const char name[] = "/imageserver";
    ssize_t length = readlink("/proc/self/exe", path, size - sizeof name);
    if (length == -1)
        gallery_fail("/proc/self/exe");
    path[length] = '\0';
    for (int i = 0; i < 3; i++)
        if (strrchr(path, '/') != NULL)
            *strrchr(path, '/') = '\0';
    strcat(path, name);
}

// The server draws its first pictures, so many as `draw` says, and prints
// its address when it is ready; a line of an address is all that it ever
// prints.
static inline void gallery_start(const char *draw)
{
    char path[4096];
    gallery_find(path, sizeof path);
    int ends[2];
    if (pipe(ends) == -1)
        gallery_fail("pipe");
    gallery_owner = getpid();
    gallery_server = fork();
    if (gallery_server == -1)
        gallery_fail("fork");
    if (gallery_server == 0) {
        if (dup2(ends[1], STDOUT_FILENO) == -1)
            _exit(2);
        close(ends[0]);
        close(ends[1]);
        execl(path, "imageserver", "--with-parent", "--draw", draw, NULL);
        perror(path);
        _exit(2); // exit() would run what the program has registered
    }
    close(ends[1]);
    FILE *output = fdopen(ends[0], "r");
    if (output == NULL ||
        fgets(gallery_base, sizeof gallery_base, output) == NULL) {
        fputs("the image server has not started\n", stderr);
        exit(2);
    }
    fclose(output);
    gallery_base[strcspn(gallery_base, "\n")] = '\0';
    atexit(gallery_stop);
    setenv("no_proxy", "127.0.0.1", 1); // no other machine can reach it
}

static inline const char *gallery_address(const char *draw)
{
    if (gallery_base[0] == '\0') {
        const char *given = getenv("BASE_URL");
        if (given == NULL)
            gallery_start(draw);
        else
            snprintf(gallery_base, sizeof gallery_base, "%s", given);
        size_t length = strlen(gallery_base);
        if (length > 0 && gallery_base[length - 1] == '/')
            gallery_base[length - 1] = '\0';
    }
    return gallery_base;
}

// The address in front of all links, without a '/' at its end. Our server's
// first ten pictures are there, so no download has to wait until they are
// drawn, unless link_to() was called before.
static inline const char *base_url(void)
{
    return gallery_address("10");
}

enum { LINK_SIZE = 512 };

// A link to something else that the workbook's server has, as in
// link_to(link, "/pages/1/3/%d", size). Returns `link`. Nothing is drawn.
__attribute__((format(printf, 2, 3))) static inline const char *
link_to(char link[LINK_SIZE], const char *format, ...)
{
    int length = snprintf(link, LINK_SIZE, "%s", gallery_address("0"));
    va_list values;
    va_start(values, format);
    vsnprintf(link + length, (size_t)(LINK_SIZE - length), format, values);
    va_end(values);
    return link;
}

// The link of a picture, as sites for sample pictures have it:
// BASE_URL=https://picsum.photos works, too. Our server waits so many
// milliseconds before it answers. For the caller to free.
static inline char *picture_link(int number, int delay_ms)
{
    char link[LINK_SIZE], *copy;
    base_url();
    link_to(link, "/320/240?random=%d&delay=%d", number, delay_ms);
    copy = strdup(link);
    if (copy == NULL)
        gallery_fail("strdup");
    return copy;
}
