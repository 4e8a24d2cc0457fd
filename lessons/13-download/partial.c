// A function with two of its three arguments bound.
#include "download.h"
#include "folder.h"
#include "gallery.h"

// Knows nothing of downloads: it has a function, what is bound to it, and
// pointers to items.
// [region for_each]
static int for_each(int (*function)(const void *bound, void *item),
                    const void *bound, void *const items[], int count)
{
    int failed = 0;
    for (int i = 0; i < count; i++)
        failed += function(bound, items[i]) == -1;
    return failed;
}

static int download(const void *bound, void *item)
{
    return download_call(bound, item);
}
// [endregion for_each]

int main(void)
{
    char links[2][LINK_SIZE];
    enter_folder();
    for (int i = 0; i < 2; i++)
        link_to(links[i], "/pages/1/%d/1000", i);

    // [region bind]
    struct download one = {.link = links[0], .name = "one.txt"};
    struct download two = {.link = links[1], .name = "two.txt"};
    struct download_partial partial = {
        .directory = "pages",
        .session = download_session_create(NULL),
    };
    if (partial.session == NULL || download_directory("pages") == -1)
        return EXIT_FAILURE;
    int failed = for_each(download, &partial, (void *[]){&one, &two}, 2);
    // [endregion bind]

    download_session_release(partial.session);
    if (chdir("pages") == -1)
        return EXIT_FAILURE;
    return print_files() == 2 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
