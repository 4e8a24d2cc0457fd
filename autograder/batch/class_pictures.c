// The pictures of a class report.
#include "class_pictures.h"

static const char *const classes[TEST_STATUSES] = {"passed", "failed", "not_reached", "busy",
                                                   "not_graded"};
static const char *const words[TEST_STATUSES] = {"passed", "failed", "not reached", "busy", "not graded"};

enum { TENTHS = 11, BAR = 40, GAP = 6, HEIGHT = 90, WIDE = 200, HIGH = 14 };

static int tenth_of(const struct mark *mark)
{
    return mark->max_points > 0 ? mark->points * 10 / mark->max_points : 0;
}

void picture_points(const struct class *class, size_t exercise, FILE *page)
{
    int counts[TENTHS] = {0}, most = 1;
    for (size_t i = 0; i < class->student_count; i++) {
        const struct mark *mark = &class->students[i].marks[exercise];
        if (class_counts(mark) && ++counts[tenth_of(mark)] > most)
            most = counts[tenth_of(mark)];
    }
    fprintf(page, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"Students by points:",
            TENTHS * (BAR + GAP), HEIGHT + 40, TENTHS * (BAR + GAP));
    for (int i = 0; i < TENTHS; i++)
        if (counts[i] > 0)
            fprintf(page, " %d %s %d%%;", counts[i], i == TENTHS - 1 ? "with" : "from", i * 10);
    fprintf(page, "\">\n");
    for (int i = 0; i < TENTHS; i++) {
        int height = counts[i] * HEIGHT / most, left = i * (BAR + GAP);
        fprintf(page, "<rect class=\"count\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", left,
                20 + HEIGHT - height, BAR, height);
        if (counts[i] > 0)
            fprintf(page, "<text x=\"%d\" y=\"%d\">%d</text>", left + BAR / 2, 15 + HEIGHT - height,
                    counts[i]);
        fprintf(page, "<text class=\"axis\" x=\"%d\" y=\"%d\">%d%s</text>\n", left + BAR / 2, HEIGHT + 36,
                i * 10, i == TENTHS - 1 ? "%" : "");
    }
    fprintf(page, "</svg>\n");
}

void picture_test(const struct class_test *test, FILE *page)
{
    double left = 0;
    fprintf(page, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"", WIDE, HIGH, WIDE);
    for (int i = 0; i < TEST_STATUSES; i++)
        if (test->counts[i] > 0)
            fprintf(page, "%s%d %s", left++ > 0 ? ", " : "", test->counts[i], words[i]);
    fprintf(page, "\">");
    left = 0;
    for (int i = 0; i < TEST_STATUSES; i++) {
        double width = test->students > 0 ? (double)WIDE * test->counts[i] / test->students : 0;
        if (width > 0)
            fprintf(page,
                    "<rect class=\"%s\" x=\"%.2f\" y=\"0\" width=\"%.2f\" height=\"%d\"><title>%d "
                    "%s</title></rect>",
                    classes[i], left, width, HIGH, test->counts[i], words[i]);
        left += width;
    }
    fprintf(page, "</svg>");
}

void picture_key(FILE *page)
{
    fprintf(page, "<p class=\"key\">In the bars:");
    for (int i = 0; i < TEST_STATUSES; i++)
        fprintf(page,
                " <svg width=\"%d\" height=\"%d\" aria-hidden=\"true\"><rect class=\"%s\" width=\"%d\" "
                "height=\"%d\"/></svg> %s",
                HIGH, HIGH - 3, classes[i], HIGH, HIGH - 3, words[i]);
    fprintf(page, "</p>\n");
}
