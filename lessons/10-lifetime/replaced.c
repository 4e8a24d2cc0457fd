// The tasks of lost_task.c with a crew: the parent knows which one was
// lost, and goes on with a new worker.
#include "tasks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TASKS = 5, WORKERS = 2, NONE = 0 };

// [region give]
struct book {
    int next;              // task to be given
    int task_of[WORKERS];  // by seat; NONE: it waits for one
    bool lost[TASKS + 1];  // by task
    int result[TASKS + 1]; // its square, or how its worker ended
};

static void give(struct crew *crew, struct book *book, int seat)
{
    int *task = &book->task_of[seat];
    *task = book->next <= TASKS ? book->next++ : NONE;
    if (*task != NONE) // if this fails, crew_wait() tells the end
        crew_send(crew, seat, task, sizeof *task);
}
// [endregion give]

// [region hear]
// Returns how many tasks are over by this: 1 or 0.
static int hear(struct crew *crew, struct book *book)
{
    struct crew_event event;
    if (crew_wait(crew, -1, &event) == -1)
        exit(EXIT_FAILURE);
    int task = book->task_of[event.seat];
    if (event.news == CREW_MESSAGE) {
        memcpy(&book->result[task], event.message, sizeof(int));
    } else {
        book->lost[task] = true;
        book->result[task] = event.exit_code;
        if (crew_replace(crew, event.seat) == -1)
            exit(EXIT_FAILURE);
    }
    give(crew, book, event.seat);
    return task != NONE;
}
// [endregion hear]

int main(void)
{
    struct crew_options options = {.workers = WORKERS, .body = square_all};
    struct crew *crew = crew_create(&options);
    struct book book = {.next = 1};
    if (crew == NULL) {
        perror("crew_create");
        return EXIT_FAILURE;
    }
    // [region main]
    for (int seat = 0; seat < WORKERS; seat++)
        give(crew, &book, seat);
    for (int over = 0; over < TASKS;)
        over += hear(crew, &book);
    crew_release(crew);
    for (int i = 1; i <= TASKS; i++)
        printf("task %d %s %d\n", i,
               book.lost[i] ? "lost:" : "done:", book.result[i]);
    // [endregion main]
    return book.lost[2] && !book.lost[3] ? EXIT_SUCCESS : EXIT_FAILURE;
}
