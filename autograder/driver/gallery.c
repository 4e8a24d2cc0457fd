// The image server that runs beside a drive.
#define _GNU_SOURCE // vasprintf
#include "gallery.h"
#include "driver.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *gallery_address(void)
{
    static char address[64];
    const char *line = getenv("COMPANION");
    if (line == NULL || strlen(line) >= sizeof address) {
        errno = ENOENT;
        driver_broken("the image server");
    }
    strcpy(address, line);
    address[strcspn(address, "\n")] = '\0';
    if (address[0] != '\0' && address[strlen(address) - 1] == '/')
        address[strlen(address) - 1] = '\0';
    return address;
}

char *gallery_link(const char *format, ...)
{
    char *path, *link;
    va_list values;
    va_start(values, format);
    int length = vasprintf(&path, format, values);
    va_end(values);
    if (length == -1 || asprintf(&link, "%s%s", gallery_address(), path) == -1)
        driver_broken("asprintf");
    free(path);
    return link;
}
