// The same progress in a file and on a terminal.
#define _GNU_SOURCE // posix_openpt, ptsname
#include "download.h"
#include "folder.h"
#include "gallery.h"
#include <termios.h>

static void run(FILE *progress)
{
    char url[LINK_SIZE];
    struct download *list, what;
    size_t count;
    struct download_session *session = download_session_create(NULL);
    if (session == NULL)
        gallery_fail("download_session_create");
    link_to(url, "/gallery?images=3&fault=404@1");
    if (download_list(session, url, "workbook", &list, &count, &what) == -1)
        gallery_fail(what.message);
    download_all(&(struct download_partial){".", session}, list, count,
                 progress);
    download_list_free(list, count);
    download_session_release(session);
}

// Our side of a terminal; `*screen` is the program's side.
static int open_terminal(FILE **screen)
{
    struct termios settings;
    int ours = posix_openpt(O_RDWR | O_NOCTTY);
    if (ours == -1 || grantpt(ours) == -1 || unlockpt(ours) == -1)
        gallery_fail("posix_openpt");
    *screen = fopen(ptsname(ours), "w");
    if (*screen == NULL || tcgetattr(fileno(*screen), &settings) == -1)
        gallery_fail("terminal");
    settings.c_oflag &= (tcflag_t)~OPOST; // what is written comes as it is
    if (tcsetattr(fileno(*screen), TCSANOW, &settings) == -1)
        gallery_fail("tcsetattr");
    return ours;
}

int main(void)
{
    char bytes[1000] = "";
    size_t size = 0;
    FILE *screen, *file = tmpfile(); // our own output may be a terminal
    enter_folder();
    if (file == NULL)
        gallery_fail("tmpfile");
    run(file);
    rewind(file);
    printf("in a file:\n");
    for (int c; (c = fgetc(file)) != EOF;)
        putchar(c);
    fclose(file);
    int terminal = open_terminal(&screen);
    run(screen);
    while (strstr(bytes, "3 of 3\n") == NULL) { // it may come in pieces
        ssize_t got = read(terminal, bytes + size, sizeof bytes - 1 - size);
        if (got <= 0)
            gallery_fail("read");
        size += (size_t)got;
    }
    printf("on a terminal:\n");
    for (const char *c = bytes; *c != '\0'; c++)
        if (*c == '\r' || *c == '\033')
            fputs(*c == '\r' ? "\\r" : "\\033", stdout);
        else
            putchar(*c);
    fclose(screen);
    close(terminal);
    return strchr(bytes, '\r') != NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
