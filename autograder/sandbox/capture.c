// What a program wrote: the head and the tail are kept, the middle is counted.
#include "capture.h"
#include "visible.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void capture_add(struct capture *capture, const char *bytes, size_t size)
{
    size_t room = CAPTURE_PART - capture->head_size;
    size_t to_head = size < room ? size : room;
    memcpy(capture->head + capture->head_size, bytes, to_head);
    capture->head_size += to_head;
    capture->total += to_head;
    bytes += to_head;
    size -= to_head;
    if (size > CAPTURE_PART) { // only the last bytes can stay
        capture->total += size - CAPTURE_PART;
        bytes += size - CAPTURE_PART;
        size = CAPTURE_PART;
    }
    for (size_t i = 0; i < size; i++)
        capture->tail[capture->total++ % CAPTURE_PART] = bytes[i];
}

char *capture_text(const struct capture *capture)
{
    char gap[80] = "";
    size_t tail_size = capture->total - capture->head_size;
    if (tail_size > CAPTURE_PART) {
        snprintf(gap, sizeof gap, "\n[... %zu bytes left out ...]\n", tail_size - CAPTURE_PART);
        tail_size = CAPTURE_PART;
    }
    size_t size = capture->head_size + strlen(gap) + tail_size;
    char *bytes = malloc(size + 1);
    if (bytes == NULL)
        return NULL;
    memcpy(bytes, capture->head, capture->head_size);
    memcpy(bytes + capture->head_size, gap, strlen(gap));
    char *end = bytes + capture->head_size + strlen(gap);
    for (size_t at = capture->total - tail_size; at < capture->total; at++)
        *end++ = capture->tail[at % CAPTURE_PART];
    char *text = visible_text(bytes, size);
    free(bytes);
    return text;
}
