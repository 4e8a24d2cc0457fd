// The least that a pool with standing workers needs for downloads.
#pragma once
#include "download.h"
#include <sys/types.h>

// Gets links of the image server into files of the directory, by so many processes and by sockets alone:
// no pool, no libcurl, no second attempt. Nobody begins before all are there, and nobody ends before all
// is done. Returns how many processes have failed, or -1 with errno.
ssize_t bare_download(const char *directory, const struct download downloads[], size_t count,
                      int workers);
