// Ten downloads, one after the other: what they wait, and what they work.
#include "gallery.h"
#include "get.h"
#include "seconds.h"

enum { PICTURES = 10, DELAY_MS = 100 };

int main(void)
{
    char *links[PICTURES];
    for (int i = 0; i < PICTURES; i++)
        links[i] = picture_link(i, DELAY_MS);
    CURL *curl = new_handle();
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);

    // [region loop]
    printf("worker    item  begin, ms  end, ms\n");
    double start = seconds(), cpu = cpu_seconds();
    for (int i = 0; i < PICTURES; i++) {
        double begin = seconds();
        struct got got = get(curl, links[i]);
        if (got.code != CURLE_OK || got.status != 200)
            return EXIT_FAILURE;
        printf("the loop  %4d  %9.1f  %7.1f\n", i, (begin - start) * 1e3,
               (seconds() - start) * 1e3);
    }
    double took = seconds() - start, worked = cpu_seconds() - cpu;
    printf("\nall done after %.0f ms, %.0f ms of them on a CPU\n",
           took * 1e3, worked * 1e3);
    // [endregion loop]

    curl_easy_cleanup(curl);
    for (int i = 0; i < PICTURES; i++)
        free(links[i]);
    return worked < took / 2 ? EXIT_SUCCESS : EXIT_FAILURE;
}
