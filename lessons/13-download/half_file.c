// Kills a program in the middle of a download: what is left of it?
#include "folder.h"
#include "gallery.h"
#include "get.h"

static int middle[2]; // a pipe: somebody is in the middle of a download

// [region keep]
static size_t keep(char *bytes, size_t one, size_t size, void *file)
{
    if (fwrite(bytes, one, size, file) < size || fflush(file) == EOF ||
        write(middle[1], "", 1) != 1)
        return 0;
    pause(); // until we are killed
    return 0;
}
// [endregion keep]

// [region download]
static _Noreturn void download(const char *link, const char *part,
                               const char *name)
{
    CURL *curl = new_handle();
    FILE *file = fopen(part, "w");
    if (file == NULL)
        _exit(EXIT_FAILURE);
    curl_easy_setopt(curl, CURLOPT_URL, link);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, file);
    CURLcode code = curl_easy_perform(curl);
    if (fclose(file) == EOF || code != CURLE_OK || rename(part, name) == -1)
        _exit(EXIT_FAILURE);
    _exit(EXIT_SUCCESS);
}
// [endregion download]

// [region kill]
static void kill_download(const char *part, const char *name)
{
    char link[LINK_SIZE], byte;
    FILE *older = fopen(name, "w");
    if (older == NULL || fputs("the one from yesterday\n", older) == EOF ||
        fclose(older) == EOF)
        gallery_fail(name);
    link_to(link, "/pages/1/1/50000");
    pid_t child = pipe(middle) == -1 ? -1 : fork();
    if (child == -1)
        gallery_fail("fork");
    if (child == 0)
        download(link, part, name);
    close(middle[1]);
    if (read(middle[0], &byte, 1) != 1 || kill(child, SIGKILL) == -1 ||
        waitpid(child, NULL, 0) == -1)
        gallery_fail("kill");
    close(middle[0]);
}
// [endregion kill]

int main(void)
{
    enter_folder();
    kill_download("straight.txt", "straight.txt");
    kill_download(".renamed.txt.part", "renamed.txt");
    print_files();
    return size_of("straight.txt") < 50000 && size_of("renamed.txt") == 23
               ? EXIT_SUCCESS
               : EXIT_FAILURE;
}
