// What a page costs with a session of its own, and on a session that is
// open already. The least of five rounds counts.
#include "server.h"
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 5, PAGES = 1000 };

static double now_us(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) == -1)
        exit(EXIT_FAILURE);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

// [region fetch]
static void fetch_anew(const struct server *server, int page)
{
    int session = session_open(server);
    if (session_get(session, page) != page)
        exit(EXIT_FAILURE);
    close(session);
}

static void fetch_on(int session, int page)
{
    if (session_get(session, page) != page)
        exit(EXIT_FAILURE);
}
// [endregion fetch]

int main(void)
{
    struct server server;
    if (!server_start(&server)) {
        perror("server_start");
        return EXIT_FAILURE;
    }
    double least[2] = {1e9, 1e9};
    int session = session_open(&server);
    for (int i = 0; i < 2 * ROUNDS; i++) {
        double begin = now_us();
        for (int page = 1; page <= PAGES; page++) {
            if (i % 2 == 0)
                fetch_anew(&server, page);
            else
                fetch_on(session, page);
        }
        double took = (now_us() - begin) / PAGES;
        if (took < least[i % 2])
            least[i % 2] = took;
    }
    close(session);
    server_stop(&server);
    printf("a page                       microseconds\n");
    printf("with a session of its own    %12.1f\n", least[0]);
    printf("on an open session           %12.1f\n", least[1]);
    return EXIT_SUCCESS;
}
