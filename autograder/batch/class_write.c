// Writes the reports of a class.
#include "../grade/replace.h"
#include "class.h"
#include "shown.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Takes the ownership of `text`.
static int put(int folder, const char *name, char *text)
{
    int status = replace_file(folder, name, ".unfinished", 0600, text);
    if (status == -1)
        fprintf(stderr, "grade: cannot write %s: %s\n", name, strerror(errno));
    free(text);
    return status;
}

static int write_results(const struct class *class, int folder)
{
    int status = 0;
    for (size_t i = 0; i < class->student_count; i++) {
        char file[SHOWN_SIZE], name[SHOWN_SIZE + 8];
        const struct student *student = &class->students[i];
        snprintf(name, sizeof name, "%s.json", shown_file(student->name, file));
        status |= put(folder, name, class_json(class, student));
    }
    return status;
}

int class_write(const struct class *class, const char *folder)
{
    int status = -1, results = -1;
    int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened != -1 && (mkdirat(opened, "results", 0700) == 0 || errno == EEXIST))
        results = openat(opened, "results", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (results == -1) {
        fprintf(stderr, "grade: cannot write to %s: %s\n", folder, strerror(errno));
    } else {
        status = write_results(class, results);
        status |= put(opened, "class.html", class_html(class));
        status |= put(opened, "marks.csv", class_csv(class));
    }
    if (results != -1)
        close(results);
    if (opened != -1)
        close(opened);
    return status;
}
