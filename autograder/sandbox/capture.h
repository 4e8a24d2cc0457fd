// What a program wrote: the head and the tail are kept, the middle is counted.
#pragma once
#include <stddef.h>

enum { CAPTURE_PART = 16384 }; // bytes kept of the head, and of the tail

struct capture {
    size_t total;     // bytes written
    size_t head_size; // of them in `head`; while total <= CAPTURE_PART everything is there
    char head[CAPTURE_PART];
    char tail[CAPTURE_PART]; // a ring: byte number n of the output (n >= CAPTURE_PART) is at n %
                             // CAPTURE_PART
};

// Starts with `*capture = (struct capture){0}`.
void capture_add(struct capture *capture, const char *bytes, size_t size);

// What was kept, as one string that is safe to show anywhere (visible.h): all of it, or the head, a line
// that says how much is missing, and the tail. The caller frees it. NULL with errno ENOMEM.
char *capture_text(const struct capture *capture);
