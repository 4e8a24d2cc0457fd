// The timing diagram that a result holds of a test of speed.
#include "picture.h"

static bool read_bar(const json_t *array, int workers, struct bar *bar)
{
    bar->worker = (int)json_integer_value(json_array_get(array, 0));
    bar->item = (int)json_integer_value(json_array_get(array, 1));
    bar->begin_ms = json_number_value(json_array_get(array, 2));
    bar->end_ms = json_number_value(json_array_get(array, 3));
    return json_array_size(array) == 4 && bar->worker >= 0 && bar->worker < workers;
}

bool picture_read(const json_t *speed, struct diagram *diagram)
{
    const json_t *bars = json_object_get(speed, "bars");
    *diagram = (struct diagram){.workers = (int)json_integer_value(json_object_get(speed, "workers")),
                                .count = (int)json_array_size(bars),
                                .wall_ms = json_number_value(json_object_get(speed, "wall_ms"))};
    if (diagram->count < 1 || diagram->count > TRACE_MOST_ITEMS || diagram->workers < 1 ||
        diagram->workers > TRACE_MOST_ITEMS || diagram->wall_ms <= 0)
        return false;
    for (int i = 0; i < diagram->count; i++)
        if (!read_bar(json_array_get(bars, (size_t)i), diagram->workers, &diagram->bars[i]))
            return false;
    return true;
}
