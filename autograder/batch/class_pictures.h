// The pictures of a class report: SVG to stand in a page, whose style sheet has their colours (classes
// passed, failed, not_reached, busy, not_graded, count, axis). They say in words what they show, for
// those who do not see them.
#pragma once
#include "class_tests.h"

// How many students have how many points: a bar for each tenth of what could be had, the last for full
// marks.
void picture_points(const struct class *class, size_t exercise, FILE *page);

// Who passed a test: one bar, divided.
void picture_test(const struct class_test *test, FILE *page);

// What the colours of those bars stand for: a paragraph.
void picture_key(FILE *page);
