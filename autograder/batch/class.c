// A class as its gradebook has it.
#include "class.h"
#include "../grade/die.h"
#include "database.h"
#include <stdlib.h>
#include <string.h>

static void *have(void *memory)
{
    if (memory == NULL)
        die("out of memory");
    return memory;
}

static bool is_handed_in(struct gradebook *book, const struct exercise *exercise)
{
    sqlite3_stmt *asked = database_ask(book,
                                       "SELECT 1 FROM attempts WHERE exercise = ?1 UNION ALL "
                                       "SELECT 1 FROM handed_in WHERE exercise = ?1 LIMIT 1",
                                       "t", exercise->id);
    bool has = database_row(book, asked);
    database_done(asked);
    return has;
}

static void read_exercises(struct gradebook *book, struct class *class)
{
    size_t count;
    const struct exercise *exercises = workbook_exercises(&count);
    class->exercises = have(calloc(count + 1, sizeof *class->exercises));
    for (size_t i = 0; i < count; i++)
        if (is_handed_in(book, &exercises[i]))
            class->exercises[class->exercise_count++] = &exercises[i];
}

static const char *column(sqlite3_stmt *asked, int place)
{
    const void *text = sqlite3_column_text(asked, place);
    return text == NULL ? "" : text;
}

// What is handed in waits, until an attempt at it says otherwise.
static void read_handed_in(struct gradebook *book, int64_t id, const struct class *class,
                           struct student *student)
{
    sqlite3_stmt *asked = database_ask(book, "SELECT exercise FROM handed_in WHERE student = ?", "i", id);
    while (database_row(book, asked))
        for (size_t i = 0; i < class->exercise_count; i++)
            if (strcmp(class->exercises[i]->id, column(asked, 0)) == 0)
                student->marks[i].state = ATTEMPT_WAITING;
    database_done(asked);
}

static void read_marks(struct gradebook *book, int64_t id, const struct class *class,
                       struct student *student)
{
    sqlite3_stmt *asked = database_ask(
        book,
        "SELECT exercise, state, points, max_points, commit_id, result FROM marks WHERE student = ?", "i",
        id);
    while (database_row(book, asked)) {
        for (size_t i = 0; i < class->exercise_count; i++) {
            struct mark *mark = &student->marks[i];
            if (strcmp(class->exercises[i]->id, column(asked, 0)) != 0)
                continue;
            mark->state = gradebook_state(column(asked, 1));
            mark->points = sqlite3_column_int(asked, 2);
            mark->max_points = sqlite3_column_int(asked, 3);
            snprintf(mark->commit, sizeof mark->commit, "%s", column(asked, 4));
            mark->result = have(json_loads(column(asked, 5), 0, NULL));
        }
    }
    database_done(asked);
}

struct class class_read(struct gradebook *book)
{
    struct class class = {0};
    read_exercises(book, &class);
    sqlite3_stmt *asked = database_ask(book, "SELECT id, name, note FROM students ORDER BY name", "");
    while (database_row(book, asked)) {
        class.students =
            have(realloc(class.students, (class.student_count + 1) * sizeof *class.students));
        struct student *student = &class.students[class.student_count++];
        student->name = have(strdup(column(asked, 1)));
        student->note = have(strdup(column(asked, 2)));
        student->marks = have(calloc(class.exercise_count + 1, sizeof *student->marks));
        read_handed_in(book, sqlite3_column_int64(asked, 0), &class, student);
        read_marks(book, sqlite3_column_int64(asked, 0), &class, student);
    }
    database_done(asked);
    return class;
}

void class_free(struct class *class)
{
    for (size_t i = 0; i < class->student_count; i++) {
        for (size_t j = 0; j < class->exercise_count; j++)
            json_decref(class->students[i].marks[j].result);
        free(class->students[i].name);
        free(class->students[i].note);
        free(class->students[i].marks);
    }
    free(class->students);
    free(class->exercises);
    *class = (struct class){0};
}

bool class_counts(const struct mark *mark)
{
    return mark->state == ATTEMPT_GRADED || mark->state == ATTEMPT_BUSY;
}

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

double class_median(const struct class *class, size_t exercise)
{
    size_t count = 0;
    int *points = have(calloc(class->student_count + 1, sizeof *points));
    for (size_t i = 0; i < class->student_count; i++)
        if (class_counts(&class->students[i].marks[exercise]))
            points[count++] = class->students[i].marks[exercise].points;
    qsort(points, count, sizeof *points, by_number);
    double median = count == 0 ? -1 : (points[(count - 1) / 2] + points[count / 2]) / 2.0;
    free(points);
    return median;
}
