// A crew whose workers say goodbye to the server before they leave.
#include "initializer.h"
#include "lifetime.h"
#include "server.h"
#include <stdlib.h>

static int session = -1; // one in each worker

static int set_session(void *argument)
{
    session = session_open(argument);
    return session == -1 ? errno : 0;
}

static size_t fetch(void *argument, const void *command, size_t size,
                    void *reply)
{
    (void)argument, (void)size;
    *(int *)reply = session_get(session, *(const int *)command);
    return sizeof(int);
}

// [region body]
static int work(struct crew_worker *worker, void *server)
{
    struct worker_service service = {.initializer = set_session,
                                     .initializer_argument = server,
                                     .serve = fetch,
                                     .command_size = sizeof(int),
                                     .reply_size = sizeof(int)};
    int status = worker_run(worker, &service);
    if (session != -1 && session_get(session, 0) == 0) // page 0: goodbye
        printf("the session of seat %d is closed\n", worker->seat);
    return status;
}
// [endregion body]

int main(void)
{
    struct server server;
    if (!server_start(&server))
        return EXIT_FAILURE;
    // [region main]
    struct crew *crew = crew_create(&(struct crew_options){
        .workers = 1, .body = work, .argument = &server});
    struct crew_event event;
    int page = 7;
    if (crew == NULL || crew_wait(crew, -1, &event) != 1 ||
        *(const int *)event.message != 0) // the initializer's result
        return EXIT_FAILURE;
    printf("seat %d is ready\n", event.seat);
    if (crew_send(crew, 0, &page, sizeof page) == -1 ||
        crew_wait(crew, -1, &event) != 1)
        return EXIT_FAILURE;
    printf("page %d has come\n", *(const int *)event.message);
    int impolite = crew_stop(crew, -1);
    // [endregion main]
    crew_release(crew);
    server_stop(&server);
    return impolite == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
