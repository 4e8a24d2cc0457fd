// The image server that runs beside the drives of an exercise whose driver.c includes this header:
// autograder/imageserver, in the drive's own network. What it has seen goes to the examiner, which counts
// by it (examiner/served.h).
#pragma once

#define GALLERY_CLIENT_ID "workbook" // what "Authorization: Client-ID ..." has to be for /gallery

// Its address: "http://127.0.0.1:43210". Valid until the end of the drive.
const char *gallery_address(void);

// A link to it, formatted: gallery_link("/pages/1/%d/4096", 3). For the caller to free().
__attribute__((format(printf, 1, 2))) char *gallery_link(const char *format, ...);
