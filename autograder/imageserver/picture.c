// Pictures that are worth looking at: views of Julia sets, as PNG.
#include "picture.h"
#include <errno.h>
#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 80 };

// What makes a picture its own.
struct view {
    double re, im; // of the set's constant
    double zoom;   // half the width of what is seen
    double turn;   // radians
    double hue[3]; // where the palette begins, for red, green and blue
};

// splitmix64 (Steele, Lea, Flood 2014): evenly mixed numbers from any seed. Between 0 and 1.
static double next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0; // 2^53
}

// The constants lie just outside the main cardioid of the Mandelbrot set: there the Julia sets are
// richest.
static struct view choose_view(uint64_t seed, int number)
{
    uint64_t state = seed * UINT64_C(1000003) + (uint64_t)number;
    double angle = next_random(&state) * 6.283185307179586;
    double out = 1.02 + 0.08 * next_random(&state);
    struct view view = {
        .re = out * (cos(angle) / 2 - cos(2 * angle) / 4),
        .im = out * (sin(angle) / 2 - sin(2 * angle) / 4),
        .zoom = 0.9 + 0.6 * next_random(&state),
        .turn = next_random(&state) * 6.283185307179586,
    };
    double hue = next_random(&state);
    for (int i = 0; i < 3; i++)
        view.hue[i] = hue + 0.12 * i + 0.1 * next_random(&state);
    return view;
}

// How fast the point leaves the set: 0 to 1, smooth; 1 if it stays.
static double escape(const struct view *view, double re, double im)
{
    for (int step = 0; step < MOST_STEPS; step++) {
        double square = re * re + im * im;
        if (square > 256)
            return fmin(1, fmax(0, (step + 1 - log2(log2(square) / 2)) / MOST_STEPS));
        double next = re * re - im * im + view->re;
        im = 2 * re * im + view->im;
        re = next;
    }
    return 1;
}

static void draw(const struct view *view, int width, int height, unsigned char *rgb)
{
    double scale = 2 * view->zoom / (width < height ? width : height);
    double across = cos(view->turn) * scale, down = sin(view->turn) * scale;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            double dx = x - width / 2.0, dy = y - height / 2.0;
            double value = escape(view, dx * across - dy * down, dx * down + dy * across);
            for (int i = 0; i < 3; i++) {
                double wave = 0.5 - 0.5 * cos(6.283185307179586 * (view->hue[i] + 2.2 * sqrt(value)));
                *rgb++ = (unsigned char)(value == 1 ? 24 * view->hue[i] : 255 * wave);
            }
        }
}

// Encodes pixels as PNG. Returns as picture_make().
static void *encode(const unsigned char *rgb, int width, int height, size_t *size)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = (png_uint_32)width,
                       .height = (png_uint_32)height,
                       .format = PNG_FORMAT_RGB,
                       .flags = PNG_IMAGE_FLAG_FAST};
    png_alloc_size_t room = PNG_IMAGE_PNG_SIZE_MAX(image);
    void *png = malloc(room);
    if (png == NULL || !png_image_write_to_memory(&image, png, &room, 0, rgb, 0, NULL)) {
        free(png);
        errno = ENOMEM; // sides and format are right, so nothing else can be wrong
        return NULL;
    }
    void *trimmed = realloc(png, room);
    *size = room;
    return trimmed == NULL ? png : trimmed;
}

void *picture_make(uint64_t seed, int number, int width, int height, size_t *size)
{
    if (number < 0 || width < 1 || height < 1 || width > PICTURE_MOST_SIDE ||
        height > PICTURE_MOST_SIDE) {
        errno = EINVAL;
        return NULL;
    }
    unsigned char *rgb = malloc((size_t)width * (size_t)height * 3);
    if (rgb == NULL)
        return NULL;
    struct view view = choose_view(seed, number);
    draw(&view, width, height, rgb);
    void *png = encode(rgb, width, height, size);
    free(rgb);
    return png;
}
