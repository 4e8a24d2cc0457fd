// Takes the files of exercises out of an archive: see unpacked.h.
#include "../grade/gate.h"
#include "unpacked.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// The best file so far of one exercise.
struct found {
    char id[64];
    char slug[64];
    bool any;
    struct place place;
    struct unpacked head;
    char *bytes;
};

struct unpack {
    struct archive *archive;
    struct found *found;
    size_t count;
    char leading[PLACES_PATH_SIZE];
    bool any; // file so far
    int depth;
    long members;
};

__attribute__((format(printf, 1, 2))) static _Noreturn void stop(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    fprintf(stderr, "\n");
    va_end(values);
    exit(1);
}

static void read_arguments(struct unpack *this, char **arguments, size_t count)
{
    this->count = count;
    this->found = calloc(count, sizeof *this->found);
    if (this->found == NULL)
        stop("out of memory");
    for (size_t i = 0; i < count; i++) {
        struct found *found = &this->found[i];
        found->bytes = malloc(GATE_SIZE_MAX + 1);
        if (found->bytes == NULL || sscanf(arguments[i], "%63[^/]/%63s", found->id, found->slug) != 2)
            stop("usage: unpack ID/SLUG...");
    }
}

static void open_archive(struct unpack *this)
{
    struct archive *archive = this->archive = archive_read_new();
    if (archive == NULL)
        stop("out of memory");
    archive_read_support_filter_gzip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_zip(archive);
    if (archive_read_open_fd(archive, STDIN_FILENO, 65536) != ARCHIVE_OK)
        stop("It is neither a tar nor a zip archive, or it is damaged: %s.",
             archive_error_string(archive));
}

static void check_size(const struct unpack *this, int64_t more)
{
    if (archive_filter_bytes(this->archive, 0) + more > (int64_t)UNPACKED_MOST_MIB << 20)
        stop("It unpacks to more than %d MiB.", UNPACKED_MOST_MIB);
}

// Reads the file that the archive is at, as far as it is needed.
static void read_file(struct unpack *this, struct found *found)
{
    while (found->head.size <= GATE_SIZE_MAX) {
        ssize_t part = archive_read_data(this->archive, found->bytes + found->head.size,
                                         GATE_SIZE_MAX + 1 - found->head.size);
        if (part == 0)
            return;
        if (part < 0)
            stop("%s cannot be read: %s.", found->head.path, archive_error_string(this->archive));
        found->head.size += (uint64_t)part;
    }
}

// A path that stands twice in an archive counts as it was written last, as it does for tar(1).
static void consider(struct unpack *this, size_t exercise, const char *path, struct archive_entry *entry)
{
    struct place place;
    struct found *found = &this->found[exercise];
    if (!places_find(path, found->id, found->slug, &place) || place.depth > PLACES_MOST_LEADING ||
        (found->any && places_is_better(&found->place, &place)))
        return;
    bool hard_link = archive_entry_hardlink(entry) != NULL;
    found->any = true;
    found->place = place;
    found->head = (struct unpacked){.exercise = (uint32_t)exercise,
                                    .mode = hard_link ? 0 : (uint32_t)archive_entry_filetype(entry)};
    snprintf(found->head.path, sizeof found->head.path, "%s", path);
    if (S_ISREG(found->head.mode))
        read_file(this, found);
}

static void look_at(struct unpack *this, struct archive_entry *entry)
{
    char path[PLACES_PATH_SIZE];
    const char *name = archive_entry_pathname(entry);
    if (name == NULL)
        name = archive_entry_pathname_utf8(entry);
    if (name == NULL || archive_entry_filetype(entry) == AE_IFDIR || !places_clean(name, path))
        return;
    this->depth = places_lead(this->leading, this->any, path);
    this->any = true;
    for (size_t i = 0; i < this->count; i++)
        consider(this, i, path, entry);
}

static void read_members(struct unpack *this)
{
    for (;;) {
        struct archive_entry *entry;
        int status = archive_read_next_header(this->archive, &entry);
        if (status == ARCHIVE_EOF)
            break;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            stop("It is neither a tar nor a zip archive, or it is damaged: %s.",
                 archive_error_string(this->archive));
        if (++this->members > UNPACKED_MOST_MEMBERS)
            stop("It holds more than %d files.", UNPACKED_MOST_MEMBERS);
        check_size(this, archive_entry_size_is_set(entry) ? archive_entry_size(entry) : 0);
        look_at(this, entry);
    }
    if (this->members == 0)
        stop("It is empty.");
}

static void write_all(const void *bytes, size_t size)
{
    for (const char *at = bytes; size > 0;) {
        ssize_t part = write(UNPACKED_ANSWER, at, size);
        if (part == -1 && errno != EINTR)
            stop("write: %s", strerror(errno));
        at += part > 0 ? part : 0;
        size -= part > 0 ? (size_t)part : 0;
    }
}

int main(int argc, char **argv)
{
    struct unpack this = {0};
    read_arguments(&this, argv + 1, (size_t)argc - 1);
    open_archive(&this);
    read_members(&this);
    for (size_t i = 0; i < this.count; i++) {
        const struct found *found = &this.found[i];
        if (!found->any || found->place.depth > this.depth) // beside it lies something else
            continue;
        write_all(&found->head, sizeof found->head);
        write_all(found->bytes, found->head.size);
    }
    return 0;
}
