// What one program of a submission may use.
#include "limits.h"
#include <errno.h>
#include <stdio.h>

// At level A temporary files have 64 MiB, and shared memory 8 MiB: isolated.c.
enum { FILES_MIB = 72 };

// A drive takes milliseconds; the time limit is for a machine that is busy with something else.
const struct limits limits_of_a_drive = {
    .time_ms = 10000,
    .stall_ms = 2000,
    .processes = 64,
    .memory_mib = 512,
    .tree_mib = 1024,
    .cpu_seconds = 3,
    .file_mib = 8,
    .descriptors = 128,
    .files_mib = FILES_MIB,
    .traceable = false,
};

const struct limits limits_of_the_compiler = {
    .time_ms = 20000,
    .stall_ms = 20000,
    .processes = 64,
    .memory_mib = 2048,
    .tree_mib = 2048,
    .cpu_seconds = 8,
    .file_mib = 32,
    .descriptors = 128,
    .files_mib = FILES_MIB,
    .traceable = false,
};

void limits_for_sanitizers(struct limits *limits)
{
    limits->memory_mib = 0;
    limits->traceable = true;
    limits->cpu_seconds *= 4;
    limits->time_ms *= 2;
}

#define FORMAT                                                                                           \
    "time=%ld,stall=%ld,processes=%ld,memory=%ld,tree=%ld,cpu=%ld,file=%ld,descriptors=%ld,files=%ld,"   \
    "traceable=%d"

void limits_to_text(const struct limits *limits, char *text)
{
    snprintf(text, LIMITS_TEXT_SIZE, FORMAT, limits->time_ms, limits->stall_ms, limits->processes,
             limits->memory_mib, limits->tree_mib, limits->cpu_seconds, limits->file_mib,
             limits->descriptors, limits->files_mib, limits->traceable);
}

int limits_from_text(const char *text, struct limits *limits)
{
    int traceable;
    int end = -1;
    int fields = sscanf(text, FORMAT "%n", &limits->time_ms, &limits->stall_ms, &limits->processes,
                        &limits->memory_mib, &limits->tree_mib, &limits->cpu_seconds, &limits->file_mib,
                        &limits->descriptors, &limits->files_mib, &traceable, &end);
    if (fields != 10 || end < 0 || text[end] != '\0') {
        errno = EINVAL;
        return -1;
    }
    limits->traceable = traceable != 0;
    return 0;
}
