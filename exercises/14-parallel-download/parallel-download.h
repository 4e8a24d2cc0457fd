// Downloads by several processes at the same time: three ways.
// Link with -lcurl -ljansson.
//
//   const struct parallel_download how = {.directory = "images", .workers = 8};
//   ssize_t failed = parallel_download_sessions(&how, downloads, count);
//
// The module rests on download.h, process.h, memory.h and pool.h.
#pragma once
#include "download.h"
#include <sys/types.h>

struct parallel_download {
    const char *directory;           // is there already
    int workers;                     // processes at the same time, at most; 0: 8
    struct download_options options; // of each session
};

// Each names the downloads (download_names()), has every link fetched once (which may take several
// attempts), by processes and never in this one, and sets every `struct download` as download_link()
// would have. One that fails costs no other. If its process ends in the middle of it, in whatever way,
// its error is ECHILD, its status, attempts and size are 0, and the message says how the process has
// ended ("signal 9", "status 3"); of several that are lost by a pool, that is known of the first only.
//
// No session and no connection is made before the processes are started: each process makes its own. When
// they return, no process of theirs is left. Other children of the program, and what it does with its
// signals, are left alone; a signal that arrives meanwhile changes nothing.
//
// Each returns how many downloads have failed, or -1 with errno EINVAL (a negative number, also in the
// options), ENOMEM, or what a failed start of a process or of a pool has said; then those that nobody has
// begun have the error ECANCELED, and status, attempts and size are 0.

// A process for each link (process.h): as soon as one has ended, the next is started.
ssize_t parallel_download_processes(const struct parallel_download *how, struct download downloads[],
                                    size_t count);

// A pool of workers (pool.h), and a session for each download: one connection for each link.
ssize_t parallel_download_pool(const struct parallel_download *how, struct download downloads[],
                               size_t count);

// A pool whose workers make a session each, by the pool's initializer, and keep it: one connection for
// each worker, as long as the server keeps it open.
ssize_t parallel_download_sessions(const struct parallel_download *how, struct download downloads[],
                                   size_t count);
