// Where the programs of these lessons download from: the workbook's own
// server, which they start beside themselves and end again; or, if the
// environment has a BASE_URL, that site.
#pragma once
#include <errno.h>
#include <signal.h>
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

// The server draws its first ten pictures, so that no download has to wait
// for that, and prints its address when it is ready; a line of an address
// is all that it ever prints.
static inline void gallery_start(void)
{
    int ends[2];
    if (pipe(ends) == -1)
        gallery_fail("pipe");
    gallery_owner = getpid();
    gallery_server = fork();
    if (gallery_server == -1)
        gallery_fail("fork");
    if (gallery_server == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("../../imageserver", "imageserver", "--with-parent", "--draw",
              "10", NULL);
        gallery_fail("build/imageserver");
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
}

// The address in front of all links, without a '/' at its end.
static inline const char *base_url(void)
{
    if (gallery_base[0] == '\0') {
        const char *given = getenv("BASE_URL");
        if (given == NULL)
            gallery_start();
        else
            snprintf(gallery_base, sizeof gallery_base, "%s", given);
        size_t length = strlen(gallery_base);
        if (length > 0 && gallery_base[length - 1] == '/')
            gallery_base[length - 1] = '\0';
    }
    return gallery_base;
}

// The link of a picture, as sites for sample pictures have it:
// BASE_URL=https://picsum.photos works, too. Our server waits so many
// milliseconds before it answers. For the caller to free.
static inline char *picture_link(int number, int delay_ms)
{
    char link[512];
    snprintf(link, sizeof link, "%s/320/240?random=%d&delay=%d", base_url(),
             number, delay_ms);
    return strdup(link);
}
