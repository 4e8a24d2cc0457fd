// Downloads over HTTP into files, one after the other.
// Link with -lcurl -ljansson.
//
//   struct download_session *session = download_session_create(NULL);
//   struct download *downloads, what;
//   size_t count;
//   if (download_list(session, url, client_id, &downloads, &count, &what) == -1) puts(what.message);
//   download_directory("images");
//   download_all(&(struct download_partial){"images", session}, downloads, count, stdout);
//
// A function that can fail returns -1 or NULL with errno set; what becomes of a link is told in its
// `struct download`. Nothing else prints, none exits. The module rests on libcurl-easy(3), jansson,
// rename(2) and mkdir(2).
#pragma once
#include <stddef.h>
#include <stdio.h>

// What is kept from one download to the next: above all the open connection. It belongs to the process
// that created it: two processes that read from one connection get pieces of each other's answers.
struct download_session;

struct download_options {
    int timeout_ms; // for a download with all its attempts and pauses; 0: 60,000
    int attempts;   // how often a link is tried at most, if the server says 503; 0: 3
};

// NULL stands for options that are all 0. Returns the session, to be given to download_session_release(),
// or NULL with errno EINVAL (a negative number) or ENOMEM.
struct download_session *download_session_create(const struct download_options *options);
void download_session_release(struct download_session *session); // NULL is accepted

enum { DOWNLOAD_NAME_SIZE = 256, DOWNLOAD_MESSAGE_SIZE = 128 };

struct download {
    const char *link;              // stays the caller's, unless download_list() has made it
    char name[DOWNLOAD_NAME_SIZE]; // of the file; empty: to be made from the link

    // Set by download_link():
    int error;                           // 0, or why there is no new file, by errno's numbers
    long status;                         // of HTTP, of the last attempt; 0: there was no answer
    int attempts;                        // how often it was tried
    long long size;                      // of the file; 0 after an error
    char message[DOWNLOAD_MESSAGE_SIZE]; // of the error, for people, in one line without control
                                         // characters; empty: there is no error
};

// Makes a directory, and those above it that are missing. Returns 0, also if it is there already, or -1
// with what mkdir(2) says; EEXIST means that a file is in the way.
int download_directory(const char *path);

// A safe file name from a link: what stands behind the last '/' of its path (which ends where '?' or '#'
// is), decoded once (%20 is a blank). Each byte of a control character becomes '_' (bytes below 32, 127,
// and the pairs c2 80 to c2 9f, as UTF-8 writes U+0080 to U+009F), and so do '/', and a '.' or a '-' at
// the beginning. Nothing there, or no link (NULL): "unnamed". More than 255 bytes: cut, but not inside a
// character of UTF-8, and the last '.' with what follows it stays, if that has at most 16 bytes.
// It is one name, in whatever directory: no link can write somewhere else.
void download_name(const char *link, char name[DOWNLOAD_NAME_SIZE]);

// Gives a name to each download that has none, so that it is no other's: the second "tile.png" becomes
// "tile-2.png". Names that are there stay, and are taken. The same list gets the same names each time.
void download_names(struct download downloads[], size_t count);

// Gets one link into the file DIRECTORY/NAME, and follows up to five redirections. The bytes go, as they
// come, to a file of another name, which begins with '.', and that one is renamed when all are there: so
// a file NAME is always whole, also if the process is killed. An older one is replaced then, and not
// before. After an error nothing is left but the older one. While the server says 503, it is tried again
// after the time that it asks for (Retry-After; if it asks for none, after half a second), unless there
// is not so much time left. Returns 0, or -1 with errno as in `download`:
//   EACCES (401, 403), ENOENT (404, 410), EBUSY (503), EREMOTEIO (any other status that is not 2xx)
//   ETIMEDOUT, ECONNREFUSED, EHOSTUNREACH (also: no such host), ECONNRESET, ELOOP (redirections)
//   EPROTO          the answer breaks off, or is no HTTP
//   EPROTONOSUPPORT the link, or where it leads, is no link that begins with http:// or https://
//   EINVAL          there is no link: it is NULL
//   ENOSPC, EFBIG, EACCES ... what open(2), write(2) or rename(2) have said of the file
int download_link(struct download_session *session, const char *directory, struct download *download);

// Gets the list of a gallery's images: JSON, {"data": [{"link": "http://..."}, ...]}. The server wants to
// know who asks: "Authorization: Client-ID ..." is sent with this request, and with no other; a server to
// which this one leads on does not get it. On success `*downloads` is an array with links and names, to
// be given to download_list_free(). Returns 0, or -1 with `what` as download_link() would set it; the
// message then has what the server says of its error ("data" -> "error"). EPROTO: the answer is no such
// JSON. EINVAL: a client id with a line break in it.
int download_list(struct download_session *session, const char *url, const char *client_id,
                  struct download **downloads, size_t *count, struct download *what);
void download_list_free(struct download *downloads, size_t count); // NULL is accepted

// A download to which all is bound but the link: the directory and the session.
struct download_partial {
    const char *directory;
    struct download_session *session; // NULL: one for each download alone, with options that are all 0
};
int download_call(const struct download_partial *partial, struct download *download);

// Names the downloads (download_names()) and calls them one after the other; one that fails does not stop
// the others. Tells `progress`, unless it is NULL, when a download is over: a line, "tile.png: 812
// bytes", or "tile.png: " and the message. If it is a terminal, one that has succeeded gets no line of
// its own; instead the last line says "3 of 10", and is written anew ("\r") until all are done; a line
// break ends it then. Returns how many have failed.
size_t download_all(const struct download_partial *partial, struct download downloads[], size_t count,
                    FILE *progress);
