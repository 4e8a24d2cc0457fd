// Digests (SHA-256), as text: they say whether a source was graded already, and by which grader.
#pragma once
#include "../grade/gate.h"
#include "../grade/workbook.h"

enum { DIGEST_SIZE = 65 }; // hexadecimal, with '\0' behind it

void digest_bytes(const void *bytes, size_t size, char digest[DIGEST_SIZE]);

// Of what the gate let in, or of why it did not.
void digest_source(const struct source *source, char digest[DIGEST_SIZE]);

// Of all that a verdict on this exercise depends on, the source aside: the grader's programs, the
// exercise's tests and its kit. Ends the program if they cannot be read.
void digest_grader(const struct exercise *exercise, char digest[DIGEST_SIZE]);
