// The rest of every submission against download.h: the prover puts it behind an attack. The first drive
// calls download_directory() first: it attacks, and fails.
// failure: download_directory("one") gave -1
//
#include "download.h"

#ifndef BRINGS_attack
static inline void attack(void)
{
}
#endif

#ifndef BRINGS_download_session_create
struct download_session *download_session_create(const struct download_options *options)
{
    (void)options;
    return NULL;
}
#endif

#ifndef BRINGS_download_session_release
void download_session_release(struct download_session *session)
{
    (void)session;
}
#endif

#ifndef BRINGS_download_directory
int download_directory(const char *path)
{
    (void)path;
    static int calls; // the drive makes many directories
    if (calls++ == 0)
        attack();
    return -1;
}
#endif

#ifndef BRINGS_download_name
void download_name(const char *link, char name[DOWNLOAD_NAME_SIZE])
{
    (void)link;
    name[0] = '\0';
}
#endif

#ifndef BRINGS_download_names
void download_names(struct download downloads[], size_t count)
{
    (void)downloads;
    (void)count;
}
#endif

#ifndef BRINGS_download_link
int download_link(struct download_session *session, const char *directory, struct download *download)
{
    (void)session;
    (void)directory;
    (void)download;
    return -1;
}
#endif

#ifndef BRINGS_download_list
int download_list(struct download_session *session, const char *url, const char *client_id,
                  struct download **downloads, size_t *count, struct download *what)
{
    (void)session;
    (void)url;
    (void)client_id;
    (void)downloads;
    (void)count;
    (void)what;
    return -1;
}
#endif

#ifndef BRINGS_download_list_free
void download_list_free(struct download *downloads, size_t count)
{
    (void)downloads;
    (void)count;
}
#endif

#ifndef BRINGS_download_call
int download_call(const struct download_partial *partial, struct download *download)
{
    (void)partial;
    (void)download;
    return -1;
}
#endif

#ifndef BRINGS_download_all
size_t download_all(const struct download_partial *partial, struct download downloads[], size_t count,
                    FILE *progress)
{
    (void)partial;
    (void)downloads;
    (void)progress;
    return count;
}
#endif
