// Where in a submission the file of an exercise lies.
#include "places.h"
#include <stdio.h>
#include <string.h>

bool places_is_passed_over(const char *name)
{
    return name[0] == '.' || strcmp(name, "__MACOSX") == 0;
}

bool places_clean(const char *path, char clean[PLACES_PATH_SIZE])
{
    size_t used = 0;
    if (path[0] == '/')
        return false;
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        if (used + length + 2 > PLACES_PATH_SIZE)
            return false;
        size_t slash = used > 0;
        char *name = clean + used + slash;
        memcpy(name, path, length);
        name[length] = '\0';
        path += length + (path[length] == '/');
        if (length == 0 || strcmp(name, ".") == 0)
            continue;
        if (places_is_passed_over(name)) // ".." among them
            return false;
        clean[used] = slash ? '/' : *name;
        used += slash + length;
    }
    clean[used] = '\0';
    return used > 0;
}

static int count_folders(const char *path)
{
    int count = 0;
    for (; *path != '\0'; path++)
        count += *path == '/';
    return count;
}

bool places_find(const char *path, const char *id, const char *slug, struct place *place)
{
    static const char *const forms[PLACES_FORMS] = {
        [PLACES_IN_ITS_FOLDER] = "%s/%s.c",
        [PLACES_BARE] = "%.0s%s.c",
        [PLACES_IN_EXERCISES] = "exercises/%s/%s.c",
    };
    static const int folders[PLACES_FORMS] = {1, 0, 2};
    bool found = false;
    for (enum places_form form = 0; form < PLACES_FORMS; form++) {
        char end[PLACES_PATH_SIZE];
        size_t length = (size_t)snprintf(end, sizeof end, forms[form], id, slug);
        size_t before = strlen(path) < length ? 0 : strlen(path) - length;
        struct place here = {.form = form, .depth = count_folders(path) - folders[form]};
        bool fits = strcmp(path + before, end) == 0 && (before == 0 || path[before - 1] == '/');
        if (!fits || (found && !places_is_better(&here, place)))
            continue;
        *place = here;
        found = true;
    }
    return found;
}

bool places_is_better(const struct place *a, const struct place *b)
{
    return a->depth != b->depth ? a->depth < b->depth : a->form < b->form;
}

int places_lead(char leading[PLACES_PATH_SIZE], bool any, const char *path)
{
    const char *last = strrchr(path, '/');
    size_t length = last == NULL ? 0 : (size_t)(last - path);
    if (!any) {
        memcpy(leading, path, length);
        leading[length] = '\0';
    }
    size_t common = 0; // bytes of `leading` that lead this path, too: whole names only
    for (size_t i = 0; i <= length; i++) {
        bool ends_here = i == length || path[i] == '/';
        bool ends_there = leading[i] == '\0' || leading[i] == '/';
        if (ends_here && ends_there)
            common = i;
        if (leading[i] == '\0' || i == length || leading[i] != path[i])
            break;
    }
    leading[common] = '\0';
    return common == 0 ? 0 : count_folders(leading) + 1;
}
