// imageserver [--port N] [--client-id ID] [--draw N] [--with-parent] [--companion]: a gallery of images
// on 127.0.0.1, for programs that download. Prints its address when it listens, and ends on SIGINT and
// SIGTERM.
#include "conduct.h"
#include "gallery.h"
#include "server.h"
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const char usage[] =
    "usage: imageserver [--port N] [--client-id ID] [--draw N] [--with-parent] [--companion]\n"
    "  --port N        listen on 127.0.0.1:N; 0, or nothing: on any free port, which is printed\n"
    "  --client-id ID  what \"Authorization: Client-ID ...\" has to be for /gallery (workbook)\n"
    "  --draw N        draw the first N pictures of 320 x 240 before the address is printed, so that\n"
    "                  nobody who measures downloads has to wait for that\n"
    "  --with-parent   end when the process that has started it ends\n"
    "  --companion     for the grader: nobody can reset the counters; they are printed at the end\n";

static _Noreturn void refuse(void)
{
    fputs(usage, stderr);
    exit(2);
}

static struct server_options read_options(int argc, char *argv[], bool *with_parent)
{
    static const struct option known[] = {{"port", required_argument, NULL, 'p'},
                                          {"client-id", required_argument, NULL, 'c'},
                                          {"draw", required_argument, NULL, 'd'},
                                          {"with-parent", no_argument, NULL, 'w'},
                                          {"companion", no_argument, NULL, 'o'},
                                          {"help", no_argument, NULL, 'h'},
                                          {0}};
    struct server_options options = {.client_id = "workbook"};
    int64_t number;
    int option;
    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1)
        switch (option) {
        case 'p':
            if (!number_read(optarg, 0, UINT16_MAX, &number))
                refuse();
            options.port = (uint16_t)number;
            break;
        case 'd':
            if (!number_read(optarg, 0, GALLERY_MOST_IMAGES, &number))
                refuse();
            options.draw = (int)number;
            break;
        case 'c':
            options.client_id = optarg;
            break;
        case 'w':
            *with_parent = true;
            break;
        case 'o':
            options.is_companion = true;
            break;
        case 'h':
            fputs(usage, stdout);
            exit(0);
        default:
            refuse();
        }
    if (optind < argc)
        refuse();
    return options;
}

// A descriptor that is readable once one of these signals has come.
static int make_stop(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

int main(int argc, char *argv[])
{
    pid_t parent = getppid();
    bool with_parent = false;
    struct server_options options = read_options(argc, argv, &with_parent);
    if (with_parent && (prctl(PR_SET_PDEATHSIG, SIGTERM) == -1 || getppid() != parent))
        return EXIT_FAILURE;
    if (options.is_companion)
        prctl(PR_SET_DUMPABLE, 0); // a process of the same user must not write into our memory or output
    int stop = make_stop();
    struct server *server = stop == -1 ? NULL : server_create(&options);
    if (server == NULL) {
        fprintf(stderr, "imageserver: cannot listen on 127.0.0.1:%d: %s\n", options.port,
                strerror(errno));
        return 2;
    }
    printf("http://127.0.0.1:%d/\n", server_port(server));
    fflush(stdout);
    int result = server_run(server, stop);
    if (options.is_companion)
        server_print_counters(server, stdout);
    server_release(server);
    return result == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
