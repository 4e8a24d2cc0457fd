// What the server answers to which request.
#include "site.h"
#include "picture.h"
#include "shelf.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_PAGE_SIZE = 16 << 20 };

struct site {
    const char *client_id;
    bool can_reset;
    struct counters *counters;
    struct shelf *shelf;
};

struct site *site_create(const char *client_id, bool can_reset, struct counters *counters)
{
    struct site *site = malloc(sizeof *site);
    struct shelf *shelf = shelf_create();
    if (site == NULL || shelf == NULL) {
        free(site);
        shelf_release(shelf);
        return NULL;
    }
    *site = (struct site){client_id, can_reset, counters, shelf};
    return site;
}

void site_release(struct site *site)
{
    if (site != NULL)
        shelf_release(site->shelf);
    free(site);
}

void answer_release(struct answer *answer)
{
    free(answer->owned);
    free(answer->location);
}

// --- Answers of all kinds ------------------------------------------------------------------------------

static void answer_text(struct answer *answer, unsigned status, const char *text)
{
    answer->status = status;
    answer->type = "text/plain; charset=utf-8";
    answer->bytes = text;
    answer->size = strlen(text);
}

// Takes the bytes over; NULL stands for "no memory".
static void answer_owned(struct answer *answer, unsigned status, const char *type, void *bytes,
                         size_t size)
{
    if (bytes == NULL) {
        answer_text(answer, 500, "The server has no memory for that.\n");
        return;
    }
    answer->status = status;
    answer->type = type;
    answer->bytes = answer->owned = bytes;
    answer->size = size;
}

// Takes the value over; NULL stands for "no memory".
static void answer_json(struct answer *answer, unsigned status, json_t *json)
{
    char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
    json_decref(json);
    answer_owned(answer, status, "application/json", text, text == NULL ? 0 : strlen(text));
}

static void answer_json_error(struct answer *answer, unsigned status, const char *error)
{
    answer_json(
        answer, status,
        json_pack("{s:{s:s}, s:b, s:i}", "data", "error", error, "success", 0, "status", (int)status));
}

// --- What there is -------------------------------------------------------------------------------------

static bool has_client_id(const struct site *site, const char *authorization)
{
    static const char scheme[] = "Client-ID ";
    return strncmp(authorization, scheme, strlen(scheme)) == 0 &&
           strcmp(authorization + strlen(scheme), site->client_id) == 0;
}

// The pictures are drawn when they are listed, so that a download takes its delay and no longer. Not more
// than takes some seconds: the others are drawn when they are asked for.
static void draw_ahead(struct site *site, const struct gallery *gallery)
{
    int64_t pixels = INT64_C(8) << 20;
    for (int i = 0; i < gallery->images && (pixels -= (int64_t)gallery->width * gallery->height) > 0; i++)
        shelf_picture(site->shelf, (struct shelf_key){gallery->seed, i, gallery->width, gallery->height},
                      NULL);
}

void site_draw(struct site *site, int images)
{
    struct gallery gallery;
    gallery_read(&gallery, NULL, 0);
    gallery.images = images;
    draw_ahead(site, &gallery);
}

static void answer_gallery(struct site *site, const struct request *request, bool page,
                           struct answer *answer)
{
    struct gallery gallery;
    const char *wrong = gallery_read(&gallery, request->query, request->query_size);
    if (!page && request->authorization == NULL)
        answer_json_error(answer, 401,
                          "The header Authorization is missing: \"Authorization: Client-ID ...\".");
    else if (!page && !has_client_id(site, request->authorization))
        answer_json_error(answer, 403, "This client id is not known here.");
    else if (wrong != NULL)
        answer_json_error(answer, 400, wrong);
    else {
        const char *host = gallery_is_host(request->host) ? request->host : request->address;
        answer->conduct = gallery.conduct;
        draw_ahead(site, &gallery);
        if (page) {
            char *html = gallery_html(&gallery, host);
            answer_owned(answer, 200, "text/html; charset=utf-8", html, html == NULL ? 0 : strlen(html));
        } else
            answer_json(answer, 200, gallery_json(&gallery, host));
    }
}

// Reads `count` whole numbers from `text`, each followed by the separator that `separators` has for it.
// Returns what comes behind, or NULL.
static const char *read_numbers(const char *text, int count, const char *separators, int64_t numbers[])
{
    for (int i = 0; i < count; i++) {
        char digits[20];
        size_t length = strspn(text, "0123456789");
        if (length == 0 || length >= sizeof digits || text[length] != separators[i])
            return NULL;
        memcpy(digits, text, length);
        digits[length] = '\0';
        if (!number_read(digits, 0, INT64_MAX, &numbers[i]))
            return NULL;
        text += length + (separators[i] != '\0');
    }
    return text;
}

static bool is_between(int64_t number, int64_t least, int64_t most)
{
    return number >= least && number <= most;
}

static void answer_picture(struct site *site, struct shelf_key key, struct answer *answer)
{
    size_t size;
    const void *kept = shelf_picture(site->shelf, key, &size);
    if (kept == NULL) { // the shelf is full
        void *drawn = picture_make(key.seed, key.number, key.width, key.height, &size);
        answer_owned(answer, 200, "image/png", drawn, size);
        return;
    }
    answer->status = 200;
    answer->type = "image/png";
    answer->bytes = kept;
    answer->size = size;
}

static bool is_picture(int64_t number, int64_t width, int64_t height)
{
    return is_between(number, 0, GALLERY_MOST_IMAGES - 1) && is_between(width, 1, PICTURE_MOST_SIDE) &&
           is_between(height, 1, PICTURE_MOST_SIDE);
}

// SEED/NUMBER/WIDTHxHEIGHT/NAME
static void answer_listed(struct site *site, const char *rest, struct answer *answer)
{
    int64_t n[4];
    if (read_numbers(rest, 4, "//x/", n) == NULL || !is_picture(n[1], n[2], n[3]))
        answer_text(answer, 404, "There is no such picture.\n");
    else
        answer_picture(site, (struct shelf_key){(uint64_t)n[0], (int)n[1], (int)n[2], (int)n[3]}, answer);
}

// WIDTH/HEIGHT, and the number in the query: 0, if it is not there.
static void answer_sample(struct site *site, const int64_t size[2], const struct request *request,
                          struct answer *answer)
{
    int64_t number = 0;
    bool known = true;
    for (size_t i = 0; i < request->query_size; i++)
        if (strcmp(request->query[i].name, "random") == 0)
            known = number_read(request->query[i].value, 0, GALLERY_MOST_IMAGES - 1, &number);
    if (!known || !is_picture(number, size[0], size[1]))
        answer_text(answer, 404, "There is no such picture.\n");
    else
        answer_picture(site, (struct shelf_key){1, (int)number, (int)size[0], (int)size[1]}, answer);
}

static void answer_page(const char *rest, struct answer *answer)
{
    int64_t n[3];
    if (read_numbers(rest, 3, "//", n) == NULL || !is_between(n[2], 0, MOST_PAGE_SIZE))
        answer_text(answer, 404, "There is no such page.\n");
    else
        answer_owned(answer, 200, "text/plain; charset=utf-8",
                     gallery_page_text((uint64_t)n[0], (uint64_t)n[1], (size_t)n[2]), (size_t)n[2]);
}

static void answer_counters(struct site *site, const struct request *request, struct answer *answer)
{
    if (strcmp(request->method, "DELETE") == 0)
        counters_reset(site->counters);
    answer_json(answer, 200, counters_json(site->counters));
}

static const char *behind(const char *text, const char *beginning)
{
    size_t length = strlen(beginning);
    return strncmp(text, beginning, length) == 0 ? text + length : NULL;
}

static void answer_path(struct site *site, const struct request *request, struct answer *answer)
{
    const char *rest;
    int64_t size[2];
    if (strcmp(request->path, "/") == 0 || strcmp(request->path, "/gallery") == 0)
        answer_gallery(site, request, request->path[1] == '\0', answer);
    else if ((rest = behind(request->path, "/images/")) != NULL)
        answer_listed(site, rest, answer);
    else if ((rest = behind(request->path, "/pages/")) != NULL)
        answer_page(rest, answer);
    else if (strcmp(request->path, "/counters") == 0)
        answer_counters(site, request, answer);
    else if (read_numbers(request->path + 1, 2, "/", size) != NULL)
        answer_sample(site, size, request, answer);
    else
        answer_text(answer, 404, "There is nothing here. Try / or /gallery.\n");
}

// --- Conduct -------------------------------------------------------------------------------------------

// Returns whether the query asks for a conduct that there is. That of a gallery is read by gallery.h.
static bool read_conduct(const struct request *request, struct conduct *conduct)
{
    for (size_t i = 0; i < request->query_size; i++)
        if (conduct_set(conduct, request->query[i].name, request->query[i].value) == -1)
            return false;
    return true;
}

// Puts something else in the place of an answer.
static void replace(struct answer *answer, unsigned status, const char *text)
{
    struct conduct conduct = answer->conduct;
    answer_release(answer);
    *answer = (struct answer){.conduct = conduct, .retry_after = -1};
    answer_text(answer, status, text);
}

// Faults that an answer can say; the others are for who sends it.
static void apply_fault(const struct request *request, struct answer *answer)
{
    struct conduct *conduct = &answer->conduct;
    if (conduct->times > 0 && request->before >= (size_t)conduct->times)
        conduct->fault = FAULT_NONE;
    switch (conduct->fault) {
    case FAULT_NOT_FOUND:
        replace(answer, 404, "It is not here any more: so the query wants it.\n");
        break;
    case FAULT_ERROR:
        replace(answer, 500, "The server has failed: so the query wants it.\n");
        break;
    case FAULT_UNAVAILABLE:
        replace(answer, 503, "The server has too much to do: so the query wants it.\n");
        answer->retry_after = conduct->after;
        break;
    case FAULT_REDIRECT:
    case FAULT_LOOP:
        replace(answer, 302, "It is somewhere else.\n");
        answer->location = gallery_url(request->path, request->query, request->query_size,
                                       conduct->fault == FAULT_LOOP ? NULL : "fault");
        break;
    case FAULT_NONSENSE:
        replace(answer, 200, "<html><body>Please log in to this network.</body></html>\n");
        answer->type = "text/html; charset=utf-8";
        break;
    case FAULT_NONE:
    case FAULT_CUT:
    case FAULT_LONG:
    case FAULT_STALL:
    case FAULT_ENDLESS:
    case FAULT_DRIP:
    case FAULT_RESET:
    case FAULTS:
        break;
    }
}

static bool is_method(const struct site *site, const struct request *request, struct answer *answer)
{
    bool counters = site->can_reset && strcmp(request->path, "/counters") == 0;
    answer->allow = counters ? "GET, HEAD, DELETE" : "GET, HEAD";
    return strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0 ||
           (counters && strcmp(request->method, "DELETE") == 0);
}

void site_answer(struct site *site, const struct request *request, struct answer *answer)
{
    bool gallery = strcmp(request->path, "/") == 0 || strcmp(request->path, "/gallery") == 0;
    *answer = (struct answer){.retry_after = -1};
    if (!is_method(site, request, answer))
        answer_text(answer, 405, "This method is not for this.\n");
    else if (request->is_too_long)
        answer_text(answer, 400, "The query has too many parts.\n");
    else if (!gallery && !read_conduct(request, &answer->conduct)) {
        answer->conduct = (struct conduct){0};
        answer_text(answer, 400, "The query asks for a conduct that the server does not know.\n");
    } else {
        answer_path(site, request, answer);
        if (answer->status == 200)
            apply_fault(request, answer);
        else
            answer->conduct.fault = FAULT_NONE;
    }
    if (answer->status != 405)
        answer->allow = NULL;
}
