// Makes the class that the benchmark of batches grades.
#include "../grade/die.h"
#include "class_bench.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum form { FORM_FOLDER, FORM_BARE, FORM_LEADING, FORM_TAR_GZ, FORM_ZIP, FORM_CLONE, FORMS };

static const char *const form_names[FORMS] = {"folder", "bare", "leading", "tar", "zip", "clone"};

uint64_t cohort_below(struct cohort *cohort, uint64_t limit) // splitmix64
{
    uint64_t x = cohort->random += 0x9e3779b97f4a7c15;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return (x ^ x >> 31) % limit;
}

__attribute__((format(printf, 2, 3))) static char *path_of(char *path, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(path, WORKBOOK_PATH_SIZE, format, values);
    va_end(values);
    if (length >= WORKBOOK_PATH_SIZE)
        die("a path is too long");
    return path;
}

static void make_folder(const char *path)
{
    if (mkdir(path, 0755) == -1 && errno != EEXIST)
        die("mkdir %s: %s", path, strerror(errno));
}

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "we");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        die("cannot write %s: %s", path, strerror(errno));
}

static char *read_file(const char *path, size_t *size)
{
    char *bytes = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "re");
    ssize_t length = file == NULL ? -1 : getdelim(&bytes, &room, '\0', file);
    if (length == -1 && (file == NULL || !feof(file)))
        die("cannot read %s: %s", path, strerror(errno));
    fclose(file);
    *size = length == -1 ? 0 : (size_t)length;
    return bytes;
}

// An archive with one file, by libarchive.
static void write_archive(const char *path, bool zip, const char *name, const char *bytes, size_t size)
{
    struct archive *archive = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)size);
    if ((zip ? archive_write_set_format_zip(archive)
             : archive_write_set_format_pax_restricted(archive)) != ARCHIVE_OK ||
        (!zip && archive_write_add_filter_gzip(archive) != ARCHIVE_OK) ||
        archive_write_open_filename(archive, path) != ARCHIVE_OK ||
        archive_write_header(archive, entry) != ARCHIVE_OK ||
        archive_write_data(archive, bytes, size) != (la_ssize_t)size ||
        archive_write_close(archive) != ARCHIVE_OK)
        die("cannot make %s: %s", path, archive_error_string(archive));
    archive_entry_free(entry);
    archive_write_free(archive);
}

// A clone as git leaves it.
static void make_clone(const char *folder)
{
    static const char *const files[][2] = {
        {"HEAD", "ref: refs/heads/main\n"},
        {"config", "[core]\n\tbare = false\n"},
        {"packed-refs", "# pack-refs with: peeled fully-peeled sorted\n"
                        "0123456789abcdef0123456789abcdef01234567 refs/heads/main\n"},
    };
    char path[WORKBOOK_PATH_SIZE];
    make_folder(path_of(path, "%s/.git", folder));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        write_file(path_of(path, "%s/.git/%s", folder, files[i][0]), files[i][1], strlen(files[i][1]));
}

static void make_submission(const struct pupil *pupil, enum form form, const char *folder)
{
    char path[WORKBOOK_PATH_SIZE], name[WORKBOOK_PATH_SIZE], made[WORKBOOK_PATH_SIZE];
    size_t size;
    const struct exercise *exercise = pupil->claim.exercise;
    claim_make(&pupil->claim, path_of(made, "%s.source", folder));
    char *bytes = read_file(made, &size);
    path_of(name, "%s%s/%s.c", form == FORM_LEADING || form == FORM_TAR_GZ ? "homework/" : "",
            exercise->id, exercise->slug);
    if (form == FORM_TAR_GZ || form == FORM_ZIP) {
        path_of(path, "%s/%s.%s", folder, pupil->name, form == FORM_ZIP ? "zip" : "tar.gz");
        write_archive(path, form == FORM_ZIP, name, bytes, size);
    } else {
        make_folder(path_of(path, "%s/%s", folder, pupil->name));
        if (form == FORM_CLONE)
            make_clone(path);
        if (form == FORM_LEADING)
            make_folder(path_of(path, "%s/%s/homework", folder, pupil->name));
        if (form == FORM_BARE)
            path_of(name, "%s.c", exercise->slug);
        else
            make_folder(path_of(path, "%s/%s/%s%s", folder, pupil->name,
                                form == FORM_LEADING ? "homework/" : "", exercise->id));
        write_file(path_of(path, "%s/%s/%s", folder, pupil->name, name), bytes, size);
    }
    free(bytes);
    unlink(made);
}

// A random claim of the kind, that is meant for the level. Ends the program if there is none.
static struct claim choose(struct cohort *cohort, const struct exercise *exercise, enum claim_kind kind)
{
    size_t count, fit = 0;
    struct claim *claims =
        kind == CLAIM_HOSTILE ? claims_against(exercise, &count) : claims_of(exercise, &count);
    for (size_t i = 0; i < count; i++)
        if (claims[i].kind == kind && (kind != CLAIM_HOSTILE || claims[i].level == cohort->level))
            claims[fit++] = claims[i];
    if (fit == 0)
        die("%s has nothing of a kind that the class needs", exercise->id);
    struct claim chosen = claims[cohort_below(cohort, fit)];
    chosen.level = cohort->level;
    free(claims);
    return chosen;
}

// What is no submission, or cannot be read: it must cost nobody anything.
static void add_rubbish(const char *folder)
{
    char path[WORKBOOK_PATH_SIZE];
    write_file(path_of(path, "%s/readme.txt", folder), "hello", 5);
    write_file(path_of(path, "%s/broken.tar.gz", folder), "\037\213 no more than a head", 22);
    make_folder(path_of(path, "%s/nothing", folder));
    if (symlink("/", path_of(path, "%s/link", folder)) == -1)
        die("symlink %s: %s", path, strerror(errno));
}

void cohort_make(struct cohort *cohort, const char *const *exercises, size_t count, const char *folder)
{
    // Of ten: so many of a class are where they should be, and so many are not.
    static const enum claim_kind kinds[] = {CLAIM_STUB,   CLAIM_MUTANT, CLAIM_SOLUTION, CLAIM_HOSTILE,
                                            CLAIM_MUTANT, CLAIM_MUTANT, CLAIM_SOLUTION, CLAIM_MUTANT,
                                            CLAIM_MUTANT, CLAIM_HOSTILE};
    static const char *const kind_names[] = {[CLAIM_STUB] = "stub",
                                             [CLAIM_SOLUTION] = "solution",
                                             [CLAIM_MUTANT] = "mutant",
                                             [CLAIM_HOSTILE] = "hostile"};
    size_t subjects = 0;
    while (exercises[subjects] != NULL)
        subjects++;
    cohort->count = count;
    cohort->pupils = calloc(count, sizeof *cohort->pupils);
    if (cohort->pupils == NULL)
        die("out of memory");
    make_folder(folder);
    for (size_t i = 0; i < count; i++) {
        struct pupil *pupil = &cohort->pupils[i];
        enum claim_kind kind = kinds[i / subjects % (sizeof kinds / sizeof *kinds)];
        enum form form = (enum form)cohort_below(cohort, FORMS);
        pupil->claim = choose(cohort, workbook_require(exercises[i % subjects]), kind);
        snprintf(pupil->name, sizeof pupil->name, "%03zu-%s-%s", i + 1, kind_names[kind],
                 form_names[form]);
        make_submission(pupil, form, folder);
    }
    add_rubbish(folder);
}

void cohort_free(struct cohort *cohort)
{
    free(cohort->pupils);
}
