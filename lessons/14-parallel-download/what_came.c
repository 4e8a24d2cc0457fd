// A pool's results: what has become of each link.
#include "pooled.h"

enum { LINKS = 5 };

static const char *const ends[LINKS] = {
    "/images/1/0/320x240/cat.png", "/images/1/1/320x240/dog.png?fault=404",
    "/images/1/2/320x240/cow.png", "/images/1/3/320x240/hen.png?fault=cut",
    "/images/1/4/320x240/pig.png"};

int main(void)
{
    struct download downloads[LINKS] = {0}, results[LINKS];
    char links[LINKS][256];
    make_folder();
    for (int i = 0; i < LINKS; i++) {
        snprintf(links[i], sizeof links[i], "%s%s", base_url(), ends[i]);
        downloads[i].link = links[i];
    }
    map_downloads(&(struct pool_options){.processes = 2},
                  (struct pool_map){.items = downloads,
                                    .results = results,
                                    .count = LINKS});
    int failed = 0;
    // [region print]
    for (int i = 0; i < LINKS; i++) {
        const struct download *what = &results[i];
        printf("%s  status %ld  %s\n", what->name, what->status,
               what->error == 0 ? "is there" : strerror(what->error));
        failed += what->error != 0;
    }
    // [endregion print]
    return failed == 2 && files_in_folder() == 3 ? EXIT_SUCCESS
                                                 : EXIT_FAILURE;
}
