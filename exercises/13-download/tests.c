// Tests of 13-download.
#include "download.h"
#include "examiner.h"
#include "served.h"

GRADED(download, one, 100, "one link is downloaded")
{
    struct outcome outcome = drive("one", (struct drive){0});
    expect_clean(&outcome);
    cr_expect_eq(answered(&outcome, "size"), 100, "download_link() has told a wrong size");
    cr_expect_eq(served_requests(&outcome, "/pages/1/2/100"), 1,
                 "the server saw another number of requests");
}
