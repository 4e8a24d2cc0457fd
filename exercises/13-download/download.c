// Downloads over HTTP into files. The task is in README.md, the contract in download.h.
#include "download.h"
#include <curl/curl.h>
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>

struct download_session {
    CURL *curl; // the handle keeps the connection
};

struct download_session *download_session_create(const struct download_options *options)
{
    // TODO(learner): refuse wrong numbers; allocate a session; curl_easy_init(3)
    (void)options;
    errno = ENOSYS;
    return NULL;
}

void download_session_release(struct download_session *session)
{
    // TODO(learner): curl_easy_cleanup(3), and free
    (void)session;
}

int download_directory(const char *path)
{
    // TODO(learner): mkdir(2) for each part of the path
    (void)path;
    errno = ENOSYS;
    return -1;
}

void download_name(const char *link, char name[DOWNLOAD_NAME_SIZE])
{
    // TODO(learner): what stands behind the last '/', decoded, and made safe
    (void)link;
    name[0] = '\0';
}

void download_names(struct download downloads[], size_t count)
{
    // TODO(learner): a name that no other has for each that has none
    (void)downloads;
    (void)count;
}

int download_link(struct download_session *session, const char *directory, struct download *download)
{
    // TODO(learner): a temporary file, curl_easy_perform(3), the status, rename(2); or the error
    (void)session;
    (void)directory;
    download->error = errno = ENOSYS;
    return -1;
}

int download_list(struct download_session *session, const char *url, const char *client_id,
                  struct download **downloads, size_t *count, struct download *what)
{
    // TODO(learner): get the JSON, with the header Authorization, and make downloads of its links
    (void)session;
    (void)url;
    (void)client_id;
    (void)downloads;
    (void)count;
    what->error = errno = ENOSYS;
    return -1;
}

void download_list_free(struct download *downloads, size_t count)
{
    // TODO(learner): free the links, and the array
    (void)downloads;
    (void)count;
}

int download_call(const struct download_partial *partial, struct download *download)
{
    // TODO(learner): download_link() by the partial's session, or by one of its own
    (void)partial;
    (void)download;
    errno = ENOSYS;
    return -1;
}

size_t download_all(const struct download_partial *partial, struct download downloads[], size_t count,
                    FILE *progress)
{
    // TODO(learner): names; a call for each download; a line for each; count those that fail
    (void)partial;
    (void)downloads;
    (void)progress;
    return count;
}
