// The gallery: which pictures somebody asked for, and the list of their links.
#include "gallery.h"
#include "picture.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// --- What was asked for --------------------------------------------------------------------------------

// "cut@3": the fault of picture 3. Returns whether it is one.
static bool read_single_fault(struct gallery *gallery, const char *value)
{
    const char *at = strchr(value, '@');
    char kind[16];
    int64_t number;
    struct conduct conduct = {0};
    if ((size_t)(at - value) >= sizeof kind || !number_read(at + 1, 0, GALLERY_MOST_IMAGES - 1, &number))
        return false;
    memcpy(kind, value, (size_t)(at - value));
    kind[at - value] = '\0';
    if (conduct_set(&conduct, "fault", kind) != 1)
        return false;
    gallery->faults[number] = (unsigned char)conduct.fault;
    return true;
}

static bool read_int(int *number, const char *value, int64_t least, int64_t most)
{
    int64_t read;
    if (!number_read(value, least, most, &read))
        return false;
    *number = (int)read;
    return true;
}

static bool read_seed(uint64_t *seed, const char *value)
{
    int64_t read;
    if (!number_read(value, 0, INT64_MAX, &read))
        return false;
    *seed = (uint64_t)read;
    return true;
}

// Returns NULL, or what is wrong.
static const char *read_part(struct gallery *gallery, const char *name, const char *value)
{
    if (strcmp(name, "images") == 0)
        return read_int(&gallery->images, value, 0, GALLERY_MOST_IMAGES) ? NULL : "images is 0 to 1000";
    if (strcmp(name, "width") == 0)
        return read_int(&gallery->width, value, 1, PICTURE_MOST_SIDE) ? NULL : "width is 1 to 2048";
    if (strcmp(name, "height") == 0)
        return read_int(&gallery->height, value, 1, PICTURE_MOST_SIDE) ? NULL : "height is 1 to 2048";
    if (strcmp(name, "seed") == 0)
        return read_seed(&gallery->seed, value) ? NULL : "seed is a whole number";
    if (strcmp(name, "names") == 0) {
        gallery->odd_names = value != NULL && strcmp(value, "odd") == 0;
        return gallery->odd_names ? NULL : "names can be odd, and nothing else";
    }
    if (strcmp(name, "fault") == 0 && value != NULL && strchr(value, '@') != NULL)
        return read_single_fault(gallery, value) ? NULL : "fault=KIND@NUMBER: no such kind, or no number";
    bool list = strncmp(name, "list_", strlen("list_")) == 0;
    int set = list ? conduct_set(&gallery->conduct, name + strlen("list_"), value)
                   : conduct_set(&gallery->links, name, value);
    return set == 1    ? NULL
           : set == -1 ? "this value is not known"
                       : "the gallery knows no such name in a query";
}

const char *gallery_read(struct gallery *gallery, const struct query_part *query, size_t size)
{
    *gallery = (struct gallery){.seed = 1, .images = 10, .width = 320, .height = 240};
    const char *wrong = NULL;
    for (size_t i = 0; i < size && wrong == NULL; i++)
        wrong = read_part(gallery, query[i].name, query[i].value);
    return wrong;
}

// --- Links ---------------------------------------------------------------------------------------------

// A long name, longer than a file's may be (NAME_MAX, 255).
#define TEN(text) text text text text text text text text text text
#define LONG_NAME TEN("a-name-longer-than-any-file-") "#.png"

// As they stand in a link, encoded; # stands for the picture's number. Whoever makes a file name of them
// has to be careful.
static const char *const odd_names[] = {
    "..%2F..%2Fescaped-#.png",
    "...",
    "%2Fetc%2Fodd-#.png",
    ".hidden-#.png",
    "-rf-#.png",
    "two%20words-#.png",
    "",
    "two%0Alines-#.png",
    LONG_NAME,
    "same.png",
    "same.png",
    "%00#.png",
    "%C3%A9t%C3%A9-#.png",
};
enum { ODD_NAMES = sizeof odd_names / sizeof *odd_names };

static void print_name(FILE *out, const struct gallery *gallery, int number)
{
    if (!gallery->odd_names) {
        fprintf(out, "tile-%03d.png", number);
        return;
    }
    for (const char *c = odd_names[number % ODD_NAMES]; *c != '\0'; c++)
        if (*c == '#')
            fprintf(out, "%d", number);
        else
            fputc(*c, out);
}

// `ampersand`: what stands between the parts: "&", or "&amp;" in HTML.
static void print_query(FILE *out, const struct conduct *conduct, const char *ampersand)
{
    const char *separator = "?";
    const struct {
        const char *name;
        int64_t value;
    } numbers[] = {{"delay", conduct->delay_ms},
                   {"meet", conduct->meet},
                   {"rate", conduct->rate},
                   {"times", conduct->times},
                   {"after", conduct->after}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].value != 0) {
            fprintf(out, "%s%s=%lld", separator, numbers[i].name, (long long)numbers[i].value);
            separator = ampersand;
        }
    if (conduct->fault != FAULT_NONE)
        fprintf(out, "%sfault=%s", separator, conduct_fault_name(conduct->fault));
}

static void print_link(FILE *out, const struct gallery *gallery, const char *host, int number,
                       const char *ampersand)
{
    struct conduct conduct = gallery->links;
    if (gallery->faults[number] != FAULT_NONE)
        conduct.fault = gallery->faults[number];
    fprintf(out, "http://%s/images/%llu/%d/%dx%d/", host, (unsigned long long)gallery->seed, number,
            gallery->width, gallery->height);
    print_name(out, gallery, number);
    print_query(out, &conduct, ampersand);
}

// Returns the link, for the caller to free, or NULL.
static char *make_link(const struct gallery *gallery, const char *host, int number)
{
    char *link = NULL;
    size_t size;
    FILE *out = open_memstream(&link, &size);
    if (out == NULL)
        return NULL;
    print_link(out, gallery, host, number, "&");
    return fclose(out) == 0 ? link : NULL;
}

json_t *gallery_json(const struct gallery *gallery, const char *host)
{
    json_t *list = json_array();
    for (int i = 0; i < gallery->images; i++) {
        char *link = make_link(gallery, host, i);
        json_array_append_new(list, link == NULL ? NULL : json_pack("{s:i, s:s}", "id", i, "link", link));
        free(link);
    }
    return json_pack("{s:o, s:b, s:i}", "data", list, "success", 1, "status", 200);
}

static const char page_head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Gallery</title>\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>:root { color-scheme: light dark }\n"
    "body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem "
    "}\n"
    "main { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)) }\n"
    "figure { margin: 0 } img { width: 100%; height: auto; border-radius: .4rem; background: #8884 }\n"
    "figcaption { font-size: .85rem; overflow-wrap: anywhere } code { font-size: .95em "
    "}</style></head>\n";

char *gallery_html(const struct gallery *gallery, const char *host)
{
    char *html = NULL;
    size_t size;
    FILE *out = open_memstream(&html, &size);
    if (out == NULL)
        return NULL;
    fputs(page_head, out);
    fprintf(
        out,
        "<body><h1>Gallery</h1>\n<p>%d pictures of Julia sets. Try <code>/?images=60&amp;seed=7</code>, "
        "<code>/?delay=1000</code>, <code>/?rate=20000</code>, <code>/?fault=404@2</code>; "
        "<a href=\"/counters\">/counters</a> tells what was asked for.</p>\n<main>\n",
        gallery->images);
    for (int i = 0; i < gallery->images; i++) {
        fputs("<figure><img src=\"", out);
        print_link(out, gallery, host, i, "&amp;");
        fprintf(
            out,
            "\" width=\"%d\" height=\"%d\" alt=\"Julia set %d\"><figcaption>%d</figcaption></figure>\n",
            gallery->width, gallery->height, i, i);
    }
    fputs("</main></body></html>\n", out);
    return fclose(out) == 0 ? html : NULL;
}

bool gallery_is_host(const char *host)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-:[]";
    return host != NULL && *host != '\0' && strlen(host) < 256 && host[strspn(host, allowed)] == '\0';
}

static void print_encoded(FILE *out, const char *text, const char *kept)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if ((*c < 128 && isalnum(*c)) || strchr(kept, *c) != NULL)
            fputc(*c, out);
        else
            fprintf(out, "%%%02X", *c);
    }
}

char *gallery_url(const char *path, const struct query_part *query, size_t size, const char *without)
{
    char *url = NULL;
    size_t length;
    FILE *out = open_memstream(&url, &length);
    if (out == NULL)
        return NULL;
    print_encoded(out, path, "/-._~");
    const char *separator = "?";
    for (size_t i = 0; i < size; i++) {
        if (without != NULL && strcmp(query[i].name, without) == 0)
            continue;
        fputs(separator, out);
        print_encoded(out, query[i].name, "-._~");
        if (query[i].value != NULL) {
            fputc('=', out);
            print_encoded(out, query[i].value, "-._~");
        }
        separator = "&";
    }
    return fclose(out) == 0 ? url : NULL;
}

// --- Pages ---------------------------------------------------------------------------------------------

char *gallery_page_text(uint64_t seed, uint64_t number, size_t size)
{
    static const char *const words[] = {"process", "pipe", "signal", "worker", "memory", "lock",
                                        "queue",   "pool", "child",  "parent", "page",   "wait"};
    uint64_t state = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15) + number;
    char *text = malloc(size + 1);
    if (text == NULL)
        return NULL;
    size_t at = 0;
    for (size_t column = 0; at < size; column++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407); // Knuth's MMIX
        const char *word = words[(state >> 33) % (sizeof words / sizeof *words)];
        for (const char *c = word; *c != '\0' && at < size; c++)
            text[at++] = *c;
        if (at < size)
            text[at++] = column % 12 == 11 ? '\n' : ' ';
    }
    text[size] = '\0';
    return text;
}
