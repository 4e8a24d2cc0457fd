// Lists the exercises and what was reached.
#include "commands.h"
#include "progress.h"
#include <stdio.h>

int command_list(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    size_t count;
    const struct exercise *exercises = workbook_exercises(&count);
    const struct exercise *next = progress_next();
    for (size_t i = 0; i < count; i++) {
        json_t *last = progress_load(&exercises[i]);
        if (last == NULL)
            printf("  -          ");
        else
            printf("  %3d / %-3d  ", (int)json_integer_value(json_object_get(last, "points")),
                   (int)json_integer_value(json_object_get(last, "max_points")));
        printf("%-22s %s%s\n", exercises[i].id, exercises[i].title,
               &exercises[i] == next ? "   <- next" : "");
        json_decref(last);
    }
    return 0;
}
