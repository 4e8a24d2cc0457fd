// Drives of 13-download.
#include "driver.h"
#include "download.h"
#include "gallery.h"
#include <stdlib.h>

DRIVE(one, "downloads one page")
{
    struct download_session *session = download_session_create(NULL);
    struct download download = {.link = gallery_link("/pages/1/2/100")};
    answer_result("link", download_link(session, ".", &download));
    answer_int("size", download.size);
    download_session_release(session);
    free((char *)download.link);
}
